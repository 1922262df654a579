import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readResults, writeResults, type ResultFiles } from './result-files.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'proffer-results-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const aRow = (kind: 'motion' | 'rhythm', value: number): ResultFiles['utility'][number] => ({
  kind,
  level: 'raw',
  measure: 'pauseAuc',
  value,
  baseline: 0.5,
  cohort: 'recorded',
});

describe('result files', () => {
  it('hold a row a line, with four digits', () => {
    const [path] = writeResults(dir, { utility: [aRow('motion', 1 / 3), aRow('rhythm', 2)] });
    expect(readFileSync(path!, 'utf8').split('\n')).toHaveLength(5);
    expect(readResults(dir, 'utility').map(({ value }) => value)).toEqual([0.3333, 2]);
  });

  it('keep what was not audited this time, and nothing of what was', () => {
    writeResults(dir, { utility: [aRow('motion', 1), aRow('rhythm', 2)] });
    writeResults(dir, { utility: [aRow('rhythm', 3)] });
    const values = readResults(dir, 'utility').map(({ kind, value }) => `${kind} ${value}`);
    expect(values.sort()).toEqual(['motion 1', 'rhythm 3']);
  });

  it('are empty where an audit has not run', () => {
    expect(readResults(dir, 'audit')).toEqual([]);
  });
});
