/**
 * One message of raw fragments -> records and generalized steps, for the scopes that are switched on.
 *
 * In the background, between parsing and the queue. What a scope that is off would have made is dropped here, even
 * if a page sent it.
 */
import type { RawFragment, RawMessage, RawView } from '../capture/fragments.ts';
import { routeShape } from '../capture/route-shape.ts';
import type { Scope } from '../charter/charter.ts';
import type { View } from '../trace/episode.ts';
import type { GapReason } from '../trace/limits.ts';
import { onLocalGrid, type GeneralStep } from '../trace/held-step.ts';
import type { Random } from '../trace/random.ts';
import { generalizeStep, generalizeView } from './generalize.ts';
import type { KeyedHasher } from './keyed-hash.ts';
import type { UnlinkedLevel } from './levels.ts';
import { protectMovement, type MotionContent } from './protect-movement.ts';
import { protectTyping, type RhythmContent } from './protect-typing.ts';

export interface FragmentContext {
  scopes: readonly Scope[];
  level: UnlinkedLevel;
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
  steps: {
    atMs: number;
    viewId: string;
    view: View;
    step: GeneralStep | undefined;
    gap: GapReason | undefined;
  }[];
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
      const content = protectMovement(fragment, level, random);
      if (content !== undefined) made.records.push({ content, app, startMs: onLocalGrid(fragment.atMs) });
      return;
    }
    case 'typingRun':
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

/** A view that its top frame has not told of yet, as when a frame in it is faster: known by its route alone. */
async function unseenView(viewId: string, atMs: number, context: FragmentContext) {
  const raw: RawView = {
    kind: 'view',
    atMs,
    // The path of the tab's address, reduced to its shape and hashed; no query and no fragment.
    routeShape: routeShape(new URL(context.topUrl).pathname),
    navigation: 'load',
    viewportWidthPx: 0,
    viewportHeightPx: 0,
    pixelRatio: 1,
    pointerType: 'mouse',
    inventory: { roles: {}, landmarks: {} },
    coverage: { unreachableFrames: 0, closedShadowRoots: 0, canvasShare: 0 },
  };
  return { viewId, view: await generalizeView(raw, context.app, context.hasher) };
}
