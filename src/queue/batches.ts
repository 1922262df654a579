/**
 * Batches in the queue: taken for sending, kept byte for byte until their outcome is known, settled.
 *
 * Background only; each function is one transaction, with `strict` durability, since what it writes decides what is
 * sent again.
 */
import type { TraceRecord } from '../trace/record.ts';
import { changeQueue, type Books } from './books.ts';
import { isTime } from './is-time.ts';
import type { QueueDatabase } from './queue.ts';
import type { QueuedBatch, QueuedRecord } from './queue-schema.ts';

/** Ids of all records of these kinds that may leave now. */
export async function dueRecordIds(
  queue: QueueDatabase,
  nowMs: number,
  kinds: readonly TraceRecord['kind'][],
): Promise<string[]> {
  const due = kinds.map((kind) =>
    queue.getAllKeysFromIndex(
      'records',
      'by-kind',
      IDBKeyRange.bound(['waiting', kind, -Infinity], ['waiting', kind, nowMs]),
    ),
  );
  return (await Promise.all(due)).flat();
}

/**
 * Puts a drawn batch in the queue and marks its records as being sent.
 *
 * @returns false, with nothing changed, if one of them was deleted or drawn by another worker meanwhile.
 */
export function addBatch(
  queue: QueueDatabase,
  batch: QueuedBatch,
  recordIds: readonly string[],
): Promise<boolean> {
  return changeQueue(queue, async (books) => {
    const drawn: QueuedRecord[] = [];
    for (const recordId of recordIds) {
      const record = await books.store('records').get(recordId);
      if (record?.state !== 'waiting') return false;
      drawn.push(record);
    }
    for (const record of drawn)
      books.changeRecord(record, { ...record, state: 'sending', batchId: batch.batchId });
    await books.store('batches').add(batch);
    return true;
  });
}

/** The batch whose turn it is, if any is due to be sent (again). */
export function nextBatch(queue: QueueDatabase, nowMs: number): Promise<QueuedBatch | undefined> {
  return findToSend(queue, ({ nextAttemptAtMs, waitMs }) => isTime(nextAttemptAtMs, nowMs, waitMs));
}

/** Epoch ms at which a batch is sent (again) at the earliest; undefined where none is to be sent. */
export async function nextAttemptAt(queue: QueueDatabase): Promise<number | undefined> {
  return (await findToSend(queue, () => true))?.nextAttemptAtMs;
}

/** One after the other, by their times: a device that was offline for long has many, each of up to 64 KiB. */
async function findToSend(
  queue: QueueDatabase,
  isMeant: (batch: QueuedBatch) => boolean,
): Promise<QueuedBatch | undefined> {
  const byTime = queue.transaction('batches').store.index('by-next-attempt');
  for await (const { value } of byTime.iterate())
    if (value.state === 'sending' && isMeant(value)) return value;
  return undefined;
}

/** The collector has the batch: its records keep only what is needed to erase them later. */
export function settleAccepted(queue: QueueDatabase, batchId: string): Promise<void> {
  return changeQueue(queue, async (books) => {
    for (const record of await recordsOf(books, batchId)) books.changeRecord(record, withoutContent(record));
    await books.store('batches').delete(batchId);
  });
}

const DAY_MS = 24 * 3_600_000;

/** A record as it is remembered once it is, or may be, at the collector: what can erase it, and no time but the day. */
export function withoutContent(record: QueuedRecord): QueuedRecord {
  const { app, startMs, parts } = record.local;
  const { recordId, counter, kind, dueAtMs, charter, level, collectorUrl, retentionDays, fragments } = record;
  return {
    recordId,
    counter,
    kind,
    state: 'sent',
    dueAtMs: Math.floor(dueAtMs / DAY_MS) * DAY_MS,
    charter,
    level,
    collectorUrl,
    retentionDays,
    fragments,
    record: undefined,
    sizeBytes: JSON.stringify(record.record ?? '').length,
    batchId: undefined,
    local: { app, startMs: Math.floor(startMs / DAY_MS) * DAY_MS, parts },
  };
}

/**
 * The batch stays as it is and is tried again later.
 *
 * @returns false where it is gone: consent was withdrawn, or what was in it deleted, while it was on its way.
 */
export async function settleTryLater(
  queue: QueueDatabase,
  batchId: string,
  nowMs: number,
  waitMs: number,
): Promise<boolean> {
  const transaction = queue.transaction('batches', 'readwrite', { durability: 'strict' });
  const batch = await transaction.store.get(batchId);
  if (batch !== undefined)
    await transaction.store.put({
      ...batch,
      attempts: batch.attempts + 1,
      nextAttemptAtMs: nowMs + waitMs,
      waitMs,
    });
  await transaction.done;
  return batch !== undefined;
}

/**
 * The collector will never take the batch.
 *
 * One record of many may be at fault: they wait again, to travel in half the company. A record that was refused
 * alone is put aside for inspection, with its batch and the error code.
 */
export function settleRefused(queue: QueueDatabase, batchId: string, refusal: string): Promise<void> {
  return changeQueue(queue, async (books) => {
    const refused = await recordsOf(books, batchId);
    if (refused.length > 1) {
      const company = Math.floor(refused.length / 2);
      for (const record of refused)
        books.changeRecord(record, { ...record, state: 'waiting', batchId: undefined, company });
      await books.store('batches').delete(batchId);
    } else {
      await keepForInspection(books, batchId, refusal);
    }
  });
}

/**
 * The collector has something else under the batch's id: all of it is put aside for inspection, in one piece.
 *
 * @returns false where the batch is gone meanwhile.
 */
export function settleConflict(queue: QueueDatabase, batchId: string, refusal: string): Promise<boolean> {
  return changeQueue(queue, (books) => keepForInspection(books, batchId, refusal));
}

async function keepForInspection(books: Books, batchId: string, refusal: string): Promise<boolean> {
  for (const record of await recordsOf(books, batchId))
    books.changeRecord(record, { ...record, state: 'refused' });
  const batch = await books.store('batches').get(batchId);
  if (batch !== undefined) await books.store('batches').put({ ...batch, state: 'refused', refusal });
  return batch !== undefined;
}

/** Puts one waiting record aside for inspection, because no batch can carry it. */
export function refuseRecord(queue: QueueDatabase, recordId: string): Promise<void> {
  return changeQueue(queue, async (books) => {
    const record = await books.store('records').get(recordId);
    if (record?.state === 'waiting') books.changeRecord(record, { ...record, state: 'refused' });
  });
}

/** The batch is no more: what is still in it waits again and is drawn anew. */
export async function dissolveBatch(books: Books, batchId: string): Promise<void> {
  for (const record of await recordsOf(books, batchId))
    books.changeRecord(record, { ...record, state: 'waiting', batchId: undefined });
  await books.store('batches').delete(batchId);
}

function recordsOf(books: Books, batchId: string): Promise<QueuedRecord[]> {
  return books.store('records').index('by-batch').getAll(batchId);
}
