/**
 * A rhythm: the timing of at most twenty consecutive keys from somewhere inside one typing run.
 *
 * No field, no app, no key identity; spaces are not told apart (their positions alone identify sentences).
 * Only a `linked` trace knows spaces and hold times.
 */
import { z } from 'zod';
import { KEY_CLASSES, MAX_INTERVAL_MS, MAX_RHYTHM_KEYS, MIN_RHYTHM_KEYS } from './limits.ts';
import { Day, integerColumn, RecordId, Split, wordColumn } from './primitives.ts';

export const Rhythm = z
  .strictObject({
    kind: z.literal('rhythm'),
    recordId: RecordId,
    recordedOn: Day.meta({
      description: 'UTC day of recording; published as ISO week.',
      reason: 'Retention.',
    }),
    keyClass: wordColumn(KEY_CLASSES, { minItems: MIN_RHYTHM_KEYS, maxItems: MAX_RHYTHM_KEYS }).meta({
      description:
        'Class of each key: char (letters, digits, punctuation and spaces alike), backspace (and delete), enter, navigation (and tab).',
      reason: 'Correction structure.',
    }),
    intervalMs: integerColumn({
      minimum: 0,
      maximum: MAX_INTERVAL_MS,
      minItems: MIN_RHYTHM_KEYS - 1,
      maxItems: MAX_RHYTHM_KEYS - 1,
    }).meta({
      description:
        'Press-to-press time before each key but the first, as a level of the population, never the time measured.',
      unit: 'ms',
      reason: 'Pause structure.',
    }),
    split: Split.optional().meta({
      description: 'Person-disjoint bucket for train and test, drawn per kind.',
      reason: 'Honest evaluation.',
    }),
  })
  .refine(
    (rhythm) => rhythm.intervalMs.length === rhythm.keyClass.length - 1,
    'needs one interval fewer than keys',
  )
  .meta({ description: 'The rhythm of a few keys.', scope: 'keys' });
export type Rhythm = z.infer<typeof Rhythm>;
