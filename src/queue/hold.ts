/**
 * The hold: how long things rest on the device before they may leave.
 */
import type { Random } from '../trace/random.ts';
import type { QueueDatabase } from './queue.ts';

const HOUR_MS = 3_600_000;

/**
 * When something that is taken now may leave: after the charter's hold, and by chance up to as long again.
 *
 * Drawn for each record, so that what was recorded together is not sent together: a release would else show it
 * (docs/decisions/0014).
 */
export function endOfHold(nowMs: number, holdHours: number, random: Random): number {
  return nowMs + Math.round(holdHours * (1 + random()) * HOUR_MS);
}

/**
 * Ends the hold of everything at once, because the person says so.
 *
 * Sightings keep their random time: sent together they would tell one sender.
 */
export async function makeEverythingDue(queue: QueueDatabase, nowMs: number): Promise<void> {
  const transaction = queue.transaction(['records', 'steps'], 'readwrite', { durability: 'strict' });
  const held = IDBKeyRange.bound(['waiting', nowMs], ['waiting', Infinity]);
  const records = transaction.objectStore('records');
  for (const record of await records.index('by-state').getAll(held)) {
    if (record.kind !== 'sighting') await records.put({ ...record, dueAtMs: nowMs });
  }
  const steps = transaction.objectStore('steps');
  for (const step of await steps.index('by-due').getAll(IDBKeyRange.lowerBound(nowMs))) {
    await steps.put({ ...step, dueAtMs: nowMs });
  }
  await transaction.done;
}
