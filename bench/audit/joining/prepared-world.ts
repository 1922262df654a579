/**
 * A stolen world made ready for matching: every record described once, by kind.
 *
 * Runs in the audit.
 */
import { describeEpisode } from './describe-episode.ts';
import { describeMotion, describeRhythm } from './describe-motion.ts';
import { controlsOf, dayOfEpisodes, type DayOfEpisodes } from './evidence.ts';
import type { JoinedKind, StolenRecord, StolenWorld } from './stolen.ts';

/** A record and what there is to compare of it. */
export interface Described {
  record: StolenRecord;
  id: Buffer;
  channels: Record<string, number[]>;
  /** Of episodes. */
  controls?: ReturnType<typeof controlsOf>;
}

export interface PreparedWorld {
  records: Record<JoinedKind, Described[]>;
  days: ReadonlyMap<string, DayOfEpisodes>;
  personOf: ReadonlyMap<string, string>;
}

/** @param kinds what is needed; the rest is left out. */
export function prepareWorld(
  stolen: StolenWorld,
  personOf: ReadonlyMap<string, string>,
  kinds: readonly JoinedKind[],
): PreparedWorld {
  const describe = (kind: JoinedKind): Described[] =>
    !kinds.includes(kind)
      ? []
      : stolen[kind].map((record) => {
          const { body } = record;
          const id = Buffer.from(record.recordId, 'base64url');
          switch (body.kind) {
            case 'motion':
              return { record, id, channels: describeMotion(body) };
            case 'rhythm':
              return { record, id, channels: describeRhythm(body) };
            case 'episode':
              return { record, id, channels: describeEpisode(body), controls: controlsOf(body) };
          }
        });
  const records = { motion: describe('motion'), rhythm: describe('rhythm'), episode: describe('episode') };
  const days = new Map(
    [...Map.groupBy(records.episode, ({ record }) => record.day)].map(([day, own]) => [
      day,
      dayOfEpisodes(own.map(({ controls }) => controls!)),
    ]),
  );
  return { records, days, personOf };
}

export function personOf(world: PreparedWorld, { record }: Described): string {
  return world.personOf.get(record.recordId)!;
}

/** A part of the people of a world. */
export function partOf(world: PreparedWorld, people: ReadonlySet<string>): PreparedWorld {
  const part = (described: Described[]) => described.filter((one) => people.has(personOf(world, one)));
  const { motion, rhythm, episode } = world.records;
  return { ...world, records: { motion: part(motion), rhythm: part(rhythm), episode: part(episode) } };
}
