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

/**
 * @param onSpent called once for each minute in which it was not enough.
 * @param noteWork is told of all work, for the person to see what recording costs.
 */
export function createBudget(
  msPerMinute: number,
  onSpent: () => void,
  noteWork: (workMs: number) => void,
): Budget {
  let minuteEndMs = 0;
  let spentMs = 0;
  let sampleMs = POINTER_SAMPLE_MS;
  /** When this much is spent, samples are taken more seldom. */
  let thinAtMs = msPerMinute;

  return {
    spend: (workMs, atMs) => {
      noteWork(workMs);
      if (atMs >= minuteEndMs) {
        minuteEndMs = (Math.floor(atMs / MINUTE_MS) + 1) * MINUTE_MS;
        spentMs = 0;
        sampleMs = POINTER_SAMPLE_MS;
        thinAtMs = msPerMinute;
      }
      spentMs += workMs;
      // Doubles with each budget that is spent: 50, 100, 200 ms.
      while (spentMs >= thinAtMs && sampleMs < MOST_SELDOM * POINTER_SAMPLE_MS) {
        if (sampleMs === POINTER_SAMPLE_MS) onSpent();
        sampleMs *= 2;
        thinAtMs += msPerMinute;
      }
    },
    sampleMs: () => sampleMs,
  };
}
