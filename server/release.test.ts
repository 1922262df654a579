import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hiddenBuckets } from './release.ts';

describe('hidden buckets', () => {
  it('leave only crowds: each bucket that is shown, and those without one together', () => {
    const anyPeople = fc.array(fc.nat(60), { minLength: 2, maxLength: 10 });
    fc.assert(
      fc.property(anyPeople, fc.integer({ min: 1, max: 30 }), (people, minContributors) => {
        fc.pre(people.reduce((sum, count) => sum + count, 0) >= minContributors);
        const hidden = hiddenBuckets(people, minContributors);
        const shown = people.filter((_, bucket) => !hidden.includes(bucket));
        const withoutBucket = hidden.reduce((sum, bucket) => sum + people[bucket]!, 0);
        expect(shown.every((count) => count >= minContributors)).toBe(true);
        if (hidden.length > 0) expect(withoutBucket).toBeGreaterThanOrEqual(minContributors);
      }),
    );
  });

  it('are no more than needed', () => {
    expect(hiddenBuckets([10, 12, 11], 10)).toEqual([]);
    expect(hiddenBuckets([4, 40, 7, 40], 10)).toEqual([0, 2]);
    expect(hiddenBuckets([4, 40, 0, 30], 10)).toEqual([2, 0, 3]);
  });
});
