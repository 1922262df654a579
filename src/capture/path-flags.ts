/**
 * The way the pointer took to a press -> how it came there, in three flags.
 *
 * In the page, so that a step can say "hesitated" without its path leaving with it. Pure.
 */
import type { PathFlag } from '../trace/limits.ts';
import type { PointerPath } from './movement-cutter.ts';

/** A rest within a movement or before its press that counts as hesitation. */
const HESITATION_MS = 200;
/** A rest before the press longer than this is reading, not hesitation. */
const LONGEST_HESITATION_MS = 5000;
/** Turning by more than 120 degrees, each way at least this long. */
const REVERSAL_LEG_PX = 24;
const REVERSAL_COSINE = -0.5;
/** How far beyond the target's edge the pointer must have been. */
const OVERSHOOT_PX = 8;

/**
 * @param path the movement that led to the press.
 * @param target centre and size of what was pressed, in the path's own coordinates.
 * @param restMs rest between the movement's end and the press.
 */
export function pathFlags(
  path: PointerPath,
  target: { xPx: number; yPx: number; widthPx: number; heightPx: number },
  restMs: number,
): PathFlag[] {
  const flags: PathFlag[] = [];
  if (hesitated(path, restMs)) flags.push('hesitated');
  if (reversed(path)) flags.push('reversed');
  if (overshot(path, target)) flags.push('overshot');
  return flags;
}

function hesitated(path: PointerPath, restMs: number): boolean {
  if (restMs >= HESITATION_MS && restMs <= LONGEST_HESITATION_MS) return true;
  return path.timeMs.some((timeMs, index) => index > 0 && timeMs - path.timeMs[index - 1]! >= HESITATION_MS);
}

/** Whether two legs of some length point against each other. */
function reversed({ xPx, yPx }: PointerPath): boolean {
  let corner = 0;
  let leg: [number, number] | undefined;
  for (let index = 1; index < xPx.length; index++) {
    const way: [number, number] = [xPx[index]! - xPx[corner]!, yPx[index]! - yPx[corner]!];
    const lengthPx = Math.hypot(...way);
    if (lengthPx < REVERSAL_LEG_PX) continue;
    if (leg) {
      const cosine = (leg[0] * way[0] + leg[1] * way[1]) / (Math.hypot(...leg) * lengthPx);
      if (cosine < REVERSAL_COSINE) return true;
    }
    leg = way;
    corner = index;
  }
  return false;
}

/** Whether the path went past the target, seen from its start, and came back. */
function overshot(
  { xPx, yPx }: PointerPath,
  target: { xPx: number; yPx: number; widthPx: number; heightPx: number },
): boolean {
  const wayX = xPx.at(-1)! - xPx[0]!;
  const wayY = yPx.at(-1)! - yPx[0]!;
  const lengthPx = Math.hypot(wayX, wayY);
  if (lengthPx < 1) return false;
  const [unitX, unitY] = [wayX / lengthPx, wayY / lengthPx];
  const halfExtentPx = (Math.abs(unitX) * target.widthPx + Math.abs(unitY) * target.heightPx) / 2;
  const centrePx = (target.xPx - xPx[0]!) * unitX + (target.yPx - yPx[0]!) * unitY;
  return xPx.some(
    (x, index) =>
      (x - xPx[0]!) * unitX + (yPx[index]! - yPx[0]!) * unitY > centrePx + halfExtentPx + OVERSHOOT_PX,
  );
}
