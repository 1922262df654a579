/**
 * Files that are there whole or not at all, also after a crash or a power cut.
 *
 * A file is written beside its place, forced to disk and renamed; the folder's entry is forced to disk too.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Puts a text in place of a file through a temporary file. Both paths must be on one file system. */
export async function writeWhole(path: string, text: string, temporaryPath: string): Promise<void> {
  const file = await open(temporaryPath, 'w');
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
  await moveIntoPlace(temporaryPath, path);
}

/** Forces a finished file to disk and renames it to its place. */
export async function moveIntoPlace(temporaryPath: string, path: string): Promise<void> {
  await forceToDisk(temporaryPath);
  await rename(temporaryPath, path);
  await forceFolderToDisk(dirname(path));
}

/** Size and SHA-256 (lower-case hex) of a file. */
export async function digestFile(path: string): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece);
    sizeBytes += piece.length;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

async function forceToDisk(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function forceFolderToDisk(path: string): Promise<void> {
  // Windows cannot open folders; there a rename is kept by the file system's journal.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
