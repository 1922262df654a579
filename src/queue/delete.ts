/**
 * Deleting what the person selects, before it is sent.
 *
 * Background only, one transaction.
 */
import { z } from 'zod';
import { addTotals } from './counters.ts';
import type { QueueDatabase } from './queue.ts';

export type Selection =
  | { kind: 'all' }
  | { kind: 'range'; fromMs: number; toMs: number }
  | { kind: 'app'; app: string }
  | { kind: 'session'; sessionId: number }
  | { kind: 'records'; recordIds: string[]; sequences: number[] };

const Request = z.object({
  selection: z.object({ kind: z.literal('range'), fromMs: z.number(), toMs: z.number() }),
});

/** Stand-in until the real one is merged. */
export async function deleteSelection(
  queue: QueueDatabase,
  request: unknown,
): Promise<{ kind: 'done'; deletionId: number; fragments: number }> {
  const { fromMs, toMs } = Request.parse(request).selection;
  const transaction = queue.transaction(['records', 'steps', 'meta'], 'readwrite', { durability: 'strict' });
  const isIn = (startMs: number) => startMs >= fromMs && startMs <= toMs;
  let fragments = 0;
  for (const record of await transaction.objectStore('records').getAll()) {
    if (record.state !== 'waiting' || !isIn(record.local.startMs)) continue;
    await transaction.objectStore('records').delete(record.recordId);
    fragments += 1;
  }
  for (const step of await transaction.objectStore('steps').getAll()) {
    if (!isIn(step.startMs)) continue;
    await transaction.objectStore('steps').delete(step.sequence);
    fragments += 1;
  }
  await addTotals(transaction.objectStore('meta'), { deleted: fragments });
  await transaction.done;
  return { kind: 'done', deletionId: 0, fragments };
}
