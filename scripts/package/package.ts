/**
 * `npm run package`: the packages of the extension, for an organisation that brings it to its computers by policy.
 *
 *   npm run package -- --charter charter.json --out packages
 *   npm run package -- --digest packages/proffer-1.0.0-firefox.xpi
 *
 * The second prints the digest of a package, a signed one included. Must never print a key.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineCommand, runMain } from 'citty';
import { readCharterFile } from '../../server/charter-file.ts';
import { findAllowedHosts } from '../../server/kit/allowed-hosts.ts';
import { endWithMessage } from '../../server/settings.ts';
import type { Charter } from '../../src/charter/charter.ts';
import { PackageVersion, type PackageDescription } from '../../src/package/package-description.ts';
import { packageDigest } from '../../src/package/package-digest.ts';
import { parseOrigin, SERVED_PATHS } from '../../src/package/served-paths.ts';
import { readCrx } from './crx.ts';
import { makePackages } from './make-packages.ts';
import { openSigningKey } from './signing-key.ts';
import { readZip } from './zip.ts';

const KEY_FILE = 'proffer-signing-key.pem';

type Given = Partial<
  Record<'charter' | 'out' | 'key' | 'package-version' | 'extension-url' | 'firefox-id' | 'digest', string>
>;

const ARGUMENTS = {
  charter: {
    type: 'string',
    valueHint: 'FILE',
    description: 'The charter whose hosts the manifest shall name; without it the generic build',
  },
  out: { type: 'string', valueHint: 'DIR', default: 'packages', description: 'Where the packages go' },
  key: {
    type: 'string',
    valueHint: 'FILE',
    description: `The organisation’s signing key, made on first use; by default ${KEY_FILE} beside the charter`,
  },
  'package-version': {
    type: 'string',
    valueHint: 'VERSION',
    description: 'Another version than that of package.json, to bring a former state under a higher number',
  },
  'extension-url': {
    type: 'string',
    valueHint: 'URL',
    description: 'Where serve-extension will be reached, so that Firefox looks for updates there',
  },
  'firefox-id': {
    type: 'string',
    valueHint: 'NAME@PLACE',
    description: 'The id in Firefox; by default proffer@ and the collector’s host',
  },
  digest: { type: 'string', valueHint: 'PACKAGE', description: 'Only print the digest of this CRX or XPI' },
} as const;

const command = defineCommand({
  meta: { name: 'package', description: 'Make the packages of the extension' },
  args: ARGUMENTS,
  run: endWithMessage(async (given: Given) => {
    if (given.digest === undefined) await packageAll(given);
    else console.log(await digestOf(given.digest));
  }),
});

async function packageAll(given: Given): Promise<void> {
  const charter =
    given.charter === undefined
      ? undefined
      : { file: given.charter, content: readCharterFile(given.charter) };
  // The kit would refuse it as well, but only once the packages are made.
  if (charter !== undefined) findAllowedHosts(charter.content);
  const version = PackageVersion.safeParse(given['package-version'] ?? ownVersion());
  if (!version.success) throw new Error(`package-version: ${version.error.issues[0]!.message}`);
  const signingKey = openSigningKey(
    given.key ?? join(given.charter === undefined ? '.' : dirname(given.charter), KEY_FILE),
  );
  const described = await makePackages({
    charter,
    outDir: given.out!,
    signingKey,
    version: version.data,
    firefoxId: given['firefox-id'] ?? firefoxIdOf(charter?.content),
    firefoxUpdateUrl: updateUrlOf(given['extension-url']),
  });
  print(described, given.out!, signingKey.isNew);
}

function print(described: PackageDescription, outDir: string, isNewKey: boolean): void {
  const { chrome, firefox, source } = described;
  console.log(`Proffer ${described.version}, commit ${described.commit}`);
  console.log(
    `Chrome, Edge  ${join(outDir, chrome.file)}\n  id      ${chrome.extensionId}\n  digest  ${chrome.digest}`,
  );
  console.log(
    `Firefox       ${join(outDir, firefox.file)}\n  id      ${firefox.extensionId}\n  digest  ${firefox.digest}`,
  );
  console.log(`Source        ${join(outDir, source.file)}`);
  if (isNewKey) {
    console.error(
      'A signing key was made. Keep it safe and keep it: without it there is no update, and whoever has it can bring code to every computer.',
    );
  }
  if (!described.isCommit) {
    console.error(
      'The working copy differs from its commit: nobody can make these packages again from the source archive.',
    );
  }
}

function ownVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** One for each organisation: the add-on store gives an id to the first who brings it. */
function firefoxIdOf(charter: Charter | undefined): string {
  if (charter === undefined) return 'proffer@generic';
  return `proffer@${new URL(charter.collectorUrl).hostname.replace(/[^a-z0-9.-]/g, '')}`;
}

/** Firefox takes updates by https only. */
function updateUrlOf(extensionUrl: string | undefined): string | null {
  if (extensionUrl === undefined) return null;
  const origin = parseOrigin(extensionUrl);
  if (!origin?.startsWith('https:'))
    throw new Error('extension-url: must be an https origin, such as https://extension.example.com');
  return origin + SERVED_PATHS.firefoxUpdates;
}

async function digestOf(file: string): Promise<string> {
  try {
    const bytes = readFileSync(file);
    const zip = file.endsWith('.crx') ? readCrx(bytes).zip : bytes;
    return await packageDigest(readZip(zip));
  } catch (fault) {
    throw new Error(`digest: ${file} ${(fault as Error).message}`, { cause: fault });
  }
}

await runMain(command);
