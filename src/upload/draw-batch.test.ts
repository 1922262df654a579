import { describe, expect, it } from 'vitest';
import { BATCH_SIZES_BYTES, MAX_INFLATED_BYTES } from '../trace/limits.ts';
import { betterCount } from './draw-batch.ts';

const [small, medium, large] = BATCH_SIZES_BYTES;
const packed = (gzipBytes: number, jsonBytes = gzipBytes * 5) => {
  const paddedBytes = BATCH_SIZES_BYTES.find((size) => gzipBytes <= size && jsonBytes <= MAX_INFLATED_BYTES);
  return { gzipBytes, jsonBytes, paddedBytes };
};

describe('how many records travel together', () => {
  it('leaves what fills its size, and the little there is', () => {
    expect(betterCount(500, packed(large - 100))).toBe(500);
    expect(betterCount(3, packed(1000))).toBe(3);
    expect(betterCount(1, packed(small + 1))).toBe(1);
  });

  it('fills a smaller size where most of the larger one would be padding', () => {
    expect(betterCount(500, packed(medium + 2000))).toBe(436);
    expect(betterCount(100, packed(small + 500))).toBe(87);
    expect(betterCount(400, packed(large * 0.99))).toBe(400);
  });

  it('takes as many as fit, and always fewer, where all do not', () => {
    expect(betterCount(500, packed(large * 1.25))).toBe(392);
    expect(betterCount(500, packed(20_000, MAX_INFLATED_BYTES * 2))).toBe(245);
    expect(betterCount(2, packed(large + 1))).toBe(1);
    expect(betterCount(1, packed(large * 3))).toBe(0);
  });
});
