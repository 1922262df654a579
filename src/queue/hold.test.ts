import { describe, expect, it } from 'vitest';
import { endOfHold } from './hold.ts';

const HOUR_MS = 3_600_000;

describe('the end of the hold', () => {
  it('is never before the charter’s hold is over, nor after twice as long', () => {
    expect(endOfHold(0, 24, () => 0)).toBe(24 * HOUR_MS);
    expect(endOfHold(0, 24, () => 0.999_999)).toBeLessThanOrEqual(48 * HOUR_MS);
  });

  it('is drawn, so that what is taken together does not leave together', () => {
    const draws = [0.1, 0.7][Symbol.iterator]();
    const random = () => draws.next().value!;
    expect(endOfHold(0, 24, random)).not.toBe(endOfHold(0, 24, random));
  });

  it('is now where the charter has no hold', () => {
    expect(endOfHold(5, 0, () => 0.5)).toBe(5);
  });
});
