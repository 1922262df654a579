import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import { matrixOf, openLearner, type Learner } from './open-learner.ts';

let learner: Learner;
beforeAll(() => {
  learner = openLearner();
});
afterAll(() => learner.close());

const random = seededRandom(1);
const rows = Array.from({ length: 400 }, () => [random(), random()]);

describe('the learner', () => {
  it('learns what there is to learn', async () => {
    const { predicted } = await learner.ask(
      'regress',
      { seed: 1, rounds: 100, loss: 'squared_error' },
      {
        known: matrixOf(rows),
        targets: matrixOf(rows.map(([first]) => [first!, 2])),
        asked: matrixOf([
          [0.2, 0.5],
          [0.8, 0.5],
        ]),
      },
    );
    expect(predicted).toMatchObject({ rows: 2, columns: 2 });
    expect(predicted!.values[0]).toBeCloseTo(0.2, 1);
    expect(predicted!.values[2]).toBeCloseTo(0.8, 1);
    expect(predicted!.values[3]).toBeCloseTo(2, 3);
  });

  it('answers requests in their order, and goes on after one that fails', async () => {
    const classify = (asked: number[][]) =>
      learner.ask(
        'classify',
        { seed: 1, rounds: 50 },
        {
          known: matrixOf(rows),
          classes: matrixOf(rows.map(([first]) => [Number(first! > 0.5)])),
          asked: matrixOf(asked),
        },
      );
    const [high, failed, low] = await Promise.allSettled([
      classify([[0.9, 0]]),
      learner.ask('classify', {}, {}),
      classify([
        [0.1, 0],
        [0.1, 1],
      ]),
    ]);
    expect(high).toMatchObject({ value: { probability: { rows: 1 } } });
    expect(failed).toMatchObject({ status: 'rejected' });
    expect(String((failed as PromiseRejectedResult).reason)).toContain('learner: classify');
    expect(low).toMatchObject({ value: { probability: { rows: 2 } } });
  });

  it('takes no rows of different length', () => {
    expect(() => matrixOf([[1, 2], [3]])).toThrow('row 1 has 1 of 2 columns');
  });
});
