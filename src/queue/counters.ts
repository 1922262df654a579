/**
 * The queue's small persistent values: device key, numbers, what was drawn today.
 *
 * Background and own pages. The device key cannot be exported, and is made anew after a withdrawal that keeps
 * nothing.
 */
import type { QueueDatabase } from './queue.ts';
import type { DrawnToday } from './queue-schema.ts';

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

/** Bytes drawn on this UTC day: by itself, which the budget counts, and because the person wanted it. */
export async function readDrawn(queue: QueueDatabase, day: string): Promise<Required<DrawnToday>> {
  const drawn = (await queue.get('meta', 'drawn')) as DrawnToday | undefined;
  return { sizeBytes: 0, atOnceBytes: 0, ...(drawn?.day === day ? drawn : {}), day };
}

export async function addDrawn(
  queue: QueueDatabase,
  day: string,
  bytes: { byItself: number } | { atOnce: number },
): Promise<void> {
  const { sizeBytes, atOnceBytes } = await readDrawn(queue, day);
  const more = { byItself: 0, atOnce: 0, ...bytes };
  await queue.put(
    'meta',
    { day, sizeBytes: sizeBytes + more.byItself, atOnceBytes: atOnceBytes + more.atOnce },
    'drawn',
  );
}
