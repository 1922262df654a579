/**
 * Randomness that repeats: the audit's own draws, so that a figure can be measured again.
 *
 * Benchmarks only. The product never uses it: its numbers could be guessed.
 */
import type { Random } from '../../src/trace/random.ts';

/** Uniform in [0, 1), the same sequence for the same seed (mulberry32, Tommy Ettinger, public domain). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
