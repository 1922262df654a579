/**
 * Held items and records -> pieces of a replay: what happened, and when as far as it is known.
 *
 * Pure, on the participant's computer and the data team's. What a record does not tell (when in the day, how long a
 * pause really was) is not made up: an episode's steps follow each other by the lower ends of their pause buckets.
 */
import type { View } from '../trace/episode.ts';
import { endMsOf, type GeneralStep, type HeldItem } from '../trace/held-step.ts';
import { LINKED_GRID, type GapReason, type LINKED_KEY_CLASSES, type MovementEnd } from '../trace/limits.ts';
import type { Motion, MotionPath } from '../trace/motion.ts';
import { countSteps, unpackPath } from '../trace/packed-path.ts';
import type { PublishedRecord } from '../trace/published.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { TraceMotion, TraceRhythm } from '../trace/trace.ts';

export type KeyClass = (typeof LINKED_KEY_CLASSES)[number];

/** What was done, or what is missing; `viewId` names one showing of a view. */
export type Deed =
  | { kind: 'step'; viewId: string; view: View; step: GeneralStep }
  | { kind: 'gap'; reason: GapReason }
  | { kind: 'motion'; path: MotionPath; end: MovementEnd; endOffset: Motion['endOffset'] }
  | { kind: 'rhythm'; keyClass: readonly KeyClass[]; intervalMs: readonly number[] };

/** `atMs`: epoch ms of a step's beginning and of the end of a movement or a typing run. */
export type ReplayPiece = { atMs: number } & Deed;

/** A record on the device or out of a release. */
export type ReplayableRecord = TraceRecord | PublishedRecord;

/** What one held step, movement or typing run shows: a step may say what is missing before it. */
export function piecesOfHeld(item: HeldItem): ReplayPiece[] {
  const atMs = endMsOf(item);
  if ('motion' in item) return [{ atMs, ...motionDeed(item.motion) }];
  if ('rhythm' in item) return [{ atMs, ...rhythmDeed(item.rhythm) }];
  const { gap, step, viewId, view } = item;
  return [
    ...(gap === undefined ? [] : [{ atMs, kind: 'gap' as const, reason: gap }]),
    ...(step === undefined ? [] : [{ atMs, kind: 'step' as const, viewId, view, step }]),
  ];
}

/**
 * What one record shows.
 *
 * @param startMs epoch ms, from the device's local links: when an episode or trace began, when a movement or typing run
 *   ended. 0 where nobody knows, as in a release.
 */
export function piecesOfRecord(record: ReplayableRecord, startMs: number): ReplayPiece[] {
  switch (record.kind) {
    case 'motion':
      return [
        { atMs: startMs, kind: 'motion', path: record.path, end: record.end, endOffset: record.endOffset },
      ];
    case 'rhythm':
      return [{ atMs: startMs, kind: 'rhythm', keyClass: record.keyClass, intervalMs: record.intervalMs }];
    case 'sighting':
      return [];
    case 'episode':
      return piecesOfSteps(record, startMs, [], []);
    case 'trace':
      return piecesOfSteps(record, startMs, record.motions, record.rhythms);
  }
}

type WithSteps = Extract<ReplayableRecord, { kind: 'episode' | 'trace' }>;

function piecesOfSteps(
  record: WithSteps,
  startMs: number,
  motions: readonly TraceMotion[],
  rhythms: readonly TraceRhythm[],
): ReplayPiece[] {
  const pieces: ReplayPiece[] = [];
  let atMs = startMs;
  const placeAfter = (index: number) => {
    for (const { reason } of record.gaps.filter((gap) => gap.afterStep === index))
      pieces.push({ atMs, kind: 'gap', reason });
    const placed = [
      ...motions.filter((motion) => motion.afterStep === index).map(placedMotion),
      ...rhythms.filter((rhythm) => rhythm.afterStep === index).map(placedRhythm),
    ].sort((one, other) => one.endMs - other.endMs);
    // Pauses are known by their lower ends only; what is placed by the clock sets them right.
    for (const { endMs, deed } of placed) {
      atMs = Math.max(atMs, startMs + endMs);
      pieces.push({ atMs, ...deed });
    }
  };
  placeAfter(-1);
  record.steps.forEach(({ view: viewIndex, pauseBeforeMs, ...step }, index) => {
    const view = record.views[viewIndex]!;
    const beforeMs = index === 0 ? 0 : pauseBeforeMs;
    atMs = Math.max(atMs, lastStepMs(pieces, startMs) + beforeMs);
    pieces.push({ atMs, kind: 'step', viewId: `${record.recordId} ${viewIndex}`, view, step });
    placeAfter(index);
  });
  return pieces;
}

function lastStepMs(pieces: readonly ReplayPiece[], startMs: number): number {
  return pieces.findLast((piece) => piece.kind === 'step')?.atMs ?? startMs;
}

function placedMotion(motion: TraceMotion) {
  const endMs = motion.startMs + countSteps(motion.path) * LINKED_GRID.motionMs;
  return { endMs, deed: motionDeed(motion) };
}

function placedRhythm(rhythm: TraceRhythm) {
  const endMs = rhythm.intervalMs.reduce((sum, spanMs) => sum + spanMs, rhythm.startMs);
  return { endMs, deed: rhythmDeed(rhythm) };
}

function motionDeed({ path, end, endOffset }: Pick<TraceMotion, 'path' | 'end' | 'endOffset'>) {
  return { kind: 'motion' as const, path: unpackPath(path), end, endOffset };
}

function rhythmDeed({ keyClass, intervalMs }: Pick<TraceRhythm, 'keyClass' | 'intervalMs'>) {
  return { kind: 'rhythm' as const, keyClass, intervalMs };
}
