import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCohort } from './sessions.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'proffer-cohort-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const KEYS = { person: 1, sentence: 0, keyClass: [0, 2], downMs: [0, 120], holdMs: [90, -1] };
const write = (name: string, ...lines: (object | string)[]) => {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  writeFileSync(join(dir, name), gzipSync(text));
};

describe('a folder of recorded people', () => {
  it('may have keys or movements alone', async () => {
    write('keystrokes.jsonl.gz', KEYS, '');
    expect(await readCohort(dir)).toMatchObject({ keys: [KEYS], pointers: [], isSynthetic: false });
  });

  it('is refused where it has neither', async () => {
    await expect(readCohort(dir)).rejects.toThrow('has neither keystrokes.jsonl.gz nor pointer.jsonl.gz');
  });

  it.each([
    ['a field that is missing', { ...KEYS, downMs: undefined }, 'line 2: downMs: '],
    ['a class that does not exist', { ...KEYS, keyClass: [0, 8] }, 'line 2: keyClass: 1: '],
    ['columns of different length', { ...KEYS, downMs: [0] }, 'line 2: columns differ in length'],
    ['what is not JSON', 'person', 'line 2: is not JSON'],
  ])('is refused for %s, and told where', async (_what, line, told) => {
    write('keystrokes.jsonl.gz', KEYS, line);
    await expect(readCohort(dir)).rejects.toThrow(`keystrokes.jsonl.gz, ${told}`);
  });
});
