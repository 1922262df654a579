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
  expect(words.filter((word) => wordsOf('vocabulary.js').includes(word))).toEqual(words);
  expect(words.filter((word) => wordsOf('recorder.js').includes(word))).toEqual([]);
});

test('what pages get has no letter that would make the browser keep it in two bytes each', () => {
  for (const file of Object.keys(MAX_GZIP_BYTES)) expect(built(file)).toMatch(/^[\x00-\x7f]*$/);
});

test('the library would be found if it were there', () => {
  expect(built('background.js')).toMatch(PARSERS);
});

function built(file: string): string {
  return readFileSync(join(process.env.PROFFER_EXTENSION_DIR!, file), 'utf8');
}

/** Scripts of pages are built without any letter beyond ASCII. */
function wordsOf(file: string): string {
  return built(file).replace(/\\[xu]([0-9a-f]{4}|[0-9a-f]{2})/g, (_escape, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
}
