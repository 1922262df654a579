import { describe, expect, it } from 'vitest';
import { createMovementCutter, type PointerPath } from './movement-cutter.ts';

/** Moves right by `pxEach` at 125 Hz. */
function moveAlong(
  cutter: ReturnType<typeof createMovementCutter>,
  fromMs: number,
  count: number,
  pxEach = 4,
) {
  const finished: PointerPath[] = [];
  for (let index = 0; index < count; index++) {
    const path = cutter.add(fromMs + index * 8, index * pxEach, 0);
    if (path) finished.push(path);
  }
  return finished;
}

describe('createMovementCutter', () => {
  it('samples at most every 50 ms and keeps the resting point with its own time', () => {
    const cutter = createMovementCutter(0);
    moveAlong(cutter, 1000, 30);
    const path = cutter.cut()!;
    expect(path.timeMs.slice(1, -1).every((timeMs, index) => timeMs - path.timeMs[index]! >= 50)).toBe(true);
    expect([path.timeMs.at(-1), path.xPx.at(-1)]).toEqual([29 * 8, 29 * 4]);
  });

  it('keeps the point of a rest inside a movement', () => {
    const cutter = createMovementCutter(0);
    moveAlong(cutter, 1000, 10);
    cutter.add(1300, 200, 0);
    const path = cutter.cut()!;
    expect(path.timeMs).toContain(72);
    expect(path.xPx).toContain(36);
  });

  it('cuts at a pause over 500 ms and tells how long it was', () => {
    const cutter = createMovementCutter(0);
    moveAlong(cutter, 1000, 30);
    const [first] = moveAlong(cutter, 1000 + 29 * 8 + 501, 30);
    expect(first).toMatchObject({ startMs: 1000, endMs: 1232, pauseBeforeMs: 1000 });
    expect(cutter.cut()).toMatchObject({ pauseBeforeMs: 501 });
  });

  it('does not cut at a pause of 500 ms', () => {
    const cutter = createMovementCutter(0);
    moveAlong(cutter, 1000, 30);
    expect(moveAlong(cutter, 1000 + 29 * 8 + 500, 30)).toEqual([]);
  });

  it('cuts after 5 s into pieces that meet', () => {
    const cutter = createMovementCutter(0);
    const [first] = moveAlong(cutter, 0, 700, 1);
    const second = cutter.cut()!;
    expect(first!.timeMs.at(-1)).toBeLessThanOrEqual(5000);
    expect(second.startMs).toBe(first!.endMs);
    expect(second.xPx[0]).toBe(first!.xPx.at(-1));
    expect(second.pauseBeforeMs).toBe(0);
  });

  it('drops paths under 8 px or 3 samples', () => {
    const tremor = createMovementCutter(0);
    moveAlong(tremor, 0, 30, 0.2);
    expect(tremor.cut()).toBeUndefined();
    const jump = createMovementCutter(0);
    jump.add(0, 0, 0);
    jump.add(60, 500, 0);
    expect(jump.cut()).toBeUndefined();
  });
});
