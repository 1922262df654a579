/**
 * A record: the unit that is held, reviewed, sent, stored, published and erased.
 */
import { z } from 'zod';
import type { Scope } from '../charter/charter.ts';
import { Episode } from './episode.ts';
import { Motion } from './motion.ts';
import { Rhythm } from './rhythm.ts';
import { Sighting } from './sighting.ts';
import { Trace } from './trace.ts';

/** Kinds that readers pull. Sightings are counted and never published. */
export const PUBLISHED_KINDS = ['motion', 'rhythm', 'episode', 'trace'] as const;
export type PublishedKind = (typeof PUBLISHED_KINDS)[number];

export const TraceRecord = z.discriminatedUnion('kind', [Motion, Rhythm, Episode, Sighting, Trace]);
export type TraceRecord = z.infer<typeof TraceRecord>;

/** The scopes that a person must have switched on, all of them, for this record to exist. */
export function scopesOf(record: TraceRecord): Scope[] {
  switch (record.kind) {
    case 'motion':
      return ['pointer'];
    case 'rhythm':
      return ['keys'];
    case 'episode':
      return ['workflow'];
    case 'sighting':
      return [record.scope];
    case 'trace': {
      const { motions, rhythms, steps, views, gaps } = record;
      return [
        ...(motions.length > 0 ? (['pointer'] as const) : []),
        ...(rhythms.length > 0 ? (['keys'] as const) : []),
        ...(steps.length + views.length + gaps.length > 0 ? (['workflow'] as const) : []),
      ];
    }
  }
}
