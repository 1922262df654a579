/**
 * What a working day leaves on a device, made by the product's own `src/anonymize` from simulated workers.
 *
 * Runs in Node. Sizes and kinds of records are those of the product; the work is made up (`bench/audit/cohort`). A day's
 * share (`KEPT_A_DAY`) is not applied here: that is for who draws from it.
 */
import { createKeyedHasher } from '../../src/anonymize/keyed-hash.ts';
import { sightingsOf } from '../../src/anonymize/sightings.ts';
import { KEPT_A_DAY } from '../../src/trace/limits.ts';
import type { Random } from '../../src/trace/random.ts';
import type { TraceRecord } from '../../src/trace/record.ts';
import { syntheticPools } from '../audit/cohort/motor-pool.ts';
import { recordWork, rememberingHasher } from '../audit/cohort/recorded-work.ts';
import { simulateWorkers } from '../audit/cohort/simulated-workers.ts';

export const SENT_KINDS = ['motion', 'rhythm', 'episode', 'sighting'] as const;
export type SentKind = (typeof SENT_KINDS)[number];

/** A record but for its id, its day and its bucket. */
export type Content<Kind extends SentKind = SentKind> = Omit<
  Extract<TraceRecord, { kind: Kind }>,
  'recordId' | 'recordedOn' | 'split'
>;

export interface SimulatedDays {
  people: number;
  /** Of all people together. */
  contents: { [Kind in SentKind]: Content<Kind>[] };
}

/** How many of each kind a person sends on one day. */
export type DayCounts = Record<SentKind, number>;

/** About eight hours of work. */
const TASKS_PER_DAY = 80;
/** A sighting is sent at a random time within so many days; what a day meets for the first time is spread over them. */
const SIGHTING_SPREAD_DAYS = 7;

export async function simulateDays(people: number, random: Random): Promise<SimulatedDays> {
  const hasher = rememberingHasher(await createKeyedHasher('A'.repeat(43)));
  const pools = syntheticPools(people, random);
  const contents: SimulatedDays['contents'] = { motion: [], rhythm: [], episode: [], sighting: [] };
  for (const { messages } of simulateWorkers({
    people,
    days: 1,
    tasksPerDay: TASKS_PER_DAY,
    random,
    pools,
  })) {
    const work = await recordWork(messages, { level: 'balanced', hasher, random });
    for (const { content } of work.records)
      if (content.kind === 'motion') contents.motion.push(content);
      else contents.rhythm.push(content);
    for (const { content } of work.episodes) if (content?.kind === 'episode') contents.episode.push(content);
    const met = new Map(
      work.protectedMessages.flatMap(({ fragments, sentMs }) =>
        sightingsOf(fragments, { charterHash: '', level: 'balanced' }, undefined, sentMs).map(
          ({ key, content }) => [key, content],
        ),
      ),
    );
    contents.sighting.push(...met.values());
  }
  return { people, contents };
}

/** As the extension sends today: of motions and rhythms a day's share only. */
export function sharedDay({ people, contents }: SimulatedDays): DayCounts {
  const each = (kind: SentKind) => Math.round(contents[kind].length / people);
  return {
    motion: Math.min(KEPT_A_DAY.motion, each('motion')),
    rhythm: Math.min(KEPT_A_DAY.rhythm, each('rhythm')),
    episode: each('episode'),
    sighting: Math.round(each('sighting') / SIGHTING_SPREAD_DAYS),
  };
}

/**
 * A day of so many records: episodes and sightings of a simulated day, and motions and rhythms, in the proportion in
 * which they come, for the rest.
 */
export function dayOfRecords(days: SimulatedDays, records: number): DayCounts {
  const { episode, sighting } = sharedDay(days);
  const { motion, rhythm } = days.contents;
  const rest = Math.max(0, records - episode - sighting);
  const motions = Math.round((rest * motion.length) / (motion.length + rhythm.length));
  return { motion: motions, rhythm: rest - motions, episode, sighting };
}
