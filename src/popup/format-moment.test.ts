/**
 * Moments as the popup says them.
 */
import { expect, it } from 'vitest';
import { formatMoment } from './format-moment.ts';

const noonMs = new Date(2025, 2, 3, 12, 0).getTime();

it('says only the time of a moment today', () => {
  expect(formatMoment(new Date(2025, 2, 3, 14, 30).getTime(), noonMs, 'de')).toBe('14:30');
});

it('says the day of a moment on another day', () => {
  const text = formatMoment(new Date(2025, 2, 4, 0, 0).getTime(), noonMs, 'en-GB');
  expect(text).toContain('4 Mar');
  expect(text).toContain('00:00');
});
