import { describe, expect, it } from 'vitest';
import type { TrainingRow } from '../bench/utility/training-result.ts';
import { utilityFigures, utilityFiguresModule } from './utility-figures.ts';

const aLabel: TrainingRow = {
  kind: 'label',
  level: 'strict',
  cohort: 'scripted',
  label: 'back_track',
  truth: 'going back',
  precision: { value: 0.5, low: 0.4, high: 0.6 },
  recall: { value: 0.25, low: 0.2, high: 0.3 },
  people: 30,
  labelled: 8,
  actual: 16,
  chance: 0.01,
  ofLinked: 0.5,
};

describe('utility figures', () => {
  it('stand under their level, precision and recall each with the cases that they are a share of', () => {
    const { strict, balanced } = utilityFigures([aLabel]);
    expect(balanced).toEqual([]);
    expect(strict).toMatchObject([
      { measure: 'precision', value: 0.5, count: 8, baseline: { name: 'at random', value: 0.01 } },
      { measure: 'recall', value: 0.25, count: 16, ofLinked: 0.5 },
    ]);
  });

  it('are empty lists where nothing was measured', () => {
    expect(utilityFiguresModule([])).toContain('{"linked":[],"balanced":[],"strict":[]}');
  });
});
