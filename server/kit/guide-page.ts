/**
 * The frame of an install kit's pages, and what several say in the same words.
 *
 * Runs where the install kit is written. Browsers of Chromium's kind follow a policy while they run and hold a list of hosts;
 * Firefox does neither. So each page says whose facts it tells, and one that is of both tells both. Holds no key.
 */
import { plainMarkdown } from '../plain-markdown.ts';
import type { Programme } from './programme.ts';

/** Which browsers a page is of. */
export interface GuideBrowsers {
  /** Those of Chromium's kind, as they are called there; without them it is of Firefox alone. */
  chromium?: string;
  firefox: boolean;
}

export interface GuideParts {
  title: string;
  browsers: GuideBrowsers;
  precondition: string;
  install: string;
  verify: string;
  remove: string;
}

export function guidePage(programme: Programme, parts: GuideParts): string {
  const { browsers } = parts;
  const when = whenChanged(browsers);
  return `# ${parts.title}

For ${plainMarkdown(programme.charter.organization)}; charter \`${programme.charterHash}\`, version ${programme.packages.version}.

## Before you begin

${parts.precondition}

\`serve-extension\` must be reachable from the computers at ${programme.extensionUrl}, at an origin of its own, without an access log there or in a proxy before it. The files of this kit hold keys: hand them over like passwords, and delete them where you do not need them.

## Install

${parts.install}

## Verify

${parts.verify}

The extension is there, pinned, and **off**: it records nothing and sends nothing until the person has consented in its popup. No policy can do that for them.

## Upgrade

${said(browsers, CHROMIUM_UPGRADE, firefoxUpgrade(programme))}

A new charter is a new kit, and new packages if it names other hosts: make it with the same \`--hashing-key-file\`, install it over the old one. What only narrows applies ${when}; anything else stops recording from then on, until each person has agreed again.

## Roll back

${said(browsers, ROLL_BACK, firefoxRollBack(programme))}

The former charter comes back with the former kit's files.

## Remove

${parts.remove}

Recording ends ${when}. What was not sent yet goes with the extension; tell people beforehand if they want to see or send it. What the collector holds stays until it is erased or its time is over.

## Whose promise

${promises(programme, browsers)}
`;
}

/** Under the name of each where a page is of both and they differ. */
function said({ chromium, firefox }: GuideBrowsers, ofChromium: string, ofFirefox: string): string {
  if (chromium === undefined) return ofFirefox;
  if (!firefox || ofChromium === ofFirefox) return ofChromium;
  return `**${chromium}:** ${ofChromium}\n\n**Firefox:** ${ofFirefox}`;
}

function whenChanged({ chromium, firefox }: GuideBrowsers): string {
  if (chromium === undefined) return 'at the next start of Firefox';
  const running = 'as soon as a running browser has the changed policy';
  return firefox ? `in ${chromium} ${running}, in Firefox at its next start` : running;
}

const OFFER_NEW =
  'Put the new packages beside the old ones and start `serve-extension` with the new `--extension-version`.';
const CHROMIUM_UPGRADE = `${OFFER_NEW} Browsers ask every few hours. The policy stays as it is.`;

function firefoxUpgrade(programme: Programme): string {
  if (updatesItself(programme)) {
    return `${OFFER_NEW} Firefox asks about once a day, at the address in the package's manifest. The policy stays as it is.`;
  }
  return `The package names no address for updates (\`npm run package -- --extension-url …\` makes one that does). So put the new packages beside the old ones, start \`serve-extension\` with the new \`--extension-version\`, make a new kit and install its file for Firefox over the old one: Firefox takes the new version at its next start, since the address in the policy has changed.`;
}

const ROLL_BACK = `Give \`serve-extension\` the former version by \`--extension-version\`: from then on no computer takes the newer one. Browsers never go back to a lower number by themselves. For computers that have the newer one already, make the former state under a higher number (\`git checkout\` it, then \`npm run package -- --package-version 1.4.1 …\`) and offer that.`;

function firefoxRollBack(programme: Programme): string {
  if (updatesItself(programme)) return ROLL_BACK;
  return 'Give `serve-extension` the former version by `--extension-version` and install the former kit’s file for Firefox: no computer takes the newer one from then on. Firefox does not go back to a lower number by itself; for computers that have the newer one, make the former state under a higher number (`npm run package -- --package-version …`) and a kit of it.';
}

function updatesItself({ packages }: Programme): boolean {
  return packages.firefox.updateUrl !== null;
}

export function promises(programme: Programme, { chromium, firefox }: GuideBrowsers): string {
  const isOfBoth = chromium !== undefined && firefox;
  return [
    ...(chromium === undefined ? [] : [chromiumPromise(programme, isOfBoth ? `, in ${chromium}` : '')]),
    ...(firefox ? [firefoxPromise(programme, isOfBoth ? ', in Firefox' : '')] : []),
    "**Ours**, to be checked in the source: nothing runs before consent; which pages of these hosts are left out (sign-in, payment, the charter's `neverRecord`); that no content can be recorded. That the packages are made of that source, anyone can check: build them from the commit in the packages' description and compare the digest.",
    "**Nobody's**: whoever administers the computers can change the policy, and with the signing key the code. Everyone who can use a computer of the programme can read the participant key and the hashing key there. Both let one send false records or compute element keys; neither lets one read what others have sent.",
  ].join('\n\n');
}

function chromiumPromise({ hosts, leftOut }: Programme, where: string): string {
  const without =
    leftOut.length === 0
      ? ''
      : ` Left out of that list, since they lie wholly inside what is never recorded: ${codes(leftOut)}.`;
  return `**The browser's**${where}, whatever the extension's code does: it reaches no other host than ${codes(hosts)}. (Paths, and places inside these hosts that are never recorded, are the extension’s to keep.)${without}`;
}

/** Its manifest names every app of the charter, those too that are never recorded. */
function firefoxPromise({ leftOut, packages }: Programme, where: string): string {
  const named = packages.hosts === null ? '' : ` (${codes(packages.hosts)}, on every port and path)`;
  const still =
    leftOut.length === 0
      ? ''
      : ` The hosts of ${codes(leftOut)} are in the manifest too. That nothing is recorded there, since they lie wholly inside what is never recorded, is in Firefox the extension’s promise and not the browser’s.`;
  return `**The browser's**${where}: the extension has permission for the hosts in its manifest only${named}. Firefox has no policy that keeps an extension out of more.${still}`;
}

function codes(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ');
}
