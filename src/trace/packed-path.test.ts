import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_PATH_STEP_PX, MAX_PATH_STEPS } from './limits.ts';
import { countSteps, PackedPath, packPath, unpackPath } from './packed-path.ts';

const anyCell = fc.integer({ min: -MAX_PATH_STEP_PX / 4, max: MAX_PATH_STEP_PX / 4 });
const anyPath = fc
  .array(fc.tuple(fc.oneof(fc.integer({ min: -20, max: 20 }), anyCell), anyCell), {
    minLength: 1,
    maxLength: MAX_PATH_STEPS,
  })
  .map((steps) => ({
    dxPx: steps.map(([right]) => right * 4 + 0),
    dyPx: steps.map(([, down]) => down * 4 + 0),
  }));
const isPacked = (text: string) => PackedPath.safeParse(text).success;

describe('a packed path', () => {
  it('is the path that was packed, whatever it was', () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        const packed = packPath(path);
        expect(PackedPath.parse(packed)).toBe(packed);
        expect(unpackPath(packed)).toEqual({ ...path, dtMs: path.dxPx.map(() => 50) });
        expect(countSteps(packed)).toBe(path.dxPx.length);
      }),
    );
  });

  it('is the only text of its path, so that the way of writing carries nothing', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/), (text) => {
        if (isPacked(text)) expect(packPath(unpackPath(text))).toBe(text);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['a way right without one down', 'A'],
    ['a number that does not end', 'Ag'],
    ['a number that is longer than it need be', 'AgA'],
    ['a letter of no alphabet', 'A+'],
    ['a step across many screens', 'A_____A'],
    ['more steps than a movement has', 'AA'.repeat(MAX_PATH_STEPS + 1)],
  ])('cannot be %s', (_what, text) => {
    expect(isPacked(text)).toBe(false);
    expect(() => unpackPath(text)).toThrow(RangeError);
  });
});
