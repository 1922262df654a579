/**
 * All files of a built extension, in the order in which packages hold them.
 *
 * Runs where the extension is built and where packages are made. Must never depend on the order of the file system.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { PackageFile } from '../../src/package/package-digest.ts';

/** The paths of all files of a folder, with `/`, sorted. */
export function listFolder(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** All files of a folder, sorted by path. */
export function readFolder(dir: string): PackageFile[] {
  return listFolder(dir).map((path) => ({ path, bytes: new Uint8Array(readFileSync(join(dir, path))) }));
}
