import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordId } from '../src/trace/primitives.ts';
import { cutIds, rangesOf, type IdRange } from './id-ranges.ts';
import { recordIdFor } from './testing/published-rows.ts';

const holds = ({ after, until }: IdRange, id: string) =>
  (after === undefined || id > after) && (until === undefined || id <= until);

describe('ranges of ids', () => {
  it('hold every id exactly once, however many they are, in the order of the ids', () => {
    const anyId = fc.stringMatching(/^[A-Za-z0-9_-]{21}[AQgw]$/);
    fc.assert(
      fc.property(anyId, fc.integer({ min: 0, max: 12 }), (id, power) => {
        expect(cutIds(2 ** power).filter((range) => holds(range, id))).toHaveLength(1);
      }),
    );
    const ends = cutIds(4096).flatMap(({ until }) => until ?? []);
    expect(ends).toEqual(ends.toSorted());
    expect(new Set(ends).size).toBe(4095);
  });

  it('are bounded by ids that the collector takes', () => {
    for (const { until } of cutIds(4096)) expect(RecordId.optional().safeParse(until).success).toBe(true);
  });

  it('hold about as many records each', () => {
    const ids = Array.from({ length: 4000 }, (_, seed) => recordIdFor(String(seed)));
    for (const range of cutIds(8)) {
      const held = ids.filter((id) => holds(range, id)).length;
      expect(held).toBeGreaterThan(400);
      expect(held).toBeLessThan(600);
    }
  });

  it('are one for a small release and more for a large one', () => {
    expect(rangesOf('motion', 1000)).toEqual([{ after: undefined, until: undefined }]);
    expect(rangesOf('motion', 1_000_000)).toHaveLength(16);
    expect(rangesOf('episode', 1_000_000)).toHaveLength(256);
  });
});
