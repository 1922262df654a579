/**
 * A day's share: of motions and rhythms no more than some of one day are kept, whoever did how much.
 *
 * Background only, inside the transaction that adds records. Without it, who types most makes most of a day's rhythms,
 * and the episode with the most typing is likely theirs (docs/decisions/0014). Which ones stay is chance: each of the
 * day's has the same. What has left the device already stays as it is.
 */
import type { IDBPObjectStore, StoreNames } from 'idb';
import { KEPT_A_DAY } from '../trace/limits.ts';
import { randomInt, type Random } from '../trace/random.ts';
import type { MadeOfDay, QueuedRecord, QueueSchema } from './queue-schema.ts';

type Store<Name extends 'records' | 'meta'> = IDBPObjectStore<
  QueueSchema,
  ArrayLike<StoreNames<QueueSchema>>,
  Name,
  'readwrite'
>;
type SharedKind = keyof typeof KEPT_A_DAY;

/**
 * Adds a record to the queue, or what chance wants instead of it.
 *
 * @returns how many records were left out for it: itself, or one that waited; 0 while the day's share is not full.
 */
export async function addWithinShare(
  queued: QueuedRecord,
  { records, meta, random }: { records: Store<'records'>; meta: Store<'meta'>; random: Random },
): Promise<0 | 1> {
  const { record } = queued;
  if (record?.kind !== 'motion' && record?.kind !== 'rhythm') {
    await records.add(queued);
    return 0;
  }
  const { kind, recordedOn } = record;
  const made = await countMade(meta, kind, recordedOn);
  const kept = KEPT_A_DAY[kind];
  if (made <= kept) {
    await records.add(queued);
    return 0;
  }
  // Reservoir sampling (Vitter, 1985, algorithm R): the new one takes the place of a random one, or of none.
  if (random() >= kept / made) return 1;
  const waiting = await waitingOf(records, kind, recordedOn);
  if (waiting.length === 0) return 1;
  await records.delete(waiting[randomInt(random, waiting.length)]!);
  await records.add(queued);
  return 1;
}

/** How many of the kind the day has had, with this one. What comes late counts for the latest day. */
async function countMade(meta: Store<'meta'>, kind: SharedKind, day: string): Promise<number> {
  const known = (await meta.get('madeOfDay')) as MadeOfDay | undefined;
  const ofDay = known === undefined || known.day < day ? { day, motion: 0, rhythm: 0 } : known;
  const made = ofDay[kind] + 1;
  await meta.put({ ...ofDay, [kind]: made } satisfies MadeOfDay, 'madeOfDay');
  return made;
}

async function waitingOf(records: Store<'records'>, kind: SharedKind, day: string): Promise<string[]> {
  const all = IDBKeyRange.bound(['waiting', -Infinity], ['waiting', Infinity]);
  const waiting = await records.index('by-state').getAll(all);
  return waiting
    .filter((queued) => queued.kind === kind && queued.record?.recordedOn === day)
    .map(({ recordId }) => recordId);
}
