/**
 * Drops what one tab has handed over in the last minute: its page has turned out to be a sensitive place.
 *
 * Background only, one transaction. Reaches what is on hold; what has been drawn into a batch is on its way already,
 * which within a minute happens only where the charter has no hold or the person sends at once.
 */
import { isStep, type StepContent } from '../trace/held-step.ts';
import { addTotals } from './counters.ts';
import type { QueueDatabase } from './queue.ts';
import type { QueuedStep, Taken } from './queue-schema.ts';

export interface Dropping {
  tabId: number;
  /** Epoch ms: what was taken from then on is dropped. */
  sinceMs: number;
  /** How many fragments the page had dropped before; counted as well. */
  droppedInPage: number;
  /** Makes the step that states the loss, of one that was dropped or of the view that the tab shows. */
  gapAfter: (last: Pick<StepContent, 'viewId' | 'view'>) => QueuedStep | undefined;
}

/** @returns how many records and steps were dropped. */
export async function dropRecent(queue: QueueDatabase, dropping: Dropping): Promise<number> {
  const { tabId, sinceMs } = dropping;
  const transaction = queue.transaction(['records', 'steps', 'tabViews', 'sightings', 'meta'], 'readwrite', {
    durability: 'strict',
  });
  const isRecent = (taken: Taken | undefined) =>
    taken !== undefined && taken.tabId === tabId && taken.takenAtMs >= sinceMs;
  const records = transaction.objectStore('records');
  const steps = transaction.objectStore('steps');
  let dropped = 0;
  // Nothing is due before it was taken.
  const waiting = IDBKeyRange.bound(['waiting', sinceMs], ['waiting', Infinity]);
  for (const { recordId, local } of await records.index('by-state').getAll(waiting)) {
    if (!isRecent(local.taken)) continue;
    await records.delete(recordId);
    // Met again it is sighted again.
    if (local.sightedKey !== undefined) await transaction.objectStore('sightings').delete(local.sightedKey);
    dropped += 1;
  }
  const tabViews = transaction.objectStore('tabViews');
  let last: Pick<StepContent, 'viewId' | 'view'> | undefined = await tabViews.get(tabId);
  await tabViews.delete(tabId);
  for (const step of await steps.index('by-due').getAll(IDBKeyRange.lowerBound(sinceMs))) {
    if (!isRecent(step.taken)) continue;
    await steps.delete(step.sequence);
    if (isStep(step)) last ??= step;
    dropped += 1;
  }
  const gap = last && dropping.gapAfter(last);
  if (gap) await steps.add(gap);
  await addTotals(transaction.objectStore('meta'), { dropped: dropped + dropping.droppedInPage });
  await transaction.done;
  return dropped;
}
