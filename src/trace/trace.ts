/**
 * A trace: an episode with its movements and typing runs in place. Only at level `linked`.
 *
 * It identifies people: it keeps the person's own timing, where spaces are, and what belongs together. So it is for
 * volunteers on a consent page of its own, and no other level may hold one (`level-check.ts`). Still no place on the
 * page, no key identity, no hold times, no time of day.
 */
import { z } from 'zod';
import { Episode, Step, View } from './episode.ts';
import {
  LINKED_KEY_CLASSES,
  MAX_EPISODE_STEPS,
  MAX_EPISODE_VIEWS,
  MAX_INTERVAL_MS,
  MAX_RUN_KEYS,
  MAX_SIZE_LOG2,
  MAX_TRACE_MOTIONS,
  MAX_TRACE_MS,
  MAX_TRACE_RHYTHMS,
  MOVEMENT_PAUSES,
  POINTER_TYPES,
  ROLES,
} from './limits.ts';
import { Motion } from './motion.ts';
import { PackedPath } from './packed-path.ts';
import { integerColumn, wordColumn } from './primitives.ts';

const SizeLog2 = z.int().min(0).max(MAX_SIZE_LOG2);

/** When within the trace a piece began, and between which steps. */
const Placed = {
  startMs: z.int().min(0).max(MAX_TRACE_MS).meta({
    description: 'When it began, since the start of the trace; a multiple of 50.',
    unit: 'ms',
    reason: 'Order and pace.',
  }),
  afterStep: z
    .int()
    .min(-1)
    .max(MAX_EPISODE_STEPS - 1)
    .meta({
      description: 'Index of the step it follows; -1 before the first.',
      reason: 'Which action it leads to.',
    }),
};

const { end, endOffset } = Motion.shape;

/** What a movement of a trace ended on; movements that stand alone do not tell it. */
export const MotionTarget = z.strictObject({
  role: z.enum(ROLES).meta({
    description: 'ARIA role of what the movement ended on.',
    reason: 'Pointing differs by kind of control.',
  }),
  widthLog2: SizeLog2.meta({ description: 'Width, as the nearest power of two.', unit: 'log2 CSS px' }),
  heightLog2: SizeLog2.meta({ description: 'Height, as the nearest power of two.', unit: 'log2 CSS px' }),
});

export const TraceMotion = z.strictObject({
  ...Placed,
  path: PackedPath.meta({
    description:
      'The path as it was, from its start: ways right and down in cells of 4 px for each 50 ms, as an encoded polyline in base64url (`src/trace/packed-path.ts`).',
    reason: 'How people point.',
  }),
  end,
  pauseBefore: z
    .enum(MOVEMENT_PAUSES)
    .meta({ description: 'Rest before it: under 0.5 s, under 2 s, longer.', reason: 'Hesitation.' }),
  endOffset,
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
});
export type TraceMotion = z.infer<typeof TraceMotion>;

export const TraceRhythm = z
  .strictObject({
    ...Placed,
    keyClass: wordColumn(LINKED_KEY_CLASSES, { minItems: 1, maxItems: MAX_RUN_KEYS }).meta({
      description:
        'Class of each key of the whole run: char (letters, digits and punctuation alike), space, backspace (and delete), enter, navigation (and tab).',
      reason: 'Structure of words and corrections.',
    }),
    intervalMs: integerColumn({
      minimum: 0,
      maximum: MAX_INTERVAL_MS,
      minItems: 0,
      maxItems: MAX_RUN_KEYS - 1,
    }).meta({
      description: "Press-to-press time before each key but the first, the person's own on a clock of 25 ms.",
      unit: 'ms',
      reason: 'Typing as it was.',
    }),
  })
  .refine(
    (rhythm) => rhythm.intervalMs.length === rhythm.keyClass.length - 1,
    'needs one interval fewer than keys',
  );
export type TraceRhythm = z.infer<typeof TraceRhythm>;

export const Trace = z
  .strictObject({
    ...Episode.shape,
    kind: z.literal('trace'),
    views: z.array(View).max(MAX_EPISODE_VIEWS).meta({
      description: 'The views the work was done in, in order of first use; none without `workflow`.',
    }),
    steps: z
      .array(Step)
      .max(MAX_EPISODE_STEPS)
      .meta({ description: 'The steps in order; none without `workflow`.', reason: 'Workflow.' }),
    motions: z
      .array(TraceMotion)
      .max(MAX_TRACE_MOTIONS)
      .meta({ description: 'The movements in order; none without `pointer`.', reason: 'How people point.' }),
    rhythms: z
      .array(TraceRhythm)
      .max(MAX_TRACE_RHYTHMS)
      .meta({ description: 'The typing runs in order; none without `keys`.', reason: 'How people type.' }),
  })
  .superRefine(({ steps, views, motions, rhythms }, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (steps.length + motions.length + rhythms.length === 0) fault(['steps'], 'holds nothing at all');
    steps.forEach((step, index) => {
      if (step.view >= views.length) fault(['steps', index, 'view'], 'names a view that is not there');
    });
    for (const [name, pieces] of Object.entries({ motions, rhythms })) {
      pieces.forEach((piece, index) => {
        if (piece.afterStep >= steps.length)
          fault([name, index, 'afterStep'], 'names a step that is not there');
      });
    }
  })
  .meta({
    description:
      'Only at level `linked`: the steps of one task or burst of work with the movements and typing runs in place.',
    scope: 'each part needs its own (`workflow`, `pointer`, `keys`)',
  });
export type Trace = z.infer<typeof Trace>;
