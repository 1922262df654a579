import { describe, expect, it } from 'vitest';
import { drawSpreadMs } from './draw-pace.ts';

describe('the pace of sending', () => {
  it('is slower where the person saves data, and usual where the browser does not say', () => {
    expect(drawSpreadMs({ saveData: true })).toBe(4 * drawSpreadMs({ saveData: false }));
    expect(drawSpreadMs(undefined)).toBe(drawSpreadMs({}));
  });
});
