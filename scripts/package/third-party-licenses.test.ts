import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findInstalled, licenseTexts, partFileName, takeLicenses } from './third-party-licenses.ts';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'proffer-licences-'))));
afterEach(() => rmSync(dir, { recursive: true }));

const aPackage = (name: string, text: string) => ({ name, version: '1.0.0', identifier: 'MIT', text });

test('parts come together into one text, each package once, in an order of their own', () => {
  writeFileSync(join(dir, partFileName(['popup'])), JSON.stringify([aPackage('zod', 'Z\r\nz')]));
  writeFileSync(
    join(dir, partFileName(['background'])),
    JSON.stringify([aPackage('zod', 'Z\r\nz'), aPackage('idb', 'I')]),
  );
  const text = takeLicenses(dir);
  expect(text.match(/^\S+ 1\.0\.0 \(MIT\)$/gm)).toEqual(['idb 1.0.0 (MIT)', 'zod 1.0.0 (MIT)']);
  expect(text).toContain('\n\nZ\nz\n');
  expect(readdirSync(dir)).toEqual([]);
});

test('the same packages give the same bytes, in whichever order they were found', () => {
  const packages = [aPackage('b', 'B'), aPackage('a', 'A'), aPackage('c', 'C')];
  expect(licenseTexts(packages.toReversed())).toBe(licenseTexts(packages));
});

test('a package without a licence text is refused by name', () => {
  const bare = { name: 'bare', version: '2.0.0', identifier: 'MIT' };
  expect(() => licenseTexts([aPackage('a', 'A'), bare])).toThrow('no licence text: bare 2.0.0');
  expect(() => licenseTexts([{ ...bare, text: ' \n' }])).toThrow('bare 2.0.0');
});

test('a build whose bundler said nothing is refused', () => {
  expect(() => takeLicenses(dir)).toThrow('has not said');
});

test('a text that a package was published without is supplied, as long as its licence is the one we know', () => {
  const wxt = { name: 'wxt', version: '1.0.0', identifier: 'MIT' };
  expect(licenseTexts([wxt])).toMatch(/^wxt 1\.0\.0 \(MIT\)\n-+\n\nMIT License$/m);
  expect(() => licenseTexts([{ ...wxt, identifier: 'GPL-3.0' }])).toThrow('no licence text: wxt');
});

test('what is installed is found with its licence, scoped, nested, or in a README only', () => {
  const install = (path: string, name: string, files: Record<string, string>) => {
    mkdirSync(join(dir, path), { recursive: true });
    const own = { 'package.json': JSON.stringify({ name, version: '1.0.0', license: 'MIT' }), ...files };
    for (const [file, content] of Object.entries(own)) writeFileSync(join(dir, path, file), content);
  };
  install('a', 'a', { 'LICENSE.md': 'of a' });
  install('@scope/b', '@scope/b', { LICENCE: 'of b' });
  install('a/node_modules/c', 'c', { 'README.md': '# c\n\n## License\n\nof c\n' });
  install('d', 'd', { 'README.md': '# d\n' });
  mkdirSync(join(dir, '.bin'));
  expect(findInstalled(dir).map(({ name, text }) => [name, text?.trim()])).toEqual([
    ['@scope/b', 'of b'],
    ['a', 'of a'],
    ['c', 'of c'],
    ['d', undefined],
  ]);
  expect(() => licenseTexts(findInstalled(dir))).toThrow('no licence text: d 1.0.0');
});
