/**
 * Raw fragments: complete pieces of interaction as the page hands them to the background.
 *
 * They exist in memory only, between the page and `anonymize`; nothing raw is ever written to disk or leaves the
 * device. Even so they hold no text: places, times, closed lists, and two structural descriptions (of a route and
 * of an element's place) that the background turns into keyed hashes at once.
 * The content script imports the types of this file only; the schemas run in the background.
 *
 * Places are CSS px in the viewport of the top frame; times are epoch ms from the page's monotonic clock
 * (`performance.timeOrigin + event.timeStamp`).
 */
import { z } from 'zod';
import {
  ACTIONS,
  EFFECTS,
  GAP_REASONS,
  INPUT_TYPES,
  INTERACTIVE_ROLES,
  LANDMARKS,
  MAX_MESSAGE_FRAGMENTS,
  MOVEMENT_ENDS,
  NAVIGATIONS,
  PATH_FLAGS,
  POINTER_TYPES,
  PRESS_KEYS,
  ROLES,
  SCROLL_AMOUNTS,
  SCROLL_DIRECTIONS,
  SCROLL_POSITIONS,
  SHORTCUTS,
  STATES,
  TAGS,
} from '../trace/limits.ts';
import { integerColumn } from '../trace/primitives.ts';
import { TERMS } from '../trace/vocabulary.ts';

const EpochMs = z.number().min(0).max(8.64e15);
const DurationMs = z.number().min(0).max(86_400_000);
const Px = z.number().min(-1_000_000).max(1_000_000);
const Count = z.int().min(0).max(100_000);

/** Key classes as the page tells them; `anonymize` merges them further. */
export const RAW_KEY_CLASSES = [
  'letter',
  'digit',
  'punctuation',
  'space',
  'backspace',
  'enter',
  'navigation',
] as const;
export type RawKeyClass = (typeof RAW_KEY_CLASSES)[number];

export const RawTarget = z.strictObject({
  tag: z.enum(TAGS),
  role: z.enum(ROLES),
  inputType: z.enum(INPUT_TYPES).optional(),
  states: z.array(z.enum(STATES)).max(STATES.length),
  xPx: Px,
  yPx: Px,
  widthPx: Px,
  heightPx: Px,
  /** Size of the top frame's viewport at that moment; 0 where it could not be known. */
  viewportWidthPx: Px,
  viewportHeightPx: Px,
  depth: Count,
  siblings: Count,
  landmark: z.enum(LANDMARKS),
  listSize: Count,
  /** Path of tag names, roles and places among siblings; no ids, classes or text. Hashed in the background. */
  structure: z.string().max(2000),
  term: z.enum(TERMS).optional(),
});
export type RawTarget = z.infer<typeof RawTarget>;

const sampleColumn = (bound: number) =>
  integerColumn({ minimum: -bound, maximum: bound, minItems: 3, maxItems: 512 });

/** One movement of the pointer, sampled at most every 50 ms, the resting point kept. */
export const RawMovement = z
  .strictObject({
    kind: z.literal('movement'),
    /** When it ended. */
    atMs: EpochMs,
    /** Time, place and place of each sample; time since the first. */
    timeMs: sampleColumn(60_000),
    xPx: sampleColumn(1_000_000),
    yPx: sampleColumn(1_000_000),
    end: z.enum(MOVEMENT_ENDS),
    pauseBeforeMs: DurationMs,
    pointerType: z.enum(POINTER_TYPES),
    nestedScroller: z.boolean(),
    /** What it ended on. */
    target: RawTarget.nullable(),
  })
  .refine(
    (movement) =>
      movement.timeMs.length === movement.xPx.length && movement.xPx.length === movement.yPx.length,
  );
export type RawMovement = z.infer<typeof RawMovement>;

const keyColumn = (minimum: number, maximum: number) =>
  integerColumn({ minimum, maximum, minItems: 1, maxItems: 2000 });

