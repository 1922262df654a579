/**
 * Any raw fragment that the background would take from a page, hostile ones included: for property tests.
 *
 * Times that stand still or run backwards, jumps as far as the schema allows, targets of no or negative size, lists at
 * their longest. What these make is what `RawMessage` parses; a test holds them to that.
 */
import fc from 'fast-check';
import {
  RAW_KEY_CLASSES,
  type RawGap,
  type RawMovement,
  type RawStep,
  type RawTarget,
  type RawTypingRun,
  type RawView,
} from '../capture/fragments.ts';
import {
  ACTIONS,
  EFFECTS,
  GAP_REASONS,
  INPUT_TYPES,
  INTERACTIVE_ROLES,
  LANDMARKS,
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
import { TERMS } from '../trace/vocabulary.ts';
import { randomInt } from '../trace/random.ts';
import { NOON_MS } from './builders.ts';
import { seededRandom } from './seeded-random.ts';

const anyPx = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.double({ min: -1_000_000, max: 1_000_000, noNaN: true }),
  fc.constantFrom(0, -0, 1_000_000, -1_000_000),
);
const anyCount = fc.oneof(fc.nat(25), fc.nat(100_000));
const anyAtMs = fc.nat(86_400_000).map((sinceMs) => NOON_MS + sinceMs);
const anySubset = <Value extends string>(values: readonly Value[]) =>
  fc.array(fc.constantFrom(...values), { maxLength: values.length });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** Leaves out what is undefined, as the page does. */
const present = <Thing extends object>(thing: Thing) =>
  Object.fromEntries(Object.entries(thing).filter(([, value]) => value !== undefined)) as Thing;

export const anyTarget = fc
  .record({
    tag: fc.constantFrom(...TAGS),
    role: fc.constantFrom(...ROLES),
    inputType: maybe(fc.constantFrom(...INPUT_TYPES)),
    states: anySubset(STATES),
    xPx: anyPx,
    yPx: anyPx,
    widthPx: anyPx,
    heightPx: anyPx,
    viewportWidthPx: anyPx,
    viewportHeightPx: anyPx,
    depth: anyCount,
    siblings: anyCount,
    landmark: fc.constantFrom(...LANDMARKS),
    listSize: anyCount,
    structure: fc.string({ maxLength: 60 }),
    term: maybe(fc.constantFrom(...TERMS)),
  })
  .map(present) as fc.Arbitrary<RawTarget>;

/** Samples of a movement: drawn freely, standing still, or all at one time. */
const anySamples = fc
  .tuple(
    fc.constantFrom(3, 4, 12, 100, 512),
    fc.constantFrom(...(['free', 'still', 'no time', 'one axis', 'backwards'] as const)),
    fc.integer(),
    fc.constantFrom(4, 100, 2000, 1_000_000),
  )
  .map(([count, manner, seed, extentPx]) => {
    const random = seededRandom(seed);
    const upTo = (bound: number) => Array.from({ length: count }, () => randomInt(random, 2 * bound) - bound);
    const columns = {
      timeMs: upTo(60_000),
      xPx: upTo(extentPx),
      yPx: upTo(extentPx),
    };
    const times = columns.timeMs.toSorted((one, other) => one - other);
    switch (manner) {
      case 'still':
        return { ...columns, xPx: columns.xPx.map(() => 7), yPx: columns.yPx.map(() => -7) };
      case 'no time':
        return { ...columns, timeMs: columns.timeMs.map(() => 0) };
      case 'one axis':
        return { ...columns, timeMs: times, yPx: columns.yPx.map(() => 5) };
      case 'backwards':
        return { ...columns, timeMs: times.toReversed() };
      case 'free':
        return columns;
    }
  });

export const anyMovement: fc.Arbitrary<RawMovement> = fc
  .record({
    atMs: anyAtMs,
    samples: anySamples,
    end: fc.constantFrom(...MOVEMENT_ENDS),
    pauseBeforeMs: fc.nat(86_400_000),
    pointerType: fc.constantFrom(...POINTER_TYPES),
    nestedScroller: fc.boolean(),
    target: fc.option(anyTarget),
  })
  .map(({ samples, ...rest }) => ({ kind: 'movement', ...samples, ...rest }));

/** Keys of a run: at any pace, all at once, or with a clock that runs backwards; from 1 to 2,000 of them. */
export const anyTypingRun: fc.Arbitrary<RawTypingRun> = fc
  .tuple(
    anyAtMs,
    fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 90 }) },
      { weight: 1, arbitrary: fc.constantFrom(1, 2000) },
    ),
    fc.constantFrom('typing', 'free', 'at once', 'backwards'),
    fc.integer(),
  )
  .map(([atMs, count, manner, seed]) => {
    const random = seededRandom(seed);
    const column = (below: number) => Array.from({ length: count }, () => randomInt(random, below));
    let passedMs = 0;
    const typed = column(700).map((intervalMs) => (passedMs += intervalMs));
    const free = column(86_400_001);
    const downMs = {
      typing: typed,
      free,
      'at once': free.map(() => 1234),
      backwards: typed.toReversed(),
    }[manner];
    const holdMs = column(400).map((ms) => ms - 1);
    return { kind: 'typingRun', atMs, keyClass: column(RAW_KEY_CLASSES.length), downMs, holdMs };
  });

export const anyStep = fc
  .record({
    kind: fc.constant('step' as const),
    action: fc.constantFrom(...ACTIONS),
    atMs: anyAtMs,
    target: maybe(anyTarget),
    destination: maybe(anyTarget),
    pathFlags: anySubset(PATH_FLAGS),
    scrollPosition: fc.constantFrom(...SCROLL_POSITIONS),
    focusedRole: maybe(fc.constantFrom(...ROLES)),
    effect: fc.constantFrom(...EFFECTS),
    keyboard: maybe(fc.boolean()),
    key: maybe(fc.constantFrom(...PRESS_KEYS)),
    shortcut: maybe(fc.constantFrom(...SHORTCUTS)),
    direction: maybe(fc.constantFrom(...SCROLL_DIRECTIONS)),
    amount: maybe(fc.constantFrom(...SCROLL_AMOUNTS)),
    keyCount: maybe(anyCount),
    navigation: maybe(fc.constantFrom(...NAVIGATIONS)),
  })
  .map(present) as fc.Arbitrary<RawStep>;

export const anyView: fc.Arbitrary<RawView> = fc.record({
  kind: fc.constant('view'),
  atMs: anyAtMs,
  routeShape: fc.oneof(fc.string({ maxLength: 500 }), fc.webPath()).map((route) => route.slice(0, 500)),
  navigation: fc.constantFrom(...NAVIGATIONS),
  viewportWidthPx: anyPx,
  pointerType: fc.constantFrom(...POINTER_TYPES),
  inventory: fc.record({
    roles: fc.dictionary(fc.constantFrom(...INTERACTIVE_ROLES), anyCount),
    landmarks: fc.dictionary(fc.constantFrom(...LANDMARKS), anyCount),
  }),
  coverage: fc.record({
    unreachableFrames: anyCount,
    closedShadowRoots: anyCount,
    canvasShare: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
});

export const anyGap: fc.Arbitrary<RawGap> = fc.record({
  kind: fc.constant('gap'),
  atMs: anyAtMs,
  reason: fc.constantFrom(...GAP_REASONS),
});
