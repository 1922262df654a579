/**
 * Batches in the queue: taken for sending, kept byte for byte until their outcome is known, settled.
 *
 * Background only; each function is one transaction, with `strict` durability, since what it writes decides what is
 * sent again.
 */
import { addTotals } from './counters.ts';
import type { QueueDatabase } from './queue.ts';
import type { QueuedBatch, QueuedRecord } from './queue-schema.ts';

const STRICT = { durability: 'strict' } as const;

/** Ids of all records that may leave now, in order of their due time. */
export function dueRecordIds(queue: QueueDatabase, nowMs: number): Promise<string[]> {
  return queue.getAllKeysFromIndex(
    'records',
    'by-state',
    IDBKeyRange.bound(['waiting', -Infinity], ['waiting', nowMs]),
  );
}

/**
 * Puts a drawn batch in the queue and marks its records as being sent.
 *
 * @returns false, with nothing changed, if one of them was deleted or drawn by another worker meanwhile.
 */
export async function addBatch(
  queue: QueueDatabase,
  batch: QueuedBatch,
  recordIds: readonly string[],
): Promise<boolean> {
  const transaction = queue.transaction(['records', 'batches'], 'readwrite', STRICT);
  const records = transaction.objectStore('records');
  const drawn: QueuedRecord[] = [];
  for (const recordId of recordIds) {
    const record = await records.get(recordId);
    if (record?.state !== 'waiting') {
      await transaction.done;
      return false;
    }
    drawn.push(record);
  }
  for (const record of drawn) await records.put({ ...record, state: 'sending', batchId: batch.batchId });
  await transaction.objectStore('batches').add(batch);
  await transaction.done;
  return true;
}

/** The batch whose turn it is, if any is due to be sent (again). */
export async function nextBatch(queue: QueueDatabase, nowMs: number): Promise<QueuedBatch | undefined> {
  const due = await queue.getAllFromIndex('batches', 'by-next-attempt', IDBKeyRange.upperBound(nowMs));
  return due.find((batch) => batch.state === 'sending');
}

/** The collector has the batch: its records keep only what is needed to erase them later. */
export async function settleAccepted(queue: QueueDatabase, batchId: string): Promise<void> {
  const transaction = queue.transaction(['records', 'batches', 'meta'], 'readwrite', STRICT);
  const records = transaction.objectStore('records');
  let sent = 0;
  for (const record of await records.index('by-batch').getAll(batchId)) {
    const { app, startMs } = record.local;
    await records.put({
      ...record,
      state: 'sent',
      record: undefined,
      batchId: undefined,
      local: { app, startMs },
    });
    sent += 1;
  }
  await transaction.objectStore('batches').delete(batchId);
  await addTotals(transaction.objectStore('meta'), { sent });
  await transaction.done;
}

/** The batch stays as it is and is tried again later. */
export async function settleTryLater(
  queue: QueueDatabase,
  batchId: string,
  nextAttemptAtMs: number,
): Promise<void> {
  const transaction = queue.transaction('batches', 'readwrite', STRICT);
  const batch = await transaction.store.get(batchId);
  if (batch !== undefined)
    await transaction.store.put({ ...batch, attempts: batch.attempts + 1, nextAttemptAtMs });
  await transaction.done;
}

/**
 * The collector will never take the batch.
 *
 * One record of many may be at fault: they wait again, to travel in half the company. A record that was refused
 * alone is put aside for inspection, with its batch and the error code.
 */
export async function settleRefused(queue: QueueDatabase, batchId: string, refusal: string): Promise<void> {
  const transaction = queue.transaction(['records', 'batches'], 'readwrite', STRICT);
  const records = transaction.objectStore('records');
  const batches = transaction.objectStore('batches');
  const refused = await records.index('by-batch').getAll(batchId);
  const batch = await batches.get(batchId);
  if (refused.length > 1) {
    const company = Math.floor(refused.length / 2);
    for (const record of refused)
      await records.put({ ...record, state: 'waiting', batchId: undefined, company });
    await batches.delete(batchId);
  } else {
    for (const record of refused) await records.put({ ...record, state: 'refused' });
    if (batch !== undefined) await batches.put({ ...batch, state: 'refused', refusal });
  }
  await transaction.done;
}

/** Puts one waiting record aside for inspection, because no batch can carry it. */
export async function refuseRecord(queue: QueueDatabase, recordId: string): Promise<void> {
  const transaction = queue.transaction('records', 'readwrite', STRICT);
  const record = await transaction.store.get(recordId);
  if (record?.state === 'waiting') await transaction.store.put({ ...record, state: 'refused' });
  await transaction.done;
}
