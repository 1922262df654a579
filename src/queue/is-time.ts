/**
 * Whether the time for something has come, by a clock that may have been set.
 *
 * Pure. Sending is put off for a day at most: what lies further ahead was set by a clock that ran ahead, and would
 * otherwise wait until that time has come once more.
 */
export const LONGEST_WAIT_MS = 24 * 3_600_000;

/** @param dueAtMs epoch ms, at most a day after the moment at which it was set. */
export function isTime(dueAtMs: number, nowMs: number): boolean {
  return dueAtMs <= nowMs || dueAtMs > nowMs + LONGEST_WAIT_MS;
}
