/**
 * How many person-disjoint buckets a charter's data is split into, and which buckets a record may bear.
 *
 * Pure. The device draws by this rule, the collector refuses by it and seals by it, the card tells of it. Buckets are
 * large on purpose: one of few people would be one more mark to tell them by.
 */
import type { Charter } from './charter.ts';

/** Below this many expected people there is no split: a bucket would single people out. */
export const SPLIT_NEEDS_PARTICIPANTS = 100;
/** People that are expected in each bucket, at least. */
export const PARTICIPANTS_PER_BUCKET = 50;
/** More buckets than this serve no evaluation. */
export const MAX_SPLIT_BUCKETS = 10;

/** The number of buckets under a charter; 0 where its records bear none. */
export function splitBuckets({ expectedParticipants }: Pick<Charter, 'expectedParticipants'>): number {
  if (expectedParticipants < SPLIT_NEEDS_PARTICIPANTS) return 0;
  return Math.min(MAX_SPLIT_BUCKETS, Math.floor(expectedParticipants / PARTICIPANTS_PER_BUCKET));
}

/** Whether a record may bear this bucket under a charter: one of its buckets, or none where it has none. */
export function isSplitOf(
  split: number | undefined,
  charter: Pick<Charter, 'expectedParticipants'>,
): boolean {
  const buckets = splitBuckets(charter);
  return buckets === 0 ? split === undefined : split !== undefined && split < buckets;
}