/** One typing run: from the first key in a field to a field change, a blur, a 5 s pause or 2,000 keys. */
export const RawTypingRun = z
  .strictObject({
    kind: z.literal('typingRun'),
    /** When the last key of it went down. */
    atMs: EpochMs,
    /** Index into `RAW_KEY_CLASSES`. */
    keyClass: keyColumn(0, RAW_KEY_CLASSES.length - 1),
    /** Key down, since the first. */
    downMs: keyColumn(0, 86_400_000),
    /** How long it stayed down; -1 if not known. */
    holdMs: keyColumn(-1, 86_400_000),
  })
  .refine((run) => run.keyClass.length === run.downMs.length && run.downMs.length === run.holdMs.length);
export type RawTypingRun = z.infer<typeof RawTypingRun>;

/** One step of a workflow, with its effect already known. */
export const RawStep = z.strictObject({
  kind: z.literal('step'),
  action: z.enum(ACTIONS),
  /** When the person began it. */
  atMs: EpochMs,
  target: RawTarget.optional(),
  destination: RawTarget.optional(),
  pathFlags: z.array(z.enum(PATH_FLAGS)).max(PATH_FLAGS.length),
  scrollPosition: z.enum(SCROLL_POSITIONS),
  focusedRole: z.enum(ROLES).optional(),
  effect: z.enum(EFFECTS),
  keyboard: z.boolean().optional(),
  key: z.enum(PRESS_KEYS).optional(),
  shortcut: z.enum(SHORTCUTS).optional(),
  direction: z.enum(SCROLL_DIRECTIONS).optional(),
  amount: z.enum(SCROLL_AMOUNTS).optional(),
  /** Keys of a typing step that gave or took a character. */
  keyCount: Count.optional(),
  navigation: z.enum(NAVIGATIONS).optional(),
});
export type RawStep = z.infer<typeof RawStep>;

/** A view of the top frame: sent before the first step in it. */
export const RawView = z.strictObject({
  kind: z.literal('view'),
  atMs: EpochMs,
  /** Path of the route with everything but public words replaced; no query, no fragment. Hashed in the background. */
  routeShape: z.string().max(500),
  navigation: z.enum(NAVIGATIONS),
  viewportWidthPx: Px,
  pointerType: z.enum(POINTER_TYPES),
  inventory: z.strictObject({
    roles: z.partialRecord(z.enum(INTERACTIVE_ROLES), Count),
    landmarks: z.partialRecord(z.enum(LANDMARKS), Count),
  }),
  coverage: z.strictObject({
    unreachableFrames: Count,
    closedShadowRoots: Count,
    canvasShare: z.number().min(0).max(1),
  }),
});
export type RawView = z.infer<typeof RawView>;

/** Something is missing here, and why. */
export const RawGap = z.strictObject({ kind: z.literal('gap'), atMs: EpochMs, reason: z.enum(GAP_REASONS) });
export type RawGap = z.infer<typeof RawGap>;

export const RawFragment = z.discriminatedUnion('kind', [
  RawMovement,
  RawTypingRun,
  RawStep,
  RawView,
  RawGap,
]);
export type RawFragment = z.infer<typeof RawFragment>;

/** What one frame sends at a time; `number` grows by one with each message of a frame, so a repeat is recognised. */
export const RawMessage = z.strictObject({
  /** Random, new for each frame that is recorded. */
  frame: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  number: z.int().min(0).max(1e9),
  /** What the frame was allowed to record under when it captured this. */
  permit: z.string().max(100),
  /** Where the frame's viewport lies in the browser's window: of a top frame, or of one that cannot see it. */
  windowPlace: z.strictObject({ xPx: Px, yPx: Px, widthPx: Px, heightPx: Px }).optional(),
  /** Main-thread time that recording took in this frame since its last message: shown to the person, in no record. */
  workMs: z.number().min(0).max(86_400_000).optional(),
  /** The page is left or hidden, and with this the frame has handed over all that it had. */
  isLast: z.literal(true).optional(),
  fragments: z.array(RawFragment).max(MAX_MESSAGE_FRAGMENTS),
});
export type RawMessage = z.infer<typeof RawMessage>;
