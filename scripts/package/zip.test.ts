import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFolder } from './read-folder.ts';
import { createZip, readZip } from './zip.ts';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'proffer-zip-'))));
afterEach(() => rmSync(dir, { recursive: true }));

function writeIn(folder: string, paths: string[]): string {
  const root = join(dir, folder);
  mkdirSync(join(root, 'inner'), { recursive: true });
  for (const path of paths) writeFileSync(join(root, path), `content of ${path}`);
  return root;
}

test('a folder of the same names and contents gives the same bytes, whenever and in whichever order it was written', () => {
  const one = writeIn('one', ['b.js', 'a.js', 'inner/c.js']);
  const other = writeIn('other', ['inner/c.js', 'a.js', 'b.js']);
  utimesSync(join(other, 'a.js'), 1_000_000_000, 1_000_000_000);
  expect(readFolder(other).map(({ path }) => path)).toEqual(['a.js', 'b.js', 'inner/c.js']);
  expect(createZip(readFolder(other))).toEqual(createZip(readFolder(one)));
});

test('the bytes do not depend on the time zone', () => {
  const script = `
    const { createZip } = await import(${JSON.stringify(join(import.meta.dirname, 'zip.ts'))});
    process.stdout.write(createZip([{ path: 'a.js', bytes: new Uint8Array([1, 2, 3]) }]));`;
  const zipIn = (zone: string) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TZ: zone } });
  const [there, here] = [zipIn('Pacific/Kiritimati'), zipIn('America/Los_Angeles')];
  expect(there.stdout.length, there.stderr.toString()).toBeGreaterThan(0);
  expect(there.stdout).toEqual(here.stdout);
});

test('what was packed is read back', () => {
  const files = readFolder(writeIn('one', ['b.js', 'inner/c.js']));
  expect(readZip(createZip(files))).toEqual(files);
});
