/**
 * What was sent and can still be erased: one line for each day, app and kind. Reads only.
 */
import type { QueueDatabase } from './queue.ts';
import type { LedgerLine } from './queue-schema.ts';

export type { LedgerLine } from './queue-schema.ts';

/** Newest day first. */
export async function sentLedger(queue: QueueDatabase): Promise<LedgerLine[]> {
  return (await queue.getAll('ledger')).reverse();
}
