/**
 * Which sightings a message calls for: what this installation meets for the first time, as far as it may be counted.
 *
 * In the background, beside `pipeline.ts`. Reads only: what was met is noted with the message itself.
 */
import type { ProtectedFragments } from './anonymize/protect-fragments.ts';
import { sightingsOf, type PossibleSighting } from './anonymize/sightings.ts';
import type { Terms } from './consent/recording-state.ts';
import { readItem } from './consent/stored-items.ts';
import type { QueueDatabase } from './queue/queue.ts';
import type { Splits } from './queue/splits.ts';
import { dayOf } from './trace/primitives.ts';
import { isoWeekOf } from './trace/published.ts';

/** What was met for the first time; nothing where no minimum is asked for that the counts would serve. */
export async function newSightings(
  fragments: ProtectedFragments,
  terms: Terms,
  splits: Splits,
  { queue, now }: { queue: QueueDatabase; now: () => number },
): Promise<PossibleSighting[]> {
  if (terms.charter.minContributors === 0 || terms.level === 'linked') return [];
  const possible = sightingsOf(fragments, terms, splits, now());
  const known = await Promise.all(possible.map((sighting) => queue.getKey('sightings', sighting.key)));
  const fresh = possible.filter((_sighting, index) => known[index] === undefined);
  return fresh.length === 0 || (await hasTakenBack(isoWeekOf(dayOf(now())))) ? [] : fresh;
}

/**
 * Whether consent was given and taken back in that week before: who does so may have been counted in it, and of that
 * nothing is left but the receipts. Rather not counted at all than twice.
 */
async function hasTakenBack(week: string): Promise<boolean> {
  const receipts = (await readItem('receipts')) ?? [];
  const firstGranted = receipts.findIndex(({ event }) => event === 'granted');
  return receipts.some(
    ({ event, at }, index) =>
      index > firstGranted &&
      firstGranted !== -1 &&
      (event === 'withdrawn' || event === 'declined') &&
      isoWeekOf(dayOf(Date.parse(at))) === week,
  );
}
