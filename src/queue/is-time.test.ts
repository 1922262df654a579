import { describe, expect, it } from 'vitest';
import { isTime } from './is-time.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = 1_800_000_000_000;

describe('the time for something', () => {
  it('has come when it is past, and not before', () => {
    expect(isTime(NOW_MS - 1, NOW_MS)).toBe(true);
    expect(isTime(NOW_MS, NOW_MS)).toBe(true);
    expect(isTime(NOW_MS + 1, NOW_MS)).toBe(false);
    expect(isTime(NOW_MS + 24 * HOUR_MS, NOW_MS)).toBe(false);
  });

  it('has come where it lies further ahead than it was put off for', () => {
    expect(isTime(NOW_MS + 5001, NOW_MS, 5000)).toBe(true);
    expect(isTime(NOW_MS + 5000, NOW_MS, 5000)).toBe(false);
  });

  it('has come where it was set by a clock that ran ahead', () => {
    expect(isTime(NOW_MS + 48 * HOUR_MS, NOW_MS)).toBe(true);
  });
});
