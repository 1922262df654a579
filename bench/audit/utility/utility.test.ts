import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syntheticPointers } from '../cohort/synthetic-pointers.ts';
import { syntheticTypists } from '../cohort/synthetic-typists.ts';
import { openLearner, type Learner } from '../learning/open-learner.ts';
import { seededRandom } from '../seeded-random.ts';
import { measureUtility, type UtilityResult } from './utility.ts';

let learner: Learner;
let results: UtilityResult[];
beforeAll(async () => {
  learner = openLearner();
  const random = seededRandom(3);
  results = await measureUtility({
    cohort: {
      name: 'a few made-up people',
      isSynthetic: true,
      keys: syntheticTypists({ people: 30, sentencesEach: 8, pool: 40, random }),
      pointers: syntheticPointers({ people: 8, random }),
    },
    learner,
    random,
    levels: ['raw', 'balanced', 'strict'],
  });
}, 120_000);
afterAll(() => learner.close());

const of = (level: UtilityResult['level'], measure: UtilityResult['measure']) =>
  results.find((result) => result.level === level && result.measure === measure)!;

describe('utility on made-up people', () => {
  it('of raw data is more than knowing nothing', () => {
    const end = of('raw', 'movementEndErrorPx');
    expect(end.value).toBeLessThan(0.9 * end.baseline);
    expect(of('raw', 'nextIntervalR2').value).toBeGreaterThan(0);
    expect(of('raw', 'pauseAuc').value).toBeGreaterThan(0.55);
    expect(of('raw', 'correctionAuc').value).toBeGreaterThan(0.6);
  });

  it('is lost where a level leaves only the ends of a path, or ranks every interval', () => {
    expect(of('strict', 'movementEndErrorPx').value).toBeGreaterThan(
      1.3 * of('balanced', 'movementEndErrorPx').value,
    );
    expect(of('strict', 'nextIntervalR2').value).toBeLessThan(of('raw', 'nextIntervalR2').value);
  });

  it('says the same of knowing nothing at every level', () => {
    const baselines = (['raw', 'balanced', 'strict'] as const).map(
      (level) => of(level, 'movementEndErrorPx').baseline,
    );
    expect(Math.max(...baselines)).toBeLessThan(1.1 * Math.min(...baselines));
  });
});
