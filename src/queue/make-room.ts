/**
 * Room in the queue: where it is full, or the disk is, the oldest of what waits makes room for what comes.
 *
 * Background only. What is given up is counted as lost, and where steps are missing a gap says so.
 */
import { isStep } from '../trace/held-step.ts';
import { readAccounts } from './accounts.ts';
import { changeQueue, type Books } from './books.ts';
import type { QueueDatabase } from './queue.ts';
import type { LossReason, QueuedRecord, QueuedStep } from './queue-schema.ts';

/** So much that was not sent rests on a device at most: records and steps, and their bytes as JSON. */
export const MOST_HELD = { rows: 200_000, bytes: 50_000_000 };

/** Enough that not every message has to look for more, and little enough to be missed. */
const SHARE_GIVEN_UP = 0.02;

/** Inside the transaction of a change. */
export async function makeRoomIfFull(books: Books): Promise<void> {
  const { onDevice } = await readAccounts(books.store('meta'));
  if (onDevice.rows >= MOST_HELD.rows || onDevice.bytes >= MOST_HELD.bytes) await giveUpOldest(books);
}

export function makeRoom(queue: QueueDatabase): Promise<void> {
  return changeQueue(queue, giveUpOldest);
}

/** The browser has no more space for the extension. */
export function isOutOfSpace(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

export async function giveUpRecord(books: Books, record: QueuedRecord, reason: LossReason): Promise<void> {
  books.count(record, reason);
  books.removeRecord(record);
  // Met again it is sighted again.
  if (record.local.sightedKey !== undefined) await books.store('sightings').delete(record.local.sightedKey);
}

async function giveUpOldest(books: Books): Promise<void> {
  const { rows } = await readAccounts(books.store('meta'));
  const records = books.store('records').index('by-state');
  // What was refused will never be sent.
  for (const state of ['refused', 'waiting'] as const) {
    if (rows[state] === 0) continue;
    const inState = IDBKeyRange.bound([state, -Infinity], [state, Infinity]);
    for (const record of await records.getAll(inState, shareOf(rows[state]))) {
      await giveUpRecord(books, record, 'storageFull');
      if (record.batchId !== undefined) books.write(books.store('batches').delete(record.batchId));
    }
  }
  const steps = books.store('steps');
  const ofFragments = IDBKeyRange.bound([1, -Infinity], [1, Infinity]);
  const fragments = await steps.index('by-counted').count(ofFragments);
  if (fragments === 0) return;
  const others = (await steps.count()) - fragments;
  giveUpSteps(books, await steps.getAll(undefined, shareOf(fragments) + others), shareOf(fragments));
}

function shareOf(count: number): number {
  return Math.ceil(count * SHARE_GIVEN_UP);
}

/** The last of each session that goes leaves a gap in its place, and not one more for each time: what follows it did not begin there. */
function giveUpSteps(books: Books, inOrder: readonly QueuedStep[], count: number): void {
  const oldest = inOrder.filter((step) => step.fragments > 0).slice(0, count);
  const lastOf = new Map(oldest.filter(isStep).map((step) => [step.sessionId, step]));
  for (const step of oldest) {
    books.count(step, 'storageFull');
    books.removeStep(step);
  }
  for (const step of inOrder) {
    const last = lastOf.get(step.sessionId);
    const isToldLater = last !== undefined && step.sequence < last.sequence;
    if (isToldLater && isStep(step) && step.gap === 'storageFull') books.removeStep(step);
  }
  for (const last of lastOf.values())
    books.addStep({ ...last, step: undefined, gap: 'storageFull', fragments: 0 });
}
