/**
 * Population constants: what everybody's movements and key intervals are mapped to.
 *
 * Source: key intervals from 600 people of the Aalto 136M keystrokes study, movements from the 80 people of
 * SapiMouse, sampled and cut as capture does. Eight mid-octile quantiles of press-to-press time by pair of key
 * classes; median duration of a movement by the length of its path.
 */

export interface IntervalLevels {
  [pair: string]: readonly number[];
  any: readonly number[];
}

/** Quantiles of the intervals under 500 ms, in milliseconds. `any` is for pairs not listed. */
export const WITHIN_BURST_MS: IntervalLevels = {
  'char>char': [73, 103, 125, 147, 172, 200, 247, 360],
  'char>backspace': [229, 287, 320, 352, 383, 413, 445, 480],
  'backspace>backspace': [113, 128, 138, 147, 157, 167, 184, 260],
  'backspace>char': [80, 117, 151, 191, 224, 271, 336, 439],
  'navigation>navigation': [134, 152, 166, 174, 184, 198, 229, 372],
  any: [74, 104, 128, 150, 175, 205, 256, 375],
};

/** Quantiles of all intervals, in milliseconds. */
export const ALL_INTERVALS_MS: IntervalLevels = {
  'char>char': [75, 104, 129, 155, 184, 223, 300, 600],
  'char>backspace': [256, 325, 376, 432, 494, 577, 713, 1097],
  'backspace>backspace': [113, 128, 140, 148, 159, 168, 192, 362],
  'backspace>char': [88, 135, 185, 235, 305, 435, 616, 984],
  'navigation>navigation': [136, 155, 169, 180, 193, 226, 385, 1183],
  any: [78, 109, 134, 160, 189, 232, 329, 648],
};

const PATH_LENGTH_PX = [11, 23, 45, 91, 181, 362, 724, 1448, 2896] as const;
const MEDIAN_DURATION_MS = [208, 245, 291, 460, 509, 604, 692, 810, 1258] as const;

/** The population's median duration of a movement with this length of path; interpolated on the log of the length. */
export function medianDurationMs(pathLengthPx: number): number {
  const last = PATH_LENGTH_PX.length - 1;
  if (pathLengthPx <= PATH_LENGTH_PX[0]) return MEDIAN_DURATION_MS[0];
  if (pathLengthPx >= PATH_LENGTH_PX[last]!) return MEDIAN_DURATION_MS[last]!;
  const upper = PATH_LENGTH_PX.findIndex((length) => length > pathLengthPx);
  const below = PATH_LENGTH_PX[upper - 1]!;
  const share = Math.log(pathLengthPx / below) / Math.log(PATH_LENGTH_PX[upper]! / below);
  const from = MEDIAN_DURATION_MS[upper - 1]!;
  return from + share * (MEDIAN_DURATION_MS[upper]! - from);
}
