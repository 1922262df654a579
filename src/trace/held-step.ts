/**
 * A held step: a generalized step on the device, before it has a place in an episode.
 *
 * Made by `anonymize`, kept by `queue`, never sent as it is: only the episode it becomes part of is. At level `linked`
 * movements and typing runs are held with the steps, in linked form already, to become part of the same trace.
 */
import type { Level, Scope } from '../charter/charter.ts';
import type { Step, View } from './episode.ts';
import { LINKED_GRID } from './limits.ts';
import type { GapReason } from './limits.ts';
import { countSteps } from './packed-path.ts';
import type { TraceMotion, TraceRhythm } from './trace.ts';

/** A step without its view's index and the pause before it, which only the episode knows. */
export type GeneralStep = Omit<Step, 'view' | 'pauseBeforeMs'>;

const LOCAL_TIME_GRID_MS = 100;

/** Local times are kept no finer than this grid; at `linked` it is the grid that the trace itself has. */
export function onLocalGrid(epochMs: number, level?: Level): number {
  const gridMs = level === 'linked' ? LINKED_GRID.motionMs : LOCAL_TIME_GRID_MS;
  return Math.round(epochMs / gridMs) * gridMs;
}

/** One step, or one gap. */
export interface StepContent {
  /** Identifies the view row; two steps in the same showing of a view have the same one. */
  viewId: string;
  view: View;
  step: GeneralStep | undefined;
  gap: GapReason | undefined;
}

/** At `linked`, one movement or one typing run, but for its place in the trace; with the app it was made in. */
export type LinkedContent = { app: string } & (
  | { motion: Omit<TraceMotion, 'startMs' | 'afterStep'> }
  | { rhythm: Omit<TraceRhythm, 'startMs' | 'afterStep'> }
);

interface Held {
  sequence: number;
  /** Epoch ms of its beginning, on the level's local grid. */
  startMs: number;
  charter: string;
  level: Level;
  /** The bucket that its episode or trace will bear: it is drawn when the step is recorded. */
  split: number | undefined;
}
export type HeldStep = Held & StepContent;
/** What the queue holds until it becomes part of an episode, or at `linked` of a trace. */
export type HeldItem = HeldStep | (Held & LinkedContent);

export function isStep<Item extends StepContent | LinkedContent>(
  item: Item,
): item is Exclude<Item, LinkedContent> {
  return 'view' in item;
}

/** A gap is none: it tells that there is nothing. */
export function isFragment(item: StepContent | LinkedContent): boolean {
  return !('view' in item) || item.step !== undefined;
}

/** The app it was done in. */
export function appOf(item: StepContent | LinkedContent): string {
  return 'view' in item ? item.view.app : item.app;
}

/** The scope that it belongs to. */
export function scopeOfHeld(item: StepContent | LinkedContent): Scope {
  if ('motion' in item) return 'pointer';
  return 'rhythm' in item ? 'keys' : 'workflow';
}

/** Epoch ms of its end; steps take no time. */
export function endMsOf(item: HeldItem): number {
  if ('view' in item) return item.startMs;
  if ('motion' in item) return item.startMs + countSteps(item.motion.path) * LINKED_GRID.motionMs;
  return item.rhythm.intervalMs.reduce((sum, spanMs) => sum + spanMs, item.startMs);
}

/** By time, then by arrival; but a step comes before what began with it, such as typing before its typing run. */
export function inTime(one: HeldItem, other: HeldItem): number {
  return (
    one.startMs - other.startMs ||
    Number(isStep(other)) - Number(isStep(one)) ||
    one.sequence - other.sequence
  );
}
