/**
 * What recording may cost in a frame: main-thread time per minute, by the charter.
 *
 * In the page. Steps are never given up for it: when it is spent, the pointer is sampled more seldom for the rest of
 * the minute, and more seldom again with each budget more, and that is said once. Pure but for its own state.
 */
import { POINTER_SAMPLE_MS } from '../trace/limits.ts';

export interface Budget {
  /** Takes note of work that was done. */
  spend: (workMs: number, atMs: number) => void;
  /** How far apart in time samples of the pointer are now. */
  sampleMs: () => number;
}

const MINUTE_MS = 60_000;
/** At most this many times as seldom as usual. */
const MOST_SELDOM = 4;

/** @param onSpent called once for each minute in which it was not enough. */
export function createBudget(msPerMinute: number, onSpent: () => void): Budget {
  let minute = 0;
  let spentMs = 0;
  let sampleMs = POINTER_SAMPLE_MS;

  return {
    spend: (workMs, atMs) => {
      const current = Math.floor(atMs / MINUTE_MS);
      if (current !== minute) {
        spentMs = 0;
        sampleMs = POINTER_SAMPLE_MS;
      }
      minute = current;
      spentMs += workMs;
      const isFirst = sampleMs === POINTER_SAMPLE_MS;
      // Doubles with each budget that is spent: 50, 100, 200 ms.
      sampleMs = POINTER_SAMPLE_MS * Math.min(MOST_SELDOM, 2 ** Math.floor(spentMs / msPerMinute));
      if (isFirst && sampleMs > POINTER_SAMPLE_MS) onSpent();
    },
    sampleMs: () => sampleMs,
  };
}
