import { describe, expect, it } from 'vitest';
import { listedPaths, packageDigest, type PackageFile } from './package-digest.ts';

const file = (path: string, text: string): PackageFile => ({ path, bytes: new TextEncoder().encode(text) });
const files = [
  file('manifest.json', '{"version":"1.0"}'),
  file('background.js', 'go()'),
  file('a/b.css', 'p {}'),
];

describe('the digest of a package', () => {
  it('is that of its files’ own digests, as sha256sum writes them, sorted', async () => {
    const sha256 = async (text: string) => {
      const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
      return Buffer.from(bytes).toString('hex');
    };
    const lines = `${await sha256('p {}')}  a/b.css\n${await sha256('go()')}  background.js\n${await sha256('{"version":"1.0"}')}  manifest.json\n`;
    expect(await packageDigest(files)).toBe(await sha256(lines));
  });

  it('does not depend on the order of the files', async () => {
    expect(await packageDigest(files.toReversed())).toBe(await packageDigest(files));
  });

  it('is the same with and without signatures', async () => {
    const signed = [
      ...files,
      file('META-INF/mozilla.rsa', 'x'),
      file('_metadata/verified_contents.json', '[]'),
    ];
    expect(await packageDigest(signed)).toBe(await packageDigest(files));
  });

  it('is the same after the browser wrote a JSON file anew and added its key to the manifest', async () => {
    const installed = [
      file('manifest.json', '{\n  "key": "MIIB",\n  "version": "1.0"\n}\n'),
      ...files.slice(1),
    ];
    expect(await packageDigest(installed)).toBe(await packageDigest(files));
  });

  it.each([
    ['a changed script', [files[0]!, file('background.js', 'go( )'), files[2]!]],
    ['a changed value in a manifest', [file('manifest.json', '{"version":"1.1"}'), ...files.slice(1)]],
    ['a file more', [...files, file('more.js', '')]],
    ['a file less', files.slice(1)],
    ['a file of another name', [...files.slice(0, 2), file('a/c.css', 'p {}')]],
  ])('is another with %s', async (_, changed) => {
    expect(await packageDigest(changed)).not.toBe(await packageDigest(files));
  });

  it('is over paths sorted alike on every computer, each once', () => {
    expect(listedPaths(['b', 'ä', 'B', 'a/b', 'a', 'b', 'META-INF/x'])).toEqual(['B', 'a', 'a/b', 'b', 'ä']);
  });
});
