import { describe, expect, it } from 'vitest';
import type { Random } from '../../../src/trace/random.ts';
import { syntheticTypists } from './synthetic-typists.ts';

/** Repeatable, uniform enough for a test (Park and Miller, 1988). */
function seeded(seed: number): Random {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const median = (values: readonly number[]) =>
  [...values].sort((one, other) => one - other)[values.length >> 1] ?? NaN;

describe('synthetic typists', () => {
  const sessions = syntheticTypists({ people: 20, sentencesEach: 6, random: seeded(1) });

  it('give sessions like those of the data: one line a sentence, columns of equal length, times that go on', () => {
    expect(sessions).toHaveLength(120);
    for (const { keyClass, downMs, holdMs } of sessions) {
      expect(downMs[0]).toBe(0);
      expect([downMs.length, holdMs.length]).toEqual([keyClass.length, keyClass.length]);
      expect(downMs.every((ms, index) => index === 0 || ms > downMs[index - 1]!)).toBe(true);
      expect(holdMs.every((ms) => ms > 0)).toBe(true);
      expect(keyClass.every((index) => [0, 1, 2, 3, 5, 7].includes(index))).toBe(true);
    }
  });

  it('are the same again for the same randomness, and others for other', () => {
    const again = syntheticTypists({ people: 20, sentencesEach: 6, random: seeded(1) });
    expect(again).toEqual(sessions);
    expect(syntheticTypists({ people: 20, sentencesEach: 6, random: seeded(2) })).not.toEqual(sessions);
  });

  it('keep their habits from sentence to sentence', () => {
    const people = [...Map.groupBy(sessions, (session) => session.person).values()];
    const held = people.map((own) => own.map(({ holdMs }) => Math.log(median(holdMs))));
    const spread = (values: readonly number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    };
    const within = median(held.map(spread));
    const between = spread(held.map(median));
    expect(between).toBeGreaterThan(3 * within);
  });

  it('refuse more sentences each than the pool has', () => {
    expect(() => syntheticTypists({ people: 1, sentencesEach: 9, pool: 8, random: seeded(1) })).toThrow(
      /9 sentences each, but a pool of 8/,
    );
  });
});
