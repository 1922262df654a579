/**
 * Builders for tests: a valid thing, with whatever the test is about put in its place.
 */
import type { Charter } from '../charter/charter.ts';
import { parseCharter } from '../charter/charter.ts';
import type { RawMovement, RawStep, RawTarget, RawTypingRun, RawView } from '../capture/fragments.ts';

/** 2026-11-23T12:00:00Z. */
export const NOON_MS = Date.UTC(2026, 10, 23, 12);

export function aCharter(changes: Partial<Charter> = {}): Charter {
  const parsed = parseCharter({
    organization: 'Example GmbH',
    contact: 'privacy@example.com',
    purpose: 'agent-training',
    collectorUrl: 'https://collector.example.com',
    apps: [{ label: 'desk', matches: ['https://desk.example.com/*'] }],
    scopes: ['pointer', 'keys', 'workflow'],
    retentionDays: 365,
    expectedParticipants: 50,
    notice: { version: 1, text: 'We record how you work, not what you write.' },
    ...changes,
  });
  if (!parsed.ok) throw new Error(parsed.problems.join('; '));
  return parsed.charter;
}

export function aTarget(changes: Partial<RawTarget> = {}): RawTarget {
  return {
    tag: 'button',
    role: 'button',
    states: [],
    xPx: 100,
    yPx: 100,
    widthPx: 80,
    heightPx: 32,
    viewportWidthPx: 1280,
    viewportHeightPx: 800,
    depth: 9,
    siblings: 3,
    landmark: 'main',
    listSize: 0,
    structure: 'html>body>main>button:1',
    ...changes,
  };
}

/** A straight movement to the right, sampled every 50 ms. */
export function aMovement(changes: Partial<RawMovement> = {}): RawMovement {
  return {
    kind: 'movement',
    atMs: NOON_MS,
    timeMs: [0, 50, 100, 150],
    xPx: [10, 40, 80, 100],
    yPx: [100, 100, 100, 100],
    end: 'click',
    pauseBeforeMs: 300,
    pointerType: 'mouse',
    nestedScroller: false,
    target: aTarget(),
    ...changes,
  };
}

/** A run of letters at an even pace, unless the test brings its own keys. */
export function aTypingRun(keyCount: number, changes: Partial<RawTypingRun> = {}): RawTypingRun {
  return {
    kind: 'typingRun',
    atMs: NOON_MS,
    keyClass: Array.from({ length: keyCount }, () => 0),
    downMs: Array.from({ length: keyCount }, (_, index) => index * 150),
    holdMs: Array.from({ length: keyCount }, () => 90),
    ...changes,
  };
}

export function aStep(changes: Partial<RawStep> = {}): RawStep {
  return {
    kind: 'step',
    action: 'click',
    atMs: NOON_MS,
    target: aTarget(),
    pathFlags: [],
    scrollPosition: 'top',
    effect: 'none',
    ...changes,
  };
}

export function aView(changes: Partial<RawView> = {}): RawView {
  return {
    kind: 'view',
    atMs: NOON_MS,
    routeShape: '/tickets/:id',
    navigation: 'load',
    viewportWidthPx: 1280,
    pointerType: 'mouse',
    inventory: { roles: { button: 3 }, landmarks: { main: 1 } },
    coverage: { unreachableFrames: 0, closedShadowRoots: 0, canvasShare: 0 },
    ...changes,
  };
}
