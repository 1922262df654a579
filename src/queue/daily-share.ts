/**
 * A day's share: of motions and rhythms no more than some of one day are kept, whoever did how much.
 *
 * Background only, inside the transaction that adds records. Without it, who types most makes most of a day's rhythms,
 * and the episode with the most typing is likely theirs (docs/decisions/0014). Which ones stay is chance: each of the
 * day's has the same. What has left the device already stays as it is.
 */
import { KEPT_A_DAY } from '../trace/limits.ts';
import { randomInt, type Random } from '../trace/random.ts';
import type { Books } from './books.ts';
import type { MadeOfDay, QueuedRecord } from './queue-schema.ts';

type SharedKind = keyof typeof KEPT_A_DAY;

/** Adds a record to the queue, or what chance wants instead of it; counts what is left out for it. */
export async function addWithinShare(queued: QueuedRecord, books: Books, random: Random): Promise<void> {
  const { record } = queued;
  if (record?.kind !== 'motion' && record?.kind !== 'rhythm') {
    books.addRecord(queued);
    return;
  }
  const { kind, recordedOn } = record;
  const made = await countMade(books, kind, recordedOn);
  const kept = KEPT_A_DAY[kind];
  if (made <= kept) {
    books.addRecord(queued);
    return;
  }
  // Reservoir sampling (Vitter, 1985, algorithm R): the new one takes the place of a random one, or of none.
  const waiting = random() < kept / made ? await waitingOf(books, kind, recordedOn) : [];
  const replaced = waiting.length > 0 ? waiting[randomInt(random, waiting.length)]! : undefined;
  books.count(replaced ?? queued, 'leftOut');
  if (replaced === undefined) return;
  books.removeRecord(replaced);
  books.addRecord(queued);
}

/** How many of the kind the day has had, with this one. What comes late counts for the latest day. */
async function countMade(books: Books, kind: SharedKind, day: string): Promise<number> {
  const meta = books.store('meta');
  const known = (await meta.get('madeOfDay')) as MadeOfDay | undefined;
  const ofDay = known === undefined || known.day < day ? { day, motion: 0, rhythm: 0 } : known;
  const made = ofDay[kind] + 1;
  await meta.put({ ...ofDay, [kind]: made } satisfies MadeOfDay, 'madeOfDay');
  return made;
}

async function waitingOf(books: Books, kind: SharedKind, day: string): Promise<QueuedRecord[]> {
  const all = IDBKeyRange.bound(['waiting', kind, -Infinity], ['waiting', kind, Infinity]);
  const waiting = await books.store('records').index('by-kind').getAll(all);
  return waiting.filter((queued) => queued.record?.recordedOn === day);
}
