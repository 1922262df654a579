/**
 * Raw typing run -> the whole run as level `linked` keeps it: merged classes, the person's own pace on a coarse clock.
 *
 * Pure, in the background. Nothing is mapped to the population, so it identifies people; only a trace may hold it.
 * Still no letter, digit or sign is told from another, and no hold time is kept.
 */
import { RAW_KEY_CLASSES, type RawKeyClass, type RawTypingRun } from '../capture/fragments.ts';
import { LINKED_GRID } from '../trace/limits.ts';
import { MAX_INTERVAL_MS, MAX_RUN_KEYS } from '../trace/limits.ts';
import type { TraceRhythm } from '../trace/trace.ts';

export type WholeRun = Pick<TraceRhythm, 'keyClass' | 'intervalMs'>;

const MERGED: Record<RawKeyClass, WholeRun['keyClass'][number]> = {
  letter: 'char',
  digit: 'char',
  punctuation: 'char',
  space: 'space',
  backspace: 'backspace',
  enter: 'enter',
  navigation: 'navigation',
};

/** Class of each key, and the time before each but the first, as told by a clock that ticks every 25 ms. */
export function protectWholeRun(raw: RawTypingRun): WholeRun {
  const tickMs = LINKED_GRID.intervalMs;
  const downMs = raw.downMs.slice(0, MAX_RUN_KEYS).map((ms) => Math.round(ms / tickMs) * tickMs);
  return {
    keyClass: raw.keyClass.slice(0, MAX_RUN_KEYS).map((index) => MERGED[RAW_KEY_CLASSES[index]!]),
    intervalMs: downMs
      .slice(1)
      // A hostile page may tell of time that runs backwards, or of pauses that end a run.
      .map((ms, index) => Math.min(MAX_INTERVAL_MS, Math.max(0, ms - downMs[index]!))),
  };
}
