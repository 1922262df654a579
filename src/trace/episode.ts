/**
 * An episode: the ordered steps of one task or burst of work.
 *
 * Holds what was done to which kind of control and what came of it. Never pointer paths or key timing: those
 * identify people, and live in records that cannot be joined to this one.
 */
import { z } from 'zod';
import {
  ACTIONS,
  COUNT_BUCKETS,
  EFFECTS,
  GAP_REASONS,
  INTERACTIVE_ROLES,
  LANDMARKS,
  LENGTH_BUCKETS,
  MAX_EPISODE_STEPS,
  MAX_EPISODE_VIEWS,
  NAVIGATIONS,
  OUTCOMES,
  PATH_FLAGS,
  PAUSE_BUCKETS_MS,
  POINTER_TYPES,
  PRESS_KEYS,
  ROLES,
  SCROLL_AMOUNTS,
  SCROLL_DIRECTIONS,
  SCROLL_POSITIONS,
  SHORTCUTS,
  VIEW_WIDTHS,
} from './limits.ts';
import { CharterSlug, Day, KeyedHash, RecordId, Split, subsetOf } from './primitives.ts';
import { Target } from './target.ts';

const ViewIndex = z
  .int()
  .min(0)
  .max(MAX_EPISODE_VIEWS - 1);
/** Counts of visible interactive elements, zero where a role or landmark is missing. */
const Inventory = z.strictObject({
  roles: z.partialRecord(z.enum(INTERACTIVE_ROLES), z.enum(COUNT_BUCKETS)),
  landmarks: z.partialRecord(z.enum(LANDMARKS), z.enum(COUNT_BUCKETS)),
});

/** What of a view could not be seen. */
const Coverage = z.strictObject({
  unreachableFrames: z.enum(COUNT_BUCKETS).meta({ description: 'Frames that recording could not reach.' }),
  closedShadowRoots: z.enum(COUNT_BUCKETS).meta({ description: 'Custom elements whose inside is closed.' }),
  canvasShareQuarters: z
    .int()
    .min(0)
    .max(4)
    .meta({ description: 'Share of the viewport that is canvas.', unit: 'quarters' }),
});

export const View = z.strictObject({
  app: CharterSlug.meta({
    description: "Label of the app from the charter's list.",
    reason: 'Which app the work was in.',
  }),
  viewKey: KeyedHash.meta({
    description: "Keyed hash of the route's shape: words of a public list only, no query, no fragment.",
    reason: 'The same view again.',
  }),
  navigation: z.enum(NAVIGATIONS).meta({
    description:
      'How the view came about: newTab is the first of a tab that was opened for it, resize one that became narrow or wide.',
    reason: 'Navigation.',
  }),
  width: z.enum(VIEW_WIDTHS).meta({
    description: 'Viewport width: narrow below 1024 px.',
    reason: 'Pages lay themselves out for small screens.',
  }),
  pointerType: z.enum(POINTER_TYPES).meta({ description: 'Primary pointer: mouse or other.' }),
  inventory: Inventory.meta({
    description: 'Visible interactive elements by role and by landmark, in buckets.',
    reason: 'What could have been done instead.',
  }),
  coverage: Coverage.meta({ description: 'What of the view could not be seen.', reason: 'Honest gaps.' }),
});
export type View = z.infer<typeof View>;

export const Step = z.strictObject({
  action: z.enum(ACTIONS).meta({
    description:
      'What was done. A tabSwitch leads to the tab of its view, from whichever; a windowFocus back to its window.',
    reason: 'The action.',
  }),
  view: ViewIndex.meta({ description: 'Index into the views of the episode.' }),
  pauseBeforeMs: z.literal([...PAUSE_BUCKETS_MS]).meta({
    description: 'Time since the step before, as the lower end of its bucket.',
    unit: 'ms',
    reason: 'Hesitation.',
  }),
  target: Target.optional().meta({ description: 'What it was done to.' }),
  destination: Target.optional().meta({ description: 'Where a drag ended.' }),
  pathFlags: subsetOf(PATH_FLAGS).meta({
    description: 'How the pointer came there, computed in the page.',
    reason: 'Hesitation and correction.',
  }),
  scrollPosition: z
    .enum(SCROLL_POSITIONS)
    .meta({ description: 'Where the page was scrolled to before the step.', reason: 'State before.' }),
  focusedRole: z.enum(ROLES).optional().meta({
    description: 'Role of what had the focus before the step; absent if nothing had.',
    reason: 'State before.',
  }),
  effect: z
    .enum(EFFECTS)
    .meta({ description: 'What happened within 1 s or by the next step.', reason: 'Outcome of the action.' }),
  keyboard: z
    .boolean()
    .optional()
    .meta({ description: 'Whether a click was made by keyboard.', reason: 'Manner.' }),
  key: z.enum(PRESS_KEYS).optional().meta({ description: 'Which key a press was.' }),
  shortcut: z.enum(SHORTCUTS).optional().meta({ description: 'Which shortcut it was.' }),
  direction: z
    .enum(SCROLL_DIRECTIONS)
    .optional()
    .meta({ description: 'Where a scroll went; of a zoom, up is in and down is out.' }),
  amount: z.enum(SCROLL_AMOUNTS).optional().meta({ description: 'How far a scroll went.' }),
  length: z
    .enum(LENGTH_BUCKETS)
    .optional()
    .meta({ description: 'How many keys or other inputs a typing step had.' }),
  navigation: z.enum(NAVIGATIONS).optional().meta({ description: 'How a view change came about.' }),
  task: CharterSlug.optional().meta({ description: "The task marked, from the charter's list." }),
});
export type Step = z.infer<typeof Step>;

const Gap = z.strictObject({
  afterStep: z
    .int()
    .min(-1)
    .max(MAX_EPISODE_STEPS - 1)
    .meta({ description: 'Index of the step it follows; -1 before the first.' }),
  reason: z.enum(GAP_REASONS).meta({ description: 'Why something is missing.' }),
});
export type Gap = z.infer<typeof Gap>;

export const Episode = z
  .strictObject({
    kind: z.literal('episode'),
    recordId: RecordId,
    recordedOn: Day.meta({
      description: 'UTC day of recording; published as ISO week.',
      reason: 'Retention.',
    }),
    views: z
      .array(View)
      .min(1)
      .max(MAX_EPISODE_VIEWS)
      .meta({ description: 'The views the work was done in, in order of first use.' }),
    steps: z
      .array(Step)
      .min(1)
      .max(MAX_EPISODE_STEPS)
      .meta({ description: 'The steps in order.', reason: 'Workflow.' }),
    gaps: z.array(Gap).max(50).meta({ description: 'What is missing, and why.', reason: 'Honest gaps.' }),
    outcome: z
      .enum(OUTCOMES)
      .meta({ description: 'Outcome, where the person gave one.', reason: 'Success or failure.' }),
    split: Split.optional().meta({
      description: 'Person-disjoint bucket for train and test, drawn per kind.',
      reason: 'Honest evaluation.',
    }),
  })
  .superRefine((episode, context) => {
    episode.steps.forEach((step, index) => {
      if (step.view >= episode.views.length) {
        context.addIssue({
          code: 'custom',
          path: ['steps', index, 'view'],
          message: 'names a view that is not there',
        });
      }
    });
  })
  .meta({ description: 'The ordered steps of one task or burst of work.', scope: 'workflow' });
export type Episode = z.infer<typeof Episode>;
