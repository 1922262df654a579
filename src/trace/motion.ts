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
  MAX_SIZE_LOG2,
  MOVEMENT_ENDS,
  MOVEMENT_PAUSES,
  POINTER_TYPES,
  ROLES,
} from './limits.ts';
import { Day, integerColumn, RecordId, Split } from './primitives.ts';

const SizeLog2 = z.int().min(0).max(MAX_SIZE_LOG2);
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
      description: 'Way to the right since the sample before.',
      unit: 'CSS px',
    }),
    dyPx: pathColumn(-MAX_PATH_STEP_PX, MAX_PATH_STEP_PX).meta({
      description: 'Way down since the sample before.',
      unit: 'CSS px',
    }),
  })
  .refine(
    (path) => path.dtMs.length === path.dxPx.length && path.dtMs.length === path.dyPx.length,
    'columns differ in length',
  );

export const MotionTarget = z.strictObject({
  role: z.enum(ROLES).meta({
    description: 'ARIA role of what the movement ended on.',
    reason: 'Pointing differs by kind of control.',
  }),
  widthLog2: SizeLog2.meta({ description: 'Width, as the nearest power of two.', unit: 'log2 CSS px' }),
  heightLog2: SizeLog2.meta({ description: 'Height, as the nearest power of two.', unit: 'log2 CSS px' }),
  xOffsetQuarters: OffsetQuarters.meta({
    description: "The end's offset right of the centre.",
    unit: 'quarters of half the width',
  }),
  yOffsetQuarters: OffsetQuarters.meta({
    description: "The end's offset below the centre.",
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
      description: 'The path relative to its start, in the form its protection level allows.',
      reason: 'How people point.',
    }),
    end: z
      .enum(MOVEMENT_ENDS)
      .meta({ description: 'What ended the movement.', reason: 'Intent of the movement.' }),
    pauseBefore: z
      .enum(MOVEMENT_PAUSES)
      .meta({ description: 'Rest before it: under 0.5 s, under 2 s, longer.', reason: 'Hesitation.' }),
    target: MotionTarget.nullable().meta({
      description: 'What it ended on; null if nothing could be described.',
      reason: 'Pointing accuracy.',
    }),
    pointerType: z
      .enum(POINTER_TYPES)
      .meta({ description: 'Mouse, or touch and pen together.', reason: 'They move differently.' }),
    nestedScroller: z.boolean().meta({
      description: 'Whether it ended inside a scroller within the page.',
      reason: 'Scrolling context.',
    }),
    split: Split.optional().meta({
      description: 'Person-disjoint bucket for train and test, drawn per kind.',
      reason: 'Honest evaluation.',
    }),
  })
  .meta({ description: 'One movement of the pointer.', scope: 'pointer' });
export type Motion = z.infer<typeof Motion>;
export type MotionPath = z.infer<typeof MotionPath>;
