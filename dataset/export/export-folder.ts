/**
 * The folder an export is written to: whole or not at all, so that nobody reads half of one or an old one beside a new.
 *
 * Everything is made in a folder beside its place and moved there at the end; `export.json`, written last, says that
 * it is complete. Must never touch a folder that holds anything else.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { z } from 'zod';
import { openFolderLock } from '../folder-lock.ts';
import { pullFailure } from '../pull-failure.ts';
import { writeWhole } from '../write-whole.ts';

const NOTE_NAME = 'export.json';
const LOCK_NAME = '.proffer.lock';
const INCOMING_NAME = '.proffer-incoming';
const TEXT_NAME = '.proffer-text';
const PRODUCT = 'proffer export';

/** What `export.json` says: enough to know that a folder is an export of ours, and all of a program's need of it. */
const OurNote = z.looseObject({
  product: z.literal(PRODUCT),
  isComplete: z.boolean(),
  /** Files and folders at the top of the export; those of an earlier one are taken away. */
  entries: z.array(z.string().regex(/^[A-Za-z0-9][\w.-]*$/)),
});

export interface ExportFolder {
  /** Opens a text file of the export; its folders are made. */
  openText: (path: string) => Promise<TextFile>;
  writeText: (path: string, text: string) => Promise<void>;
  /** Where a file is made until it is published, for writers of their own; its folders are made. */
  pathFor: (path: string) => Promise<string>;
  /** Puts all that was written in place of what was there, and then the note with what is said of it. */
  publish: (said: Readonly<Record<string, unknown>>) => Promise<void>;
  close: () => Promise<void>;
}

export interface TextFile {
  /** Waits while the disk is behind. */
  write: (text: string) => Promise<void>;
  close: () => Promise<void>;
}

/** Opens or makes the folder. Fails if another export works in it, it holds something else, or lies in the dataset. */
export async function openExportFolder(outDir: string, datasetDir: string): Promise<ExportFolder> {
  assertApart(outDir, datasetDir);
  await mkdir(outDir, { recursive: true }).catch((error: unknown) => {
    throw pullFailure('folder-unwritable', `cannot make ${outDir}: ${String(error)}`);
  });
  const earlier = await readNote(outDir);
  const lock = await openFolderLock(join(outDir, LOCK_NAME));
  const incomingDir = join(outDir, INCOMING_NAME);
  const writeNote = (note: object) =>
    writeWhole(join(outDir, NOTE_NAME), `${JSON.stringify(note, null, 2)}\n`, join(outDir, TEXT_NAME));
  const pathFor = async (path: string) => {
    const place = join(incomingDir, path);
    await mkdir(dirname(place), { recursive: true });
    return place;
  };
  const openText = async (path: string) => openTextFile(await pathFor(path));

  try {
    await rm(incomingDir, { recursive: true, force: true });
    await mkdir(incomingDir);
  } catch (error) {
    await lock.close();
    throw error;
  }
  return {
    pathFor,
    openText,
    writeText: async (path, text) => {
      const file = await openText(path);
      await file.write(text);
      await file.close();
    },
    publish: async (said) => {
      await lock.assertHeld();
      const entries = (await readdir(incomingDir)).sort();
      // Named before they are there, so that a kill in between leaves nothing that the next export does not know.
      const going = [...new Set([...(earlier?.entries ?? []), ...entries])].sort();
      await writeNote({ product: PRODUCT, isComplete: false, entries: going });
      for (const name of going) await rm(join(outDir, name), { recursive: true, force: true });
      for (const name of entries) await rename(join(incomingDir, name), join(outDir, name));
      await writeNote({ product: PRODUCT, isComplete: true, ...said, entries });
    },
    close: async () => {
      await rm(incomingDir, { recursive: true, force: true });
      await rm(join(outDir, TEXT_NAME), { force: true });
      await lock.close();
    },
  };
}

async function openTextFile(path: string): Promise<TextFile> {
  const stream = createWriteStream(path, { flags: 'wx', flush: true });
  await once(stream, 'open');
  // A full disk is told by the write or the close that waits; without a listener it would end the process.
  let failed: unknown;
  stream.on('error', (error) => (failed = error));
  return {
    write: async (text) => {
      if (failed !== undefined) throw failed as Error;
      if (!stream.write(text)) await once(stream, 'drain');
    },
    close: async () => {
      stream.end();
      await finished(stream);
    },
  };
}

/** In the dataset's folder an export would be taken for something foreign, or be read as data. */
function assertApart(outDir: string, datasetDir: string): void {
  const way = relative(resolve(datasetDir), resolve(outDir));
  const isInside = way === '' || (way.split(/[\\/]/)[0] !== '..' && resolve(way) !== way);
  if (isInside) {
    throw pullFailure(
      'folder-foreign',
      `${outDir} lies in the dataset itself; choose a folder outside of it`,
    );
  }
}

/** The note of an earlier export; undefined in a folder that is new, empty, or was left before a first one was done. */
async function readNote(outDir: string): Promise<z.infer<typeof OurNote> | undefined> {
  const names = (await readdir(outDir)).filter((name) => !name.startsWith('.proffer'));
  if (names.length === 0) return undefined;
  const text = await readFile(join(outDir, NOTE_NAME), 'utf8').catch(() => undefined);
  const note = OurNote.safeParse(parseJson(text));
  const foreign = note.success
    ? names.find((name) => name !== NOTE_NAME && !note.data.entries.includes(name))
    : names[0];
  if (!note.success || foreign !== undefined) {
    throw pullFailure(
      'folder-foreign',
      `${outDir} holds ${foreign ?? NOTE_NAME}, which is of no export of ours; choose a new or empty folder`,
    );
  }
  return note.data;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
