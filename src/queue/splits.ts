/**
 * The buckets of this installation: one for each kind of record, drawn once and kept.
 *
 * Background only. Drawn independently, so that the bucket of one kind says nothing of another's. Kept beside the
 * device key and gone with a withdrawal; never told to a page.
 */
import { PUBLISHED_KINDS, type PublishedKind } from '../trace/record.ts';
import { randomInt, type Random } from '../trace/random.ts';
import type { QueueDatabase } from './queue.ts';
import type { DrawnSplits } from './queue-schema.ts';

/** The bucket that records of each kind bear; undefined where the charter has no buckets. */
export type Splits = Record<PublishedKind, number> | undefined;

/**
 * Reads the buckets, drawing what is not there yet; all anew when their number has changed.
 *
 * @param buckets how many the charter asks for.
 */
export async function readSplits(queue: QueueDatabase, buckets: number, random: Random): Promise<Splits> {
  if (buckets === 0) return undefined;
  const transaction = queue.transaction('meta', 'readwrite', { durability: 'strict' });
  const stored = (await transaction.store.get('splits')) as DrawnSplits | undefined;
  const known = stored?.buckets === buckets ? stored.splits : {};
  const drawn = PUBLISHED_KINDS.map((kind) => [kind, known[kind] ?? randomInt(random, buckets)] as const);
  const splits = Object.fromEntries(drawn) as Record<PublishedKind, number>;
  await transaction.store.put({ buckets, splits } satisfies DrawnSplits, 'splits');
  await transaction.done;
  return splits;
}
