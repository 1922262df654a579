/**
 * A motion: one movement of the pointer, alone.
 *
 * Nothing in it says when in the day it happened, where on the page or in which app, and nothing joins it to
 * another record: linked pointer data identifies people, single movements hardly do (docs/decisions/0001).
 */
import { z } from 'zod';
import {
  MAX_MOVEMENT_MS,
  MAX_OFFSET_QUARTERS,
  MAX_PATH_STEPS,
  MAX_PATH_STEP_PX,
  MOVEMENT_ENDS,
} from './limits.ts';
import { Day, integerColumn, RecordId, Split } from './primitives.ts';

const OffsetQuarters = z.int().min(-MAX_OFFSET_QUARTERS).max(MAX_OFFSET_QUARTERS);
const pathColumn = (minimum: number, maximum: number) =>
  integerColumn({ minimum, maximum, minItems: 1, maxItems: MAX_PATH_STEPS });

/** The path as differences; the first sample lies at time 0 and place (0, 0) and is not written. */
export const MotionPath = z
  .strictObject({
    dtMs: pathColumn(0, 4 * MAX_MOVEMENT_MS).meta({
      description: 'Time since the sample before.',
      unit: 'ms',
    }),
    dxPx: pathColumn(-MAX_PATH_STEP_PX, MAX_PATH_STEP_PX).meta({
      description: 'Way to the right since the sample before, of the path as it is turned.',
      unit: 'CSS px',
    }),
    dyPx: pathColumn(-MAX_PATH_STEP_PX, MAX_PATH_STEP_PX).meta({
      description: 'Way down since the sample before, of the path as it is turned.',
      unit: 'CSS px',
    }),
  })
  .refine(
    (path) => path.dtMs.length === path.dxPx.length && path.dtMs.length === path.dyPx.length,
    'columns differ in length',
  );

/** Where the movement ended on its target; what the target was is not told. */
export const EndOffset = z.strictObject({
  xQuarters: OffsetQuarters.meta({
    description: "The end right of the target's centre.",
    unit: 'quarters of half the width',
  }),
  yQuarters: OffsetQuarters.meta({
    description: "The end below the target's centre.",
    unit: 'quarters of half the height',
  }),
});

export const Motion = z
  .strictObject({
    kind: z.literal('motion'),
    recordId: RecordId,
    recordedOn: Day.meta({
      description: 'UTC day of recording; published as ISO week.',
      reason: 'Retention.',
    }),
    path: MotionPath.meta({
      description:
        'The path relative to its start, turned by a random angle and mirrored by chance, in the form its protection level allows.',
      reason: 'How people point.',
    }),
    end: z
      .enum(MOVEMENT_ENDS)
      .meta({ description: 'What ended the movement.', reason: 'Intent of the movement.' }),
    endOffset: EndOffset.nullable().meta({
      description: 'Where it ended on its target; null if there was none to describe.',
      reason: 'Pointing accuracy.',
    }),
    split: Split.optional().meta({
      description: 'Person-disjoint bucket for train and test, drawn per kind.',
      reason: 'Honest evaluation.',
    }),
  })
  .meta({ description: 'One movement of the pointer.', scope: 'pointer' });
export type Motion = z.infer<typeof Motion>;
export type MotionPath = z.infer<typeof MotionPath>;
