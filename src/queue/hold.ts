/**
 * The hold: how long things rest on the device before they may leave.
 */
import type { Random } from '../trace/random.ts';
import { changeQueue } from './books.ts';
import type { QueueDatabase } from './queue.ts';
import { select, type Selection } from './selection.ts';

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
 * Ends the hold of what is selected, because the person says so.
 *
 * Sightings keep their random time: sent together they would tell one sender.
 */
export function makeDue(
  queue: QueueDatabase,
  nowMs: number,
  selection: Selection = { kind: 'all' },
): Promise<void> {
  return changeQueue(queue, async (books) => {
    const { records, steps } = await select(books, selection);
    for (const record of records) {
      if (record.state === 'waiting' && record.dueAtMs > nowMs && record.kind !== 'sighting')
        books.changeRecord(record, { ...record, dueAtMs: nowMs });
    }
    for (const step of steps) if (step.dueAtMs > nowMs) books.changeStep(step, { ...step, dueAtMs: nowMs });
  });
}

/**
 * Makes what is on hold wait so much longer than the charter has it wait, in place of what was added before.
 *
 * What is due already stays due.
 */
export function changeExtraHold(queue: QueueDatabase, extraHoldMs: number, nowMs: number): Promise<void> {
  const changed = <Held extends { dueAtMs: number; extraHoldMs?: number }>(held: Held): Held => ({
    ...held,
    dueAtMs: held.dueAtMs - (held.extraHoldMs ?? 0) + extraHoldMs,
    extraHoldMs,
  });
  const isOnHold = ({ dueAtMs }: { dueAtMs: number }) => dueAtMs > nowMs;
  return changeQueue(queue, async (books) => {
    const { records, steps } = await select(books, { kind: 'all' });
    for (const record of records)
      if (record.state === 'waiting' && isOnHold(record)) books.changeRecord(record, changed(record));
    for (const step of steps) if (isOnHold(step)) books.changeStep(step, changed(step));
  });
}
