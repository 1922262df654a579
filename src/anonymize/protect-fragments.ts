/**
 * One message of raw fragments -> records and generalized steps, for the scopes that are switched on.
 *
 * In the background, between parsing and the queue. What a scope that is off would have made is dropped here, even
 * if a page sent it. At level `linked` there are no records yet: movements and typing runs are held with the steps.
 */
import type { RawFragment, RawMessage, RawMovement, RawTypingRun, RawView } from '../capture/fragments.ts';
import { routeShape } from '../capture/route-shape.ts';
import type { Level, Scope } from '../charter/charter.ts';
import type { View } from '../trace/episode.ts';
import { onLocalGrid, type LinkedContent, type StepContent } from '../trace/held-step.ts';
import { NARROW_BELOW_PX } from '../trace/limits.ts';
import type { Random } from '../trace/random.ts';
import { movementPause } from './buckets.ts';
import { packPath } from '../trace/packed-path.ts';
import { generalizeStep, generalizeView } from './generalize.ts';
import type { KeyedHasher } from './keyed-hash.ts';
import { protectMovement, sizeLog2, type MotionContent } from './protect-movement.ts';
import { protectTyping, type RhythmContent } from './protect-typing.ts';
import { protectWholeRun } from './protect-whole-run.ts';

export interface FragmentContext {
  scopes: readonly Scope[];
  level: Level;
  /** Label of the app that the frame belongs to. */
  app: string;
  isTopFrame: boolean;
  topUrl: string;
  /** The view that the tab shows, if its top frame has told one. */
  tabView: { viewId: string; view: View } | undefined;
  hasher: KeyedHasher;
  random: Random;
}

export interface ProtectedFragments {
  records: { content: MotionContent | RhythmContent; app: string; startMs: number }[];
  /** What becomes part of an episode or a trace, with the time at which it began. */
  steps: ({ atMs: number } & (StepContent | LinkedContent))[];
  /** The view that the tab shows after this message; undefined if the message does not tell. */
  tabView: { viewId: string; view: View } | undefined;
}

export async function protectFragments(
  message: RawMessage,
  context: FragmentContext,
): Promise<ProtectedFragments> {
  const made: ProtectedFragments = { records: [], steps: [], tabView: undefined };
  for (const [index, fragment] of message.fragments.entries()) {
    const isOn = context.scopes.includes(SCOPE_OF[fragment.kind]);
    if (isOn)
      await protectOne(
        fragment,
        { local: `${message.frame}.${message.number}.${index}`, unseen: `${message.frame}.unseen` },
        context,
        made,
      );
  }
  return made;
}

const SCOPE_OF: Record<RawFragment['kind'], Scope> = {
  movement: 'pointer',
  typingRun: 'keys',
  step: 'workflow',
  view: 'workflow',
  gap: 'workflow',
};

async function protectOne(
  fragment: RawFragment,
  ids: { local: string; unseen: string },
  context: FragmentContext,
  made: ProtectedFragments,
) {
  const { app, level, hasher, random, isTopFrame } = context;
  switch (fragment.kind) {
    case 'movement': {
      if (level === 'linked') {
        made.steps.push(...linkedMovement(fragment, app, random));
        return;
      }
      const content = protectMovement(fragment, level, random);
      if (content !== undefined) made.records.push({ content, app, startMs: onLocalGrid(fragment.atMs) });
      return;
    }
    case 'typingRun':
      if (level === 'linked') {
        made.steps.push(linkedRun(fragment, app));
        return;
      }
      for (const content of protectTyping(fragment, level, random)) {
        made.records.push({ content, app, startMs: onLocalGrid(fragment.atMs) });
      }
      return;
    case 'view':
      // Only the top frame shows a view of its own; its frames are parts of it.
      if (isTopFrame) made.tabView = { viewId: ids.local, view: await generalizeView(fragment, app, hasher) };
      return;
    case 'step':
    case 'gap': {
      const tabView =
        made.tabView ?? context.tabView ?? (await unseenView(ids.unseen, fragment.atMs, context));
      made.steps.push({
        atMs: fragment.atMs,
        ...tabView,
        step: fragment.kind === 'step' ? await generalizeStep(fragment, app, hasher) : undefined,
        gap: fragment.kind === 'gap' ? fragment.reason : undefined,
      });
    }
  }
}

/** A movement tells when it ended; in a trace it stands where it began. */
function linkedMovement(raw: RawMovement, app: string, random: Random): ProtectedFragments['steps'] {
  const content = protectMovement(raw, 'linked', random);
  if (content === undefined) return [];
  const { end, endOffset, path } = content;
  const spanMs = Math.max(...raw.timeMs) - raw.timeMs[0]!;
  const { target, pointerType, nestedScroller, pauseBeforeMs } = raw;
  const pauseBefore = movementPause(pauseBeforeMs);
  const ended = target && {
    role: target.role,
    widthLog2: sizeLog2(target.widthPx),
    heightLog2: sizeLog2(target.heightPx),
  };
  const whole = {
    path: packPath(path),
    end,
    pauseBefore,
    endOffset,
    target: ended,
    pointerType,
    nestedScroller,
  };
  return [{ atMs: Math.max(0, raw.atMs - spanMs), app, motion: whole }];
}

function linkedRun(raw: RawTypingRun, app: string): ProtectedFragments['steps'][number] {
  const spanMs = Math.max(0, raw.downMs.at(-1)! - raw.downMs[0]!);
  return { atMs: Math.max(0, raw.atMs - spanMs), app, rhythm: protectWholeRun(raw) };
}

/** A view that its top frame has not told of yet, as when a frame in it is faster: known by its route alone. */
async function unseenView(viewId: string, atMs: number, context: FragmentContext) {
  const raw: RawView = {
    kind: 'view',
    atMs,
    // The path of the tab's address, reduced to its shape and hashed; no query and no fragment.
    routeShape: routeShape(new URL(context.topUrl).pathname),
    navigation: 'load',
    // As most are.
    viewportWidthPx: NARROW_BELOW_PX,
    pointerType: 'mouse',
    inventory: { roles: {}, landmarks: {} },
    coverage: { unreachableFrames: 0, closedShadowRoots: 0, canvasShare: 0 },
  };
  return { viewId, view: await generalizeView(raw, context.app, context.hasher) };
}
