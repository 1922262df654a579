/**
 * A sighting: one key that an installation meets for the first time, or "contributed" once a week and level.
 *
 * Sent alone at a random time. The collector keeps only counts: they decide what enough people have seen to be
 * published, and whether enough people took part for a release.
 */
import { z } from 'zod';
import { SCOPES } from '../charter/charter.ts';
import { CharterSlug, Day, KeyedHash, RecordId, Split } from './primitives.ts';

export const Sighting = z
  .strictObject({
    kind: z.literal('sighting'),
    recordId: RecordId,
    recordedOn: Day.meta({
      description: 'UTC day; the collector keeps only the ISO week.',
      reason: 'Retention.',
    }),
    scope: z.enum(SCOPES).meta({ description: 'The scope it counts for.' }),
    seen: z
      .discriminatedUnion('what', [
        z.strictObject({
          what: z.literal('contributed'),
          split: Split.optional().meta({
            description:
              'Bucket of the records contributed, so that each bucket is known to hold enough people.',
            reason: 'Publishing buckets only where each is a crowd.',
          }),
        }),
        z.strictObject({ what: z.literal('app'), app: CharterSlug }),
        z.strictObject({ what: z.literal('view'), viewKey: KeyedHash }),
        z.strictObject({ what: z.literal('element'), elementKey: KeyedHash }),
      ])
      .meta({ description: 'What was met for the first time.', reason: 'Hiding what few people have.' }),
  })
  .meta({ description: 'A count of one.', scope: 'the scope it names' });
export type Sighting = z.infer<typeof Sighting>;

/** On the device, keys of sightings that say only that this installation contributed begin with this. */
export const CONTRIBUTED = 'contributed';
