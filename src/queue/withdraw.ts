/**
 * Deleting and erasing: what the person takes back.
 *
 * Withdrawal deletes everything that was not sent, in one transaction that also bars what was captured before it
 * and has not arrived yet. Erasure asks the collector, one record a request, for what was sent.
 */
import type { IDBPObjectStore, StoreNames } from 'idb';
import type { Level, Scope } from '../charter/charter.ts';
import { scopeOfHeld } from '../trace/held-step.ts';
import { scopesOf } from '../trace/record.ts';
import { addTotals } from './counters.ts';
import type { QueueDatabase } from './queue.ts';
import type { QueuedErasure, QueueSchema } from './queue-schema.ts';
import { CONTRIBUTED } from '../trace/sighting.ts';

const STRICT = { durability: 'strict' } as const;

/**
 * Deletes everything unsent that belongs to a scope no longer switched on, and what is linked once the level is not.
 *
 * A trace goes whole with any of its parts. What was recorded at another unlinked level stays as it was agreed.
 * A record whose batch is on its way may have arrived: it counts as sent, so that it can be erased at the collector.
 * Its batch is dissolved; what else was in it waits again and is drawn anew, and the collector knows its ids.
 */
export async function deleteUnsent(
  queue: QueueDatabase,
  scopesOn: readonly Scope[] = [],
  levelOn: Level = 'balanced',
): Promise<void> {
  const transaction = queue.transaction(
    ['records', 'steps', 'tabViews', 'frames', 'batches', 'sightings', 'meta'],
    'readwrite',
    STRICT,
  );
  const isOver = scopesOn.length === 0;
  const isOn = (level: Level, scopes: readonly Scope[]) =>
    (level !== 'linked' || levelOn === 'linked') && scopes.every((scope) => scopesOn.includes(scope));
  const records = transaction.objectStore('records');
  const dissolved = new Set<string>();
  let deleted = 0;
  let sent = 0;
  for (let cursor = await records.openCursor(); cursor !== null; cursor = await cursor.continue()) {
    const { state, record, batchId, level } = cursor.value;
    if (state === 'sent' || (record !== undefined && isOn(level, scopesOf(record)))) continue;
    if (state === 'sending') {
      if (batchId !== undefined) dissolved.add(batchId);
      await cursor.update({ ...cursor.value, state: 'sent', record: undefined, batchId: undefined });
      sent += 1;
    } else {
      await cursor.delete();
      deleted += 1;
    }
  }
  for (const batchId of dissolved) {
    for (const record of await records.index('by-batch').getAll(batchId)) {
      await records.put({ ...record, state: 'waiting', batchId: undefined });
    }
    await transaction.objectStore('batches').delete(batchId);
  }
  const steps = transaction.objectStore('steps');
  for (let cursor = await steps.openCursor(); cursor !== null; cursor = await cursor.continue()) {
    if (!isOn(cursor.value.level, [scopeOfHeld(cursor.value)])) await cursor.delete();
  }
  if (isOver) {
    for (const name of ['tabViews', 'frames', 'batches'] as const)
      await transaction.objectStore(name).clear();
    await forgetWhatWasMet(transaction.objectStore('sightings'));
  }
  const meta = transaction.objectStore('meta');
  // Who comes back is someone new: a bucket kept would tell that it is the same person.
  if (isOver) await meta.delete('splits');
  await meta.put((((await meta.get('epoch')) as number | undefined) ?? 0) + 1, 'epoch');
  await addTotals(meta, { deleted, sent });
  await transaction.done;
}

/** Keeps only that this installation has contributed, so that withdrawing and coming back does not count twice. */
async function forgetWhatWasMet(sightings: SightingStore): Promise<void> {
  for (const key of await sightings.getAllKeys()) {
    if (!key.startsWith(CONTRIBUTED)) await sightings.delete(key);
  }
}

type SightingStore = IDBPObjectStore<
  QueueSchema,
  ArrayLike<StoreNames<QueueSchema>>,
  'sightings',
  'readwrite'
>;

/**
 * Turns every sent record into an erasure request, to the collector that it was sent to.
 *
 * @param dueAtMs when each may go: random times for all, so that the collector cannot tell one sender by a burst.
 * @returns how many requests there are now.
 */
export async function requestErasures(
  queue: QueueDatabase,
  participantKey: string,
  dueAtMs: () => number,
): Promise<number> {
  const transaction = queue.transaction(['records', 'erasures'], 'readwrite', STRICT);
  const records = transaction.objectStore('records');
  const sent = IDBKeyRange.bound(['sent', -Infinity], ['sent', Infinity]);
  for (const record of await records.index('by-state').getAll(sent)) {
    const { counter, collectorUrl } = record;
    await transaction
      .objectStore('erasures')
      .put({ counter, dueAtMs: dueAtMs(), attempts: 0, collectorUrl, participantKey });
    await records.delete(record.recordId);
  }
  const requested = await transaction.objectStore('erasures').count();
  await transaction.done;
  return requested;
}

/** Erasure requests whose time has come. */
export function dueErasures(queue: QueueDatabase, nowMs: number, limit: number): Promise<QueuedErasure[]> {
  return queue.getAllFromIndex('erasures', 'by-due', IDBKeyRange.upperBound(nowMs), limit);
}

export async function settleErasure(queue: QueueDatabase, counter: number, held: boolean): Promise<void> {
  const transaction = queue.transaction(['erasures', 'meta'], 'readwrite', STRICT);
  await transaction.objectStore('erasures').delete(counter);
  await addTotals(transaction.objectStore('meta'), held ? { erased: 1 } : { erasedNotHeld: 1 });
  await transaction.done;
}

export async function postponeErasure(
  queue: QueueDatabase,
  erasure: QueuedErasure,
  dueAtMs: number,
): Promise<void> {
  const transaction = queue.transaction('erasures', 'readwrite', STRICT);
  if ((await transaction.store.get(erasure.counter)) !== undefined) {
    await transaction.store.put({ ...erasure, dueAtMs, attempts: erasure.attempts + 1 });
  }
  await transaction.done;
}

/** Forgets which records were sent: they can then no longer be erased at the collector. */
export async function forgetSent(queue: QueueDatabase): Promise<void> {
  const transaction = queue.transaction('records', 'readwrite', STRICT);
  const sent = IDBKeyRange.bound(['sent', -Infinity], ['sent', Infinity]);
  for (const recordId of await transaction.store.index('by-state').getAllKeys(sent))
    await transaction.store.delete(recordId);
  await transaction.done;
}
