/**
 * The folder a dataset lives in: its lock, its manifest, its files, and a place for what is not finished.
 *
 * Publishes a change only whole: new files first, then the manifest, old files last. Clears what a killed pull left.
 * Must never touch a file that is not its own, so it refuses folders that hold anything else.
 */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openFolderLock } from './folder-lock.ts';
import { formatManifest, parseManifest, RELEASE_FILE, type Manifest, type ManifestFile } from './manifest.ts';
import { pullFailure } from './pull-failure.ts';
import { TABLES } from './tables.ts';
import { moveIntoPlace, writeWhole } from './write-whole.ts';

export const MANIFEST_NAME = 'manifest.json';
export const CARD_NAME = 'README.md';
/** The picture of risk that the card shows, beside it. */
export const PICTURE_NAME = 'privacy-utility.svg';
/** Where the card's histograms are. */
export const PICTURES_DIR = 'pictures';
export const LOCK_NAME = '.proffer.lock';
export const INCOMING_NAME = '.proffer-incoming';

export interface DatasetFolder {
  /** What the folder held when it was opened; undefined for a new one. */
  manifest: Manifest | undefined;
  /** Releases of the manifest whose files are missing or have another size, by number. */
  damagedReleases: number[];
  manifestPath: string;
  cardPath: string;
  /** Where a file that the manifest lists is. */
  pathOf: (file: ManifestFile) => string;
  /** An empty folder on the same file system for files that are not finished; emptied by `clearIncoming`. */
  incomingDir: string;
  clearIncoming: () => Promise<void>;
  /**
   * Moves finished files from `incomingDir` to their places, then puts the manifest in place, then removes the files
   * that it no longer lists.
   */
  publish: (files: readonly ManifestFile[], manifest: Manifest) => Promise<void>;
  writeManifest: (manifest: Manifest) => Promise<void>;
  /** Writes the card, and first the pictures that it shows, by their path in the folder. */
  writeCard: (text: string, pictures: Readonly<Record<string, string>>) => Promise<void>;
  close: () => Promise<void>;
}

/** Opens or makes the folder. Fails if another pull works in it or it holds something else. */
export async function openDatasetFolder(outDir: string): Promise<DatasetFolder> {
  await mkdir(outDir, { recursive: true }).catch((error: unknown) => {
    throw pullFailure('folder-unwritable', `cannot make ${outDir}: ${String(error)}`);
  });
  const manifestPath = join(outDir, MANIFEST_NAME);
  const cardPath = join(outDir, CARD_NAME);
  const incomingDir = join(outDir, INCOMING_NAME);

  await assertOurs(outDir);
  const lock = await openFolderLock(join(outDir, LOCK_NAME));
  const clearIncoming = async () => {
    await rm(incomingDir, { recursive: true, force: true });
    await mkdir(incomingDir);
  };
  const writeText = async (path: string, text: string) => {
    await lock.assertHeld();
    await writeWhole(path, text, join(incomingDir, 'text'));
  };
  const writeManifest = (manifest: Manifest) => writeText(manifestPath, formatManifest(manifest));

  try {
    const manifest = await readManifest(manifestPath);
    await clearIncoming();
    await removeUnlisted(outDir, manifest);
    return {
      manifest,
      damagedReleases: await findDamaged(outDir, manifest),
      manifestPath,
      cardPath,
      pathOf: (file) => join(outDir, file.path),
      incomingDir,
      clearIncoming,
      publish: async (files, next) => {
        await lock.assertHeld();
        for (const file of files) {
          await mkdir(join(outDir, file.table), { recursive: true });
          await moveIntoPlace(join(incomingDir, incomingName(file)), join(outDir, file.path));
        }
        await writeManifest(next);
        await removeUnlisted(outDir, next);
      },
      writeManifest,
      writeCard: async (text, pictures) => {
        await mkdir(join(outDir, PICTURES_DIR), { recursive: true });
        for (const [path, picture] of Object.entries(pictures)) await writeText(join(outDir, path), picture);
        await writeText(cardPath, text);
      },
      close: async () => {
        await rm(incomingDir, { recursive: true, force: true });
        await lock.close();
      },
    };
  } catch (error) {
    await lock.close();
    throw error;
  }
}

/** The name a file has in `incomingDir` until it is published. */
export function incomingName({ path }: Pick<ManifestFile, 'path'>): string {
  return `${path.split('/')[0]!}.${basename(path)}`;
}

/** A folder without a manifest may hold only what a pull killed before its first release leaves. */
async function assertOurs(outDir: string): Promise<void> {
  const names = await readdir(outDir);
  if (names.includes(MANIFEST_NAME)) return;
  const ours = new Set([INCOMING_NAME, ...TABLES.map((table) => table.name)]);
  const foreign = names.find((name) => !ours.has(name) && !name.startsWith(LOCK_NAME));
  if (foreign !== undefined) {
    throw pullFailure(
      'folder-foreign',
      `${outDir} holds ${foreign} and is not a Proffer dataset; choose a new or empty folder`,
    );
  }
}

async function readManifest(path: string): Promise<Manifest | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
  const parsed = parseManifest(text);
  if (!parsed.ok) throw pullFailure('folder-foreign', `${path} is no manifest of ours: ${parsed.problem}`);
  return parsed.manifest;
}

/** A release file that the manifest does not list is left of a pull that was killed, or was replaced or left. */
async function removeUnlisted(outDir: string, manifest: Manifest | undefined): Promise<void> {
  const listed = new Set(manifest?.releases.flatMap((release) => release.files.map((file) => file.path)));
  for (const table of TABLES) {
    const names = await readdir(join(outDir, table.name)).catch(() => []);
    for (const name of names) {
      const path = `${table.name}/${name}`;
      if (RELEASE_FILE.test(name) && !listed.has(path)) await rm(join(outDir, path));
    }
  }
}

async function findDamaged(outDir: string, manifest: Manifest | undefined): Promise<number[]> {
  const damaged: number[] = [];
  for (const release of manifest?.releases ?? []) {
    for (const file of release.files) {
      const found = await stat(join(outDir, file.path)).catch(() => undefined);
      if (found?.size !== file.sizeBytes) {
        damaged.push(release.number);
        break;
      }
    }
  }
  return damaged;
}
