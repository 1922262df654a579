/**
 * A package carries the licences of exactly what the bundler put into it, and a person finds them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_LIST, LICENSE_FILE } from '../src/package/package-digest.ts';
import { expect, test } from './fixtures.ts';

const read = (file: string) => readFileSync(join(process.env.PROFFER_EXTENSION_DIR!, file), 'utf8');
/** What our sources import and the page of dependencies marks, and what the builder adds of its own. */
const BUNDLED = ['@wxt-dev/browser', 'canonicalize', 'idb', 'preact', 'wxt', 'zod'];

test('each bundled package is named once, with its text', () => {
  const text = read(LICENSE_FILE);
  const titles = [...text.matchAll(/^(\S+) [\d.]+ \((?:MIT|ISC|Apache-2\.0)\)\n-+\n\n(?=\S)/gm)];
  expect(titles.map(([, name]) => name)).toEqual(BUNDLED);
  expect(text.match(/Copyright/g)!.length).toBeGreaterThanOrEqual(BUNDLED.length);
});

test('the page of dependencies marks the same', () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/dependencies.md'), 'utf8');
  const marked = [...page.matchAll(/^\| (`[^|]+`) \* /gm)].flatMap(([, cell]) =>
    cell!.split(', ').map((name) => name.replaceAll('`', '')),
  );
  expect([...marked, '@wxt-dev/browser'].sort()).toEqual(BUNDLED);
});

test('the file counts in the digest, and no part of it is left over', () => {
  const paths = JSON.parse(read(FILE_LIST)) as string[];
  expect(paths).toContain(LICENSE_FILE);
  expect(paths.filter((path) => path.startsWith('bundled-with'))).toEqual([]);
});
