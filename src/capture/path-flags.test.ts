import { expect, it } from 'vitest';
import type { PointerPath } from './movement-cutter.ts';
import { pathFlags } from './path-flags.ts';

const button = { xPx: 300, yPx: 0, widthPx: 80, heightPx: 30 };

function aPath(xPx: number[], timeMs = xPx.map((_x, index) => index * 50)): PointerPath {
  return { startMs: 0, endMs: timeMs.at(-1)!, pauseBeforeMs: 0, timeMs, xPx, yPx: xPx.map(() => 0) };
}

it('flags nothing on a straight way', () => {
  expect(pathFlags(aPath([0, 60, 150, 240, 290, 300]), button, 80)).toEqual([]);
});

it('flags a rest on the way or before the press as hesitation', () => {
  expect(pathFlags(aPath([0, 100, 200, 300], [0, 50, 300, 350]), button, 0)).toEqual(['hesitated']);
  expect(pathFlags(aPath([0, 100, 200, 300]), button, 900)).toEqual(['hesitated']);
  expect(pathFlags(aPath([0, 100, 200, 300]), button, 60_000)).toEqual([]);
});

it('flags a turn back as reversal, and beyond the target as overshoot', () => {
  expect(pathFlags(aPath([0, 100, 60, 100, 300]), button, 0)).toEqual(['reversed']);
  expect(pathFlags(aPath([0, 150, 400, 310]), button, 0)).toEqual(['reversed', 'overshot']);
});
