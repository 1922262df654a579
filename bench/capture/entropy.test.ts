import { describe, expect, it } from 'vitest';
import { entropyBits } from './entropy.ts';

describe('entropy of a column', () => {
  it('is one bit for a fair coin and nothing for what the value before tells', () => {
    const alternating = [[0, 1, 0, 1, 0, 1, 0, 1]];
    expect(entropyBits(alternating, 0)).toBe(1);
    expect(entropyBits(alternating, 1)).toBe(0);
  });

  it('does not look across paths', () => {
    const paths = [
      [0, 1],
      [1, 1],
    ];
    // First values: a coin (1 bit each); after 0 and after 1 comes 1.
    expect(entropyBits(paths, 1)).toBeCloseTo(0.5);
  });
});
