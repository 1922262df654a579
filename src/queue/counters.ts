/**
 * The queue's small persistent values: device key, record numbers, totals.
 *
 * Background and own pages. The device key cannot be exported, and is made anew after a withdrawal that keeps
 * nothing.
 */
import type { QueueDatabase } from './queue.ts';
import type { DrawnToday, MetaValue, QueueSchema, Totals } from './queue-schema.ts';
import type { IDBPObjectStore, StoreNames } from 'idb';

export const NO_TOTALS: Totals = {
  motion: 0,
  rhythm: 0,
  episode: 0,
  trace: 0,
  sighting: 0,
  sent: 0,
  deleted: 0,
  dropped: 0,
  leftOut: 0,
  erased: 0,
  erasedNotHeld: 0,
};

/** The key of this installation's record secrets; made on first use. */
export async function deviceKey(queue: QueueDatabase): Promise<CryptoKey> {
  const stored = await queue.get('meta', 'deviceKey');
  if (stored !== undefined) return stored as CryptoKey;
  const made = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, [
    'sign',
  ]);
  const transaction = queue.transaction('meta', 'readwrite');
  // Two starts may race; the first key written is the one.
  const other = await transaction.store.get('deviceKey');
  if (other === undefined) await transaction.store.put(made, 'deviceKey');
  await transaction.done;
  return other === undefined ? made : (other as CryptoKey);
}

/** Takes so many numbers that nobody else gets; returns the first. A crash afterwards wastes them, no more. */
export async function reserve(
  queue: QueueDatabase,
  name: 'counter' | 'sequence',
  count: number,
): Promise<number> {
  const transaction = queue.transaction('meta', 'readwrite');
  const first = ((await transaction.store.get(name)) as number | undefined) ?? 0;
  await transaction.store.put(first + count, name);
  await transaction.done;
  return first;
}

export async function readNumber(queue: QueueDatabase, name: 'epoch' | 'nextDrawAtMs'): Promise<number> {
  return ((await queue.get('meta', name)) as number | undefined) ?? 0;
}

export async function writeNumber(queue: QueueDatabase, name: 'nextDrawAtMs', value: number): Promise<void> {
  await queue.put('meta', value, name);
}

/** Bytes drawn by itself on this UTC day. */
export async function readDrawnBytes(queue: QueueDatabase, day: string): Promise<number> {
  const drawn = (await queue.get('meta', 'drawn')) as DrawnToday | undefined;
  return drawn?.day === day ? drawn.sizeBytes : 0;
}

export async function writeDrawnBytes(queue: QueueDatabase, drawn: DrawnToday): Promise<void> {
  await queue.put('meta', drawn, 'drawn');
}

export async function readTotals(queue: QueueDatabase): Promise<Totals> {
  return { ...NO_TOTALS, ...((await queue.get('meta', 'totals')) as Partial<Totals> | undefined) };
}

/** Adds to the totals within a transaction that has the `meta` store. */
export async function addTotals(meta: MetaStore, more: Partial<Totals>): Promise<void> {
  const totals = { ...NO_TOTALS, ...((await meta.get('totals')) as Partial<Totals> | undefined) };
  for (const [name, count] of Object.entries(more) as [keyof Totals, number][]) totals[name] += count;
  await meta.put(totals satisfies MetaValue, 'totals');
}

type MetaStore = IDBPObjectStore<QueueSchema, ArrayLike<StoreNames<QueueSchema>>, 'meta', 'readwrite'>;
