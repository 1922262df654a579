/**
 * Taking consent back: everything that was not sent is deleted, and nothing captured before is stored after.
 *
 * Background only, one transaction. After a withdrawal only what can erase what was sent stays, and with the last of
 * that the device key and every count go too (docs/decisions/0021).
 */
import type { Level, Scope } from '../charter/charter.ts';
import { scopeOfHeld } from '../trace/held-step.ts';
import { scopesOf } from '../trace/record.ts';
import { emptyAccounts } from './accounts.ts';
import { dissolveBatch, withoutContent } from './batches.ts';
import { changeQueue, type Books } from './books.ts';
import { destroyAsides } from './delete.ts';
import type { QueueDatabase } from './queue.ts';
import type { QueuedRecord, StoredAccounts } from './queue-schema.ts';
import { tidyAfterWithdrawal } from './tidy.ts';

/**
 * Deletes everything unsent that belongs to a scope no longer switched on, and what is linked once the level is not.
 *
 * A trace goes whole with any of its parts. What was recorded at another unlinked level stays as it was agreed.
 * A record whose batch is on its way may have arrived: it counts as sent, so that it can be erased at the collector.
 * Its batch is dissolved; what else was in it waits again and is drawn anew, and the collector knows its ids.
 * Deletions that could be undone become final.
 */
export function deleteUnsent(
  queue: QueueDatabase,
  scopesOn: readonly Scope[] = [],
  levelOn: Level = 'balanced',
): Promise<void> {
  const isOn = (level: Level, scopes: readonly Scope[]) =>
    (level !== 'linked' || levelOn === 'linked') && scopes.every((scope) => scopesOn.includes(scope));
  return changeQueue(queue, async (books) => {
    await destroyAsides(books, undefined);
    await deleteRecords(books, (level, scopes) => !isOn(level, scopes));
    for (const step of await books.store('steps').getAll()) {
      if (isOn(step.level, [scopeOfHeld(step)])) continue;
      books.count(step, 'deleted');
      books.removeStep(step);
    }
    const meta = books.store('meta');
    await meta.put((((await meta.get('epoch')) as number | undefined) ?? 0) + 1, 'epoch');
    if (scopesOn.length === 0) await keepOnlySent(books);
  });
}

async function deleteRecords(
  books: Books,
  isMeant: (level: Level, scopes: Scope[]) => boolean,
): Promise<void> {
  const dissolved = new Set<string>();
  for (const state of ['waiting', 'sending', 'refused'] as const) {
    const all = IDBKeyRange.bound([state, -Infinity], [state, Infinity]);
    for (const queued of await books.store('records').index('by-state').getAll(all)) {
      if (queued.record !== undefined && !isMeant(queued.level, scopesOf(queued.record))) continue;
      if (queued.batchId !== undefined) dissolved.add(queued.batchId);
      if (state === 'sending') books.changeRecord(queued, withoutContent(queued));
      else {
        books.count(queued, 'deleted');
        books.removeRecord(queued);
      }
    }
  }
  for (const batchId of dissolved) await dissolveBatch(books, batchId);
}

/** Of counters and marks that are kept while consent is given. */
const FORGOTTEN = [
  'splits',
  'sequence',
  'sessionId',
  'nextDrawAtMs',
  'drawn',
  'madeOfDay',
  'forgotten',
  'sendPace',
  'uploadTrouble',
  'uploadConflict',
  'sendsAll',
];

/**
 * Forgets all but what can erase what was sent: no session, no key that was met, no bucket. Who comes back is someone
 * new, and the accounts begin with what is still known to be sent.
 */
async function keepOnlySent(books: Books): Promise<void> {
  for (const name of ['tabViews', 'frames', 'batches', 'sightings', 'sessions'] as const)
    await books.store(name).clear();
  const meta = books.store('meta');
  for (const name of FORGOTTEN) await meta.delete(name);
  const accounts = emptyAccounts();
  const records = books.store('records');
  const note = (isSighting: boolean, amount: number) => {
    const tally = isSighting ? accounts.sightings : accounts.fragments;
    tally.captured += amount;
    tally.sent += amount;
    accounts.recordsSent += 1;
  };
  for (const queued of await records.getAll()) {
    books.write(records.put(withoutSessions(queued)));
    accounts.rows.sent += 1;
    note(queued.kind === 'sighting', queued.kind === 'sighting' ? 1 : queued.fragments);
  }
  for (const { fragments, isSighting } of await books.store('erasures').getAll())
    if (fragments > 0) note(isSighting, fragments);
  books.correct((all: StoredAccounts) => void Object.assign(all, accounts));
  await meta.put(true, 'withdrawn');
  await tidyAfterWithdrawal(books);
}

function withoutSessions(queued: QueuedRecord): QueuedRecord {
  return { ...queued, local: { ...queued.local, parts: [] } };
}
