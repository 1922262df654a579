import { describe, expect, it } from 'vitest';
import { BATCH_SIZES_BYTES, MAX_INFLATED_BYTES } from '../trace/limits.ts';
import { betterCount } from './draw-batch.ts';

const [small, medium, large] = BATCH_SIZES_BYTES;
const ofGzip = (count: number, gzipBytes: number) => betterCount(count, gzipBytes * 5, gzipBytes);

describe('how many records travel together', () => {
  it('leaves what fills its size, and the little there is', () => {
    expect(ofGzip(500, large - 100)).toBe(500);
    expect(ofGzip(3, 1000)).toBe(3);
    expect(ofGzip(1, small + 1)).toBe(1);
  });

  it('fills a smaller size where most of the larger one would be padding', () => {
    expect(ofGzip(500, medium + 2000)).toBe(436);
    expect(ofGzip(100, small + 500)).toBe(87);
    expect(ofGzip(400, large * 0.99)).toBe(400);
  });

  it('takes as many as fit, and always fewer, where all do not', () => {
    expect(ofGzip(500, large * 1.25)).toBe(392);
    expect(betterCount(500, MAX_INFLATED_BYTES * 2, 20_000)).toBe(245);
    expect(ofGzip(2, large + 1)).toBe(1);
    expect(ofGzip(1, large * 3)).toBe(0);
  });
});
