/**
 * A record as a release publishes it: the week instead of the day, and `other` for keys that too few have met.
 */
import { z } from 'zod';
import { LEVELS } from '../charter/charter.ts';
import { Episode, Step, View } from './episode.ts';
import { Motion } from './motion.ts';
import { CharterHash, KeyedHash } from './primitives.ts';
import { Rhythm } from './rhythm.ts';
import { Target } from './target.ts';
import { Trace } from './trace.ts';

/** Keys and app labels seen by too few installations are published as this; no charter may use it as a label. */
export const HIDDEN_KEY = 'other';
const PublishedKey = z.union([KeyedHash, z.literal(HIDDEN_KEY)]);

/** ISO week, `2026-W48`: the finest time that is published. */
export const IsoWeek = z.string().regex(/^\d{4}-W\d{2}$/);
const published = { recordedWeek: IsoWeek };

const PublishedTarget = Target.extend({ elementKey: PublishedKey.optional() });
const PublishedStep = Step.extend({
  target: PublishedTarget.optional(),
  destination: PublishedTarget.optional(),
});
const PublishedView = View.extend({ viewKey: PublishedKey });

export const PublishedMotion = z.strictObject({ ...Motion.shape, ...published }).omit({ recordedOn: true });
export const PublishedRhythm = z.strictObject({ ...Rhythm.shape, ...published }).omit({ recordedOn: true });
export const PublishedEpisode = z
  .strictObject({
    ...Episode.shape,
    ...published,
    views: z.array(PublishedView).min(1),
    steps: z.array(PublishedStep).min(1),
  })
  .omit({ recordedOn: true });
/** Keys are never hidden in it: who gave it was told that the thresholds do not apply. */
export const PublishedTrace = z.strictObject({ ...Trace.shape, ...published }).omit({ recordedOn: true });
export type PublishedMotion = z.infer<typeof PublishedMotion>;
export type PublishedRhythm = z.infer<typeof PublishedRhythm>;
export type PublishedEpisode = z.infer<typeof PublishedEpisode>;
export type PublishedTrace = z.infer<typeof PublishedTrace>;

export const PublishedRecord = z.discriminatedUnion('kind', [
  PublishedMotion,
  PublishedRhythm,
  PublishedEpisode,
  PublishedTrace,
]);
export type PublishedRecord = z.infer<typeof PublishedRecord>;

/** A published record with the charter and level it was recorded under. */
export const PublishedRow = z
  .strictObject({
    charter: CharterHash,
    level: z.enum(LEVELS),
    schemaVersion: z.int().positive(),
    record: PublishedRecord,
  })
  .refine(({ level, record }) => (level === 'linked') === (record.kind === 'trace'), {
    path: ['record', 'kind'],
    message: 'is not what the level allows',
  });
export type PublishedRow = z.infer<typeof PublishedRow>;

/** The ISO week of a UTC day (ISO 8601: weeks start on Monday; week 1 holds the year's first Thursday). */
export function isoWeekOf(day: string): string {
  const thursday = new Date(`${day}T00:00:00Z`);
  thursday.setUTCDate(thursday.getUTCDate() + 3 - ((thursday.getUTCDay() + 6) % 7));
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * 24 * 3600 * 1000));
  return `${year}-W${String(week).padStart(2, '0')}`;
}
