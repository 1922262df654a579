import { describe, expect, it } from 'vitest';
import { isSplitOf, splitBuckets } from './split-buckets.ts';

describe('person-disjoint buckets', () => {
  it.each([
    [1, 0],
    [99, 0],
    [100, 2],
    [149, 2],
    [150, 3],
    [499, 9],
    [500, 10],
    [10_000_000, 10],
  ])('of %i expected people are %i', (expectedParticipants, buckets) => {
    expect(splitBuckets({ expectedParticipants })).toBe(buckets);
  });

  it('are borne by every record where the charter has them, and by none where it has not', () => {
    const fits = (split: number | undefined, expectedParticipants: number) =>
      isSplitOf(split, { expectedParticipants });
    expect([fits(undefined, 99), fits(0, 99)]).toEqual([true, false]);
    expect([fits(undefined, 100), fits(0, 100), fits(1, 100), fits(2, 100)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
