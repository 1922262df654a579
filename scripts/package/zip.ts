/**
 * Files as a ZIP that depends on their names and contents only: no times, no owners.
 *
 * Runs where packages are made. Two builds of one commit must give the same bytes.
 */
import { unzipSync, zipSync } from 'fflate';
import type { PackageFile } from '../../src/package/package-digest.ts';

/** The earliest that a ZIP can say. In local time, which is how the library reads it: so in the same bytes everywhere. */
const FIXED_TIME = new Date(1980, 0, 1);

/** @param files in the order in which they are to stand. */
export function createZip(files: readonly PackageFile[]): Uint8Array {
  const entries = files.map(({ path, bytes }) => [path, bytes] as const);
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: FIXED_TIME });
}

/** @throws Error when it is no ZIP. */
export function readZip(zip: Uint8Array): PackageFile[] {
  return Object.entries(unzipSync(zip))
    .filter(([path]) => !path.endsWith('/'))
    .map(([path, bytes]) => ({ path, bytes: new Uint8Array(bytes) }));
}
