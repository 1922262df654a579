/**
 * Drops what one tab has handed over in the last minute: its page has turned out to be a sensitive place.
 *
 * Background only, one transaction. Reaches what is on hold; what has been drawn into a batch is on its way already,
 * which within a minute happens only where the charter has no hold or the person sends at once.
 */
import { isStep, type StepContent } from '../trace/held-step.ts';
import { addStep } from './add-fragments.ts';
import { changeQueue, type Books } from './books.ts';
import { giveUpRecord } from './make-room.ts';
import type { QueueDatabase } from './queue.ts';
import type { NewStep, Taken } from './queue-schema.ts';

export interface Dropping {
  tabId: number;
  /** Epoch ms: what was taken from then on is dropped. */
  sinceMs: number;
  /** How many fragments the page had dropped before; counted as well. */
  droppedInPage: number;
  /** Makes the step that states the loss, of one that was dropped or of the view that the tab shows. */
  gapAfter: (last: Pick<StepContent, 'viewId' | 'view'>) => NewStep | undefined;
}

/** @returns how many records and steps were dropped. */
export function dropRecent(queue: QueueDatabase, dropping: Dropping): Promise<number> {
  const { tabId, sinceMs, droppedInPage } = dropping;
  const isRecent = (taken: Taken | undefined) =>
    taken !== undefined && taken.tabId === tabId && taken.takenAtMs >= sinceMs;
  return changeQueue(queue, async (books) => {
    await books.store('meta').delete('withdrawn');
    let dropped = 0;
    // Nothing is due before it was taken.
    const waiting = IDBKeyRange.bound(['waiting', sinceMs], ['waiting', Infinity]);
    for (const record of await books.store('records').index('by-state').getAll(waiting)) {
      if (!isRecent(record.local.taken)) continue;
      await giveUpRecord(books, record, 'dropped');
      dropped += 1;
    }
    const tabViews = books.store('tabViews');
    let last: Pick<StepContent, 'viewId' | 'view'> | undefined = await tabViews.get(tabId);
    await tabViews.delete(tabId);
    for (const step of await books.store('steps').index('by-due').getAll(IDBKeyRange.lowerBound(sinceMs))) {
      if (!isRecent(step.taken)) continue;
      books.count(step, 'dropped');
      books.removeStep(step);
      if (isStep(step)) last ??= step;
      dropped += 1;
    }
    await dropPutAside(books, isRecent);
    const gap = last && dropping.gapAfter(last);
    if (gap) await addStep(books, gap);
    books.correct(({ fragments }) => {
      fragments.captured += droppedInPage;
      if (droppedInPage > 0) fragments.lost.dropped = (fragments.lost.dropped ?? 0) + droppedInPage;
    });
    return dropped;
  });
}

/** What the person has deleted from it must not be brought back either. */
async function dropPutAside(books: Books, isRecent: (taken: Taken | undefined) => boolean): Promise<void> {
  for (const aside of await books.store('putAside').getAll()) {
    if (!isRecent('record' in aside ? aside.record.local.taken : aside.step.taken)) continue;
    // What may have arrived is yet to be asked for.
    if (aside.mayHaveArrived) continue;
    books.count(aside, 'dropped');
    books.removeAside(aside);
  }
}
