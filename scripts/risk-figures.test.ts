import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeResults, type ResultFiles } from '../bench/audit/report/result-files.ts';
import { readRiskFigures, riskFiguresModule } from './risk-figures.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'proffer-figures-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

type Row = ResultFiles['audit'][number];
const aRow = (changes: object): Row => ({
  kind: 'motion',
  level: 'balanced',
  amount: 'record',
  gallery: 7,
  attack: 'lda',
  people: 80,
  probes: 100,
  chance: 1 / 80,
  top1: 0.03,
  low: 0.02,
  high: 0.04,
  top5: 0.1,
  eer: 0.4,
  eerLow: 0.39,
  eerHigh: 0.41,
  surest: 0.1,
  surestPeople: 40,
  cohort: 'recorded',
  ...changes,
});

describe('risk figures', () => {
  it('are those of the attacks that did best with most known, among all people', () => {
    writeResults(dir, {
      audit: [
        aRow({}),
        aRow({ attack: 'trees', top1: 0.05, eer: 0.42 }),
        aRow({ attack: 'cheap', gallery: 1, top1: 0.9, eer: 0.01 }),
        aRow({ people: 10, top1: 0.2, eer: 0.3 }),
        aRow({ people: 10, top1: 0.25, attack: 'trees' }),
      ],
    });
    expect(readRiskFigures(dir).figures.balanced.record?.motion).toMatchObject({
      known: 7,
      people: 80,
      top1: 0.05,
      eer: 0.4,
      ofTen: 0.25,
    });
  });

  it('are not made of made-up people', () => {
    writeResults(dir, { audit: [aRow({ cohort: 'synthetic' }), aRow({ cohort: 'synthetic', people: 10 })] });
    const risk = readRiskFigures(dir);
    expect(risk.figures.balanced.record).toEqual({});
    expect(riskFiguresModule(risk)).toContain('undefined');
  });
});
