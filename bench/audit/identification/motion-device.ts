/**
 * What a movement tells of the device and the screen: how often places are told, in which steps, and where.
 *
 * Hardly anything of it is left once paths are sampled anew on a grid; the attack must see that it is gone.
 */
import { share } from './statistics.ts';

export interface Track {
  timeMs: readonly number[];
  xPx: readonly number[];
  yPx: readonly number[];
}

/** Limits between the usual times from one report to the next. */
const REPORT_LIMITS_MS = [1, 3, 6, 8, 9, 11, 13, 14, 15, 16, 17, 18, 20, 30, 40, 60, 110];
const STEP_LIMITS_PX = [1, 2, 3, 4, 6, 8, 12, 16, 32, 64];

/** Reports, steps and places of one movement. */
export function deviceFeatures({ timeMs, xPx, yPx }: Track): number[] {
  const reports = timeMs.slice(1).map((atMs, index) => atMs - timeMs[index]!);
  const across = xPx.slice(1).map((x, index) => Math.abs(x - xPx[index]!));
  const down = yPx.slice(1).map((y, index) => Math.abs(y - yPx[index]!));
  const rests = reports.map((_ms, index) => across[index]! + down[index]! === 0);
  const last = xPx.length - 1;
  return [
    ...binned(reports, REPORT_LIMITS_MS),
    ...binned(across.concat(down), STEP_LIMITS_PX),
    share(across, (px) => px % 2 === 1),
    share(down, (px) => px % 2 === 1),
    share(across, (px) => px > 0) - share(down, (px) => px > 0),
    share(
      across.map((px, index) => Math.abs(px - down[index]!)),
      (px) => px === 0,
    ),
    leading(rests),
    leading(rests.toReversed()),
    ...[xPx[0]!, yPx[0]!, xPx[last]!, yPx[last]!].map((px) => px / 500),
  ];
}

/** Share of the values below the first limit, from there to the next, and so on. */
function binned(values: readonly number[], limits: readonly number[]): number[] {
  return [...limits, Infinity].map((limit, index) =>
    share(values, (value) => value < limit && value >= (limits[index - 1] ?? -Infinity)),
  );
}

/** How many are true before the first that is not. */
function leading(flags: readonly boolean[]): number {
  const end = flags.indexOf(false);
  return end < 0 ? flags.length : end;
}
