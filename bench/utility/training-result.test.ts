import { describe, expect, it } from 'vitest';
import type { Level } from '../../src/charter/charter.ts';
import { besideLinked, skillOf, type TrainingRow } from './training-result.ts';

const exactly = (value: number) => ({ value, low: value, high: value });

const anEnd = (level: Level, toldPx: number): TrainingRow => ({
  kind: 'movementEnd',
  level,
  cohort: 'recorded',
  ...exactly(toldPx),
  lastPoint: exactly(50),
  people: 2,
  learned: 10,
  questions: 10,
});

const aLabel = (level: Level, precision: number, recall: number): TrainingRow => ({
  kind: 'label',
  level,
  cohort: 'scripted',
  label: 'correction',
  truth: 'truth',
  precision: exactly(precision),
  recall: exactly(recall),
  people: 2,
  labelled: 1,
  actual: 1,
  chance: 0,
});

describe('what is left of linked', () => {
  it('is the part of the gone error, and nothing where learning misleads', () => {
    const rows = besideLinked([anEnd('linked', 25), anEnd('balanced', 30), anEnd('strict', 80)]);
    expect(rows.map(({ ofLinked }) => ofLinked)).toEqual([1, expect.closeTo(0.8), 0]);
  });

  it('is the part of the F1, each label beside itself', () => {
    const rows = besideLinked([aLabel('linked', 1, 1), aLabel('balanced', 1, 0.5), anEnd('balanced', 20)]);
    expect(rows.map(({ ofLinked }) => ofLinked)).toEqual([1, expect.closeTo(2 / 3), undefined]);
  });

  it('is not told where linked gives nothing', () => {
    const rows = besideLinked([aLabel('linked', NaN, 0), aLabel('balanced', NaN, 0)]);
    expect(rows.map(skillOf)).toEqual([0, 0]);
    expect(rows.every((row) => !('ofLinked' in row))).toBe(true);
  });
});
