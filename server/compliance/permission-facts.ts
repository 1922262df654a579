/**
 * The permissions of the extension in words: docs/permissions.md, and the pack's table under one charter.
 *
 * Everything that has a list comes from the list that the manifest is made of.
 */
import { originPattern } from '../../src/charter/match-pattern.ts';
import type { Charter } from '../../src/charter/charter.ts';
import { FIREFOX_DATA_COLLECTION, NOT_ASKED_FOR, PERMISSIONS } from '../../src/package/permissions.ts';
import { code, paragraph, table, type Block } from './page.ts';
import { placesOf } from './recorded-places.ts';

const KIT_HOSTS =
  "The hosts of the charter's apps and its collector, and no others, so that the browser itself shows and holds the limit. A host there stands for every port and path (`*://dms.example/*` for an app at `*://dms.example:8443/files/*`): which of them are recorded, the extension checks for each page.";
const GENERIC_HOSTS =
  'Asked for on the join page, for the apps of the charter that the person has accepted and its collector; in the same form.';

/** The whole page of the documents. */
export function permissionsPage(): { title: string; blocks: Block[] } {
  return {
    title: 'Permissions, and why each is asked for',
    blocks: [
      ...permissionBlocks([
        ['hosts of a kit build', KIT_HOSTS, ''],
        ['optional hosts of the generic build', GENERIC_HOSTS, ''],
      ]),
      paragraph('Data goes to one address, the `collectorUrl` of the charter. ' + NOTHING_ELSE),
    ],
  };
}

/** The same under one charter: its hosts by name, its collector. */
export function permissionFacts(charter: Charter): Block[] {
  const hosts = [
    ...new Set([
      ...charter.apps.flatMap((app) => app.matches).map(originPattern),
      originPattern(`${new URL('/', charter.collectorUrl).href}*`),
    ]),
  ];
  const never = placesOf(charter).flatMap((app) => app.never);
  return [
    ...permissionBlocks([
      [
        'hosts',
        `${KIT_HOSTS} Under this charter: ${hosts.map(code).join(', ')}.${never.length > 0 ? ` Among them are those of ${never.map(code).join(', ')}, which the charter names, but which lie wholly inside what is never recorded: nothing is recorded there.` : ''}`,
        'No app could be recorded.',
      ],
      ['hosts, where people join by invitation', GENERIC_HOSTS, 'The same.'],
    ]),
    paragraph(`Data goes to one address, ${code(charter.collectorUrl)}. ${NOTHING_ELSE}`),
  ];
}

const NOTHING_ELSE = 'There is no telemetry, no update check of our own, and no request before consent.';

function permissionBlocks(hosts: readonly string[][]): Block[] {
  const asked = Object.entries(PERMISSIONS).map(([name, { whatFor, without }]) => [
    code(name),
    whatFor,
    without,
  ]);
  return [
    table(['permission', 'what for', 'without it'], [...asked, ...hosts]),
    paragraph(
      'Keyboard shortcuts (`commands`) need no permission: Alt+Shift+O pauses until it is pressed again, Alt+Shift+U for 15 minutes, Alt+Shift+Y opens the popup. The person can change or remove them in the browser. They do nothing before consent.',
    ),
    paragraph(
      `In Firefox the manifest also says what is collected (\`data_collection_permissions\`): ${FIREFOX_DATA_COLLECTION.map(code).join(', ')}, which Firefox shows where a person installs the extension by hand. It is not consent: nothing is recorded before the person agrees in the popup. Installed by policy, Chrome and Edge are told to keep the extension out of every host but those of the charter, whatever its code does ([install kit](install-kit.md)); Firefox has no such policy.`,
    ),
    paragraph(
      `Not asked for: ${NOT_ASKED_FOR.map(code).join(', ')}, web-accessible resources. The extension does not run in incognito windows.`,
    ),
  ];
}
