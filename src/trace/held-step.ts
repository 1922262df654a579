/**
 * A held step: a generalized step on the device, before it has a place in an episode.
 *
 * Made by `anonymize`, kept by `queue`, never sent as it is: only the episode it becomes part of is.
 */
import type { Level } from '../charter/charter.ts';
import type { Step, View } from './episode.ts';
import type { GapReason } from './limits.ts';

/** A step without its view's index and the pause before it, which only the episode knows. */
export type GeneralStep = Omit<Step, 'view' | 'pauseBeforeMs'>;

const LOCAL_TIME_GRID_MS = 100;

/** Local times are kept no finer than this grid. */
export function onLocalGrid(epochMs: number): number {
  return Math.round(epochMs / LOCAL_TIME_GRID_MS) * LOCAL_TIME_GRID_MS;
}

/** One step, or one gap, as the queue holds it. */
export interface HeldStep {
  sequence: number;
  /** Epoch ms on a 100 ms grid. */
  startMs: number;
  charter: string;
  level: Level;
  /** The bucket that its episode will bear: it is drawn when the step is recorded. */
  split: number | undefined;
  /** Identifies the view row; two steps in the same showing of a view have the same one. */
  viewId: string;
  view: View;
  step: GeneralStep | undefined;
  gap: GapReason | undefined;
}
