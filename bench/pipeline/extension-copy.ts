/**
 * Copies of the built extension, which a trial may update.
 *
 * Runs in Node.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A copy of its own, whose version a trial can raise. */
export function copyExtension(from: string, to: string): string {
  cpSync(from, to, { recursive: true });
  return to;
}

/** What an update leaves on the disk: the same extension with the next version. */
export function raiseVersion(extensionDir: string): void {
  const file = join(extensionDir, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  const [major, minor, patch] = manifest.version.split('.').map(Number);
  writeFileSync(file, JSON.stringify({ ...manifest, version: `${major!}.${minor!}.${patch! + 1}` }));
}
