/**
 * Whether the time for something has come, by a clock that may have been set.
 *
 * Pure. What lies further ahead than it was put off for was set by a clock that ran ahead, and would otherwise wait until
 * that time has come once more.
 */
export const LONGEST_WAIT_MS = 24 * 3_600_000;

/**
 * @param dueAtMs epoch ms.
 * @param waitMs so long after the moment at which it was set, at most; nothing is put off for more than a day.
 */
export function isTime(dueAtMs: number, nowMs: number, waitMs = LONGEST_WAIT_MS): boolean {
  return dueAtMs <= nowMs || dueAtMs > nowMs + waitMs;
}
