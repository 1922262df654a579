/**
 * Pointer positions -> movements: samples at most every 50 ms, keeps resting points, cuts at pauses and by length.
 *
 * In the page, for every pointer move: only arithmetic, no reads of the page. Pure but for its own state; times
 * are epoch ms.
 */
import {
  MAX_MOVEMENT_MS,
  MIN_PATH_PX,
  MIN_PATH_SAMPLES,
  MOVEMENT_PAUSE_MS,
  POINTER_SAMPLE_MS,
} from '../trace/limits.ts';

/** A finished movement, before anything is said of what it ended on. */
export interface PointerPath {
  startMs: number;
  endMs: number;
  pauseBeforeMs: number;
  /** Since the first sample. */
  timeMs: number[];
  xPx: number[];
  yPx: number[];
}

export interface MovementCutter {
  /** Takes one position; gives back the movement before it if this one begins another. */
  add: (atMs: number, xPx: number, yPx: number) => PointerPath | undefined;
  /** Ends the movement; undefined if there is none or it is too short to be one. */
  cut: () => PointerPath | undefined;
}

/**
 * @param startMs when watching began: the rest before the first movement counts from there.
 * @param sampleMs how far apart in time samples are now.
 */
export function createMovementCutter(
  startMs: number,
  sampleMs: () => number = () => POINTER_SAMPLE_MS,
): MovementCutter {
  // Columns and plain numbers: this runs for every move, and should leave nothing behind for the collector.
  let timeMs: number[] = [];
  let xsPx: number[] = [];
  let ysPx: number[] = [];
  let lastMs = -Infinity;
  let lastXPx = 0;
  let lastYPx = 0;
  /** Whether the last position is a sample; while it is too close in time to the one before, it is not. */
  let isSampled = true;
  let restedSinceMs = startMs;

  function add(atMs: number, xPx: number, yPx: number): PointerPath | undefined {
    let finished: PointerPath | undefined;
    if (timeMs.length > 0) {
      const isLong = atMs - timeMs[0]! > MAX_MOVEMENT_MS;
      const isAfterPause = atMs - lastMs > MOVEMENT_PAUSE_MS;
      // A throttle alone would lose the point where the pointer rested.
      if (!isSampled && atMs - lastMs > POINTER_SAMPLE_MS) sample();
      if (isAfterPause || isLong) finished = cut();
      // A long movement goes on: its next piece begins where this one ended.
      if (isLong && !isAfterPause) sample();
    }
    const isDue = timeMs.length === 0 || atMs - timeMs[timeMs.length - 1]! >= sampleMs();
    lastMs = atMs;
    lastXPx = xPx;
    lastYPx = yPx;
    isSampled = false;
    if (isDue) sample();
    return finished;
  }

  function sample(): void {
    timeMs.push(lastMs);
    xsPx.push(Math.round(lastXPx));
    ysPx.push(Math.round(lastYPx));
    isSampled = true;
  }

  function cut(): PointerPath | undefined {
    if (!isSampled) sample();
    const [firstMs, pathXPx, pathYPx] = [timeMs[0], xsPx, ysPx];
    if (firstMs === undefined) return undefined;
    const path: PointerPath = {
      startMs: firstMs,
      endMs: lastMs,
      pauseBeforeMs: Math.min(86_400_000, Math.max(0, firstMs - restedSinceMs)),
      timeMs: timeMs.map((atMs) => Math.round(atMs - firstMs)),
      xPx: pathXPx,
      yPx: pathYPx,
    };
    [timeMs, xsPx, ysPx] = [[], [], []];
    restedSinceMs = lastMs;
    return path.timeMs.length < MIN_PATH_SAMPLES || lengthPx(path) < MIN_PATH_PX ? undefined : path;
  }

  return { add, cut };
}

function lengthPx({ xPx, yPx }: PointerPath): number {
  return xPx.reduce(
    (sum, x, index) =>
      index === 0 ? 0 : sum + Math.hypot(x - xPx[index - 1]!, yPx[index]! - yPx[index - 1]!),
    0,
  );
}
