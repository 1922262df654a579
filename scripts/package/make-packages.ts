/**
 * Makes the packages of one version: CRX3 for Chrome and Edge, XPI for Firefox, the source archive, and their description.
 *
 * Runs where packages are made, in a git working copy. Builds in a temporary folder; what it writes depends on the source, the
 * charter and the settings only, so that anyone with the source can compare.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { charterHash } from '../../src/charter/charter-hash.ts';
import type { Charter } from '../../src/charter/charter.ts';
import { descriptionFileName, PackageDescription } from '../../src/package/package-description.ts';
import { packageDigest, type PackageFile } from '../../src/package/package-digest.ts';
import { createCrx, extensionIdOf } from './crx.ts';
import { readFolder } from './read-folder.ts';
import type { SigningKey } from './signing-key.ts';
import { createZip } from './zip.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A build says much when it fails. */
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

export interface PackageSettings {
  /** The file's path, handed to the build, and what is in it; without them the generic build. */
  charter: { file: string; content: Charter } | undefined;
  outDir: string;
  signingKey: SigningKey;
  version: string;
  firefoxId: string;
  /** Where Firefox looks for updates; with null a new policy brings them. */
  firefoxUpdateUrl: string | null;
}

/** The part of a built manifest that the description repeats. */
interface BuiltManifest {
  minimum_chrome_version?: string;
  host_permissions?: string[];
  browser_specific_settings?: { gecko?: { strict_min_version?: string } };
}

/** @throws Error when the build fails or this is no git working copy. */
export async function makePackages(settings: PackageSettings): Promise<PackageDescription> {
  const { charter, outDir, signingKey, version, firefoxId } = settings;
  const commit = git(['rev-parse', 'HEAD']).toString().trim();
  const isCommit = git(['status', '--porcelain']).length === 0;
  const chrome = buildFor('chrome', settings);
  const firefox = buildFor('firefox', settings);
  const name = `proffer-${version}`;
  const description = PackageDescription.parse({
    version,
    commit,
    isCommit,
    charterHash: charter === undefined ? null : await charterHash(charter.content),
    hosts: manifestOf(chrome).host_permissions ?? null,
    chrome: {
      file: `${name}-chrome.crx`,
      extensionId: extensionIdOf(signingKey.key),
      minimumVersion: manifestOf(chrome).minimum_chrome_version,
      digest: await packageDigest(chrome),
    },
    firefox: {
      file: `${name}-firefox.xpi`,
      extensionId: firefoxId,
      minimumVersion: manifestOf(firefox).browser_specific_settings?.gecko?.strict_min_version,
      digest: await packageDigest(firefox),
      updateUrl: settings.firefoxUpdateUrl,
    },
    source: { file: `${name}-source.tar.gz` },
  });
  mkdirSync(outDir, { recursive: true });
  const write = (file: string, bytes: Uint8Array | string) => writeFileSync(join(outDir, file), bytes);
  write(description.chrome.file, createCrx(createZip(chrome), signingKey.key));
  write(description.firefox.file, createZip(firefox));
  write(description.source.file, git(['archive', '--format=tar.gz', '-9', `--prefix=${name}/`, 'HEAD']));
  // Last: what is described is there.
  write(descriptionFileName(version), `${JSON.stringify(description, undefined, 2)}\n`);
  return description;
}

function buildFor(browser: 'chrome' | 'firefox', settings: PackageSettings): PackageFile[] {
  const dir = mkdtempSync(join(tmpdir(), 'proffer-package-'));
  try {
    const built = spawnSync(
      process.execPath,
      [
        join(ROOT, 'node_modules/wxt/bin/wxt.mjs'),
        'build',
        '--browser',
        browser,
        '--mv3',
        '--level',
        'error',
      ],
      {
        cwd: ROOT,
        encoding: 'utf8',
        maxBuffer: MAX_OUTPUT_BYTES,
        env: {
          ...process.env,
          PROFFER_CHARTER: settings.charter?.file ?? '',
          PROFFER_OUT: dir,
          PROFFER_PACKAGE_VERSION: settings.version,
          PROFFER_FIREFOX_ID: settings.firefoxId,
          PROFFER_FIREFOX_UPDATE_URL: settings.firefoxUpdateUrl ?? '',
        },
      },
    );
    if (built.status !== 0)
      throw new Error(`the extension could not be built:\n${built.stdout}\n${built.stderr}`);
    return readFolder(join(dir, `${browser}-mv3`));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function manifestOf(files: readonly PackageFile[]): BuiltManifest {
  const manifest = files.find(({ path }) => path === 'manifest.json');
  if (!manifest) throw new Error('the build has no manifest');
  return JSON.parse(new TextDecoder().decode(manifest.bytes)) as BuiltManifest;
}

function git(args: string[]): Buffer {
  const done = spawnSync('git', args, { cwd: ROOT, maxBuffer: MAX_OUTPUT_BYTES });
  if (done.status !== 0) {
    throw new Error(
      `git ${args[0]}: failed; packages are made in a git working copy, since their source goes with them`,
    );
  }
  return done.stdout;
}
