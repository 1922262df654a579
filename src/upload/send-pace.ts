/**
 * How often batches are sent at most: one a minute, and ten at once after a rest.
 *
 * Pure. A collector that comes back is not overrun by every device at once; what the person sends at once goes on by
 * itself, a batch a minute.
 */
import type { SendPace } from '../queue/queue-schema.ts';

export const BURST = 10;
const TURN_MS = 60_000;

/** @returns what is left after one more batch; undefined where it is not its turn yet. */
export function afterOneMore(pace: SendPace | undefined, nowMs: number): SendPace | undefined {
  const { turns, atMs } = pace ?? { turns: BURST, atMs: nowMs };
  // Where the clock was set back nobody knows how long it has been.
  const left = nowMs < atMs ? BURST : Math.min(BURST, turns + (nowMs - atMs) / TURN_MS);
  return left < 1 ? undefined : { turns: left - 1, atMs: nowMs };
}
