/**
 * What the extension puts into pages is small, as built: no schema library, no polyfill, and no words in the recorder.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from './fixtures.ts';

/**
 * Gzip'd at level 9. Every page of an app pays this, so a limit is raised only by who says for what.
 *
 * The goal for the recorder is 10,000 and is not reached: without the lists of public words nearly all of it is logic.
 */
const MAX_GZIP_BYTES = { 'recorder.js': 18_200, 'vocabulary.js': 6000 };

const PARSERS = /_zod|ZodError|invalid_type|safeParse/;
const POLYFILL =
  /webextension-polyfill|wrappedSendMessage|This script should only be loaded in a browser extension/;

for (const [file, limitBytes] of Object.entries(MAX_GZIP_BYTES)) {
  test(`${file} is at most ${limitBytes} bytes, and holds no library`, () => {
    const script = built(file);
    expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(limitBytes);
    expect(script).not.toMatch(PARSERS);
    expect(script).not.toMatch(POLYFILL);
  });
}

test('the words are in the vocabulary only', () => {
  const words = ['zurücksetzen', 'réinitialiser', 'milestones'];
  expect(words.filter((word) => built('vocabulary.js').includes(word))).toEqual(words);
  expect(words.filter((word) => built('recorder.js').includes(word))).toEqual([]);
});

test('the library would be found if it were there', () => {
  expect(built('background.js')).toMatch(PARSERS);
});

function built(file: string): string {
  return readFileSync(join(process.env.PROFFER_EXTENSION_DIR!, file), 'utf8');
}
