/**
 * A motion and a rhythm as numbers, channel by channel: all that the record itself says.
 *
 * Runs in the audit.
 */
import { MOVEMENT_ENDS } from '../../../src/trace/limits.ts';
import { motionFeatures } from '../identification/motion-features.ts';
import { rhythmFeatures } from '../identification/rhythm-features.ts';
import { oneOf } from './one-hot.ts';
import type { Body } from './stolen.ts';

export type MotionChannel = 'offset' | 'end' | 'path' | 'way' | 'size';

export function describeMotion(body: Body<'motion'>): Record<MotionChannel, number[]> {
  const { path, end, endOffset } = body;
  const timeMs = sums(path.dtMs);
  const xPx = sums(path.dxPx);
  const yPx = sums(path.dyPx);
  const seen = { timeMs, xPx, yPx, end: 'none' as const, pauseBeforeMs: 0, dwellMs: -1 };
  const [wayX, wayY] = [xPx.at(-1)!, yPx.at(-1)!];
  return {
    offset: [
      Number(endOffset === null),
      ...[endOffset?.xQuarters ?? NaN, endOffset?.yQuarters ?? NaN].flatMap((value) => [
        value,
        Math.abs(value),
      ]),
    ],
    end: oneOf(MOVEMENT_ENDS, end),
    path: motionFeatures(seen),
    // How far, whither and for how long: what a place on the screen could be told by.
    way: [wayX, wayY, Math.abs(wayX), Math.abs(wayY), Math.hypot(wayX, wayY), timeMs.at(-1)!],
    size: [JSON.stringify(body).length],
  };
}

function sums(differences: readonly number[]): number[] {
  let sum = 0;
  return [0, ...differences.map((difference) => (sum += difference))];
}

export type RhythmChannel = 'keys' | 'classes' | 'size';

export function describeRhythm({ keyClass, intervalMs }: Body<'rhythm'>): Record<RhythmChannel, number[]> {
  const corrections = correctionsOf(keyClass);
  const share = (name: string) => keyClass.filter((other) => other === name).length / keyClass.length;
  return {
    keys: rhythmFeatures([{ keyClass, intervalMs, holdMs: [] }]),
    classes: [
      keyClass.length,
      corrections,
      corrections / keyClass.length,
      share('backspace'),
      share('enter'),
      share('navigation'),
      ...[500, 1000, 2000].map(
        (limitMs) => intervalMs.filter((ms) => ms >= limitMs).length / intervalMs.length,
      ),
    ],
    size: [JSON.stringify({ keyClass, intervalMs }).length],
  };
}

/** Runs of backspaces. */
function correctionsOf(keyClass: readonly string[]): number {
  return keyClass.filter((name, index) => name === 'backspace' && keyClass[index - 1] !== 'backspace').length;
}
