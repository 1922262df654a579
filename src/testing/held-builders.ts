/**
 * Builders for tests of what rests on the device: generalized targets, views, steps and the records beside them.
 */
import type { View } from '../trace/episode.ts';
import type { GeneralStep, HeldStep } from '../trace/held-step.ts';
import type { Motion } from '../trace/motion.ts';
import type { Rhythm } from '../trace/rhythm.ts';
import type { Target } from '../trace/target.ts';
import type { SessionRow } from '../queue/sessions.ts';
import { NOON_MS } from './builders.ts';

const RECORD_ID = 'AAAAAAAAAAAAAAAAAAAAAA';
export const RECORDED_ON = '2026-11-23';

/** In the middle column of the fourth row, 64 by 32 px. */
export function aGeneralTarget(changes: Partial<Target> = {}): Target {
  return {
    tag: 'button',
    role: 'button',
    states: [],
    gridX: 6,
    gridY: 3,
    widthLog2: 6,
    heightLog2: 5,
    depth: 2,
    siblings: '2-4',
    landmark: 'main',
    listSize: '0',
    ...changes,
  };
}

export function aGeneralView(changes: Partial<View> = {}): View {
  return {
    app: 'desk',
    viewKey: 'AAAAAAAAAAA',
    navigation: 'load',
    width: 'wide',
    pointerType: 'mouse',
    inventory: { roles: { button: '2-4' }, landmarks: { main: '1' } },
    coverage: { unreachableFrames: '0', closedShadowRoots: '0', canvasShareQuarters: 0 },
    ...changes,
  };
}

export function aGeneralStep(changes: Partial<GeneralStep> = {}): GeneralStep {
  return {
    action: 'click',
    target: aGeneralTarget(),
    pathFlags: [],
    scrollPosition: 'top',
    effect: 'none',
    ...changes,
  };
}

export function aHeldStep(changes: Partial<HeldStep> = {}): HeldStep {
  return {
    sequence: 0,
    startMs: NOON_MS,
    charter: 'A'.repeat(43),
    level: 'balanced',
    split: undefined,
    viewId: 'view',
    view: aGeneralView(),
    step: aGeneralStep(),
    gap: undefined,
    ...changes,
  };
}

/** To the right and down: 96 px and 32 px in a fifth of a second. */
export function aMotionRecord(changes: Partial<Motion> = {}): Motion {
  return {
    kind: 'motion',
    recordId: RECORD_ID,
    recordedOn: RECORDED_ON,
    path: { dtMs: [100, 100], dxPx: [32, 64], dyPx: [0, 32] },
    end: 'click',
    endOffset: { xQuarters: 0, yQuarters: 0 },
    ...changes,
  };
}

export function aRhythmRecord(changes: Partial<Rhythm> = {}): Rhythm {
  return {
    kind: 'rhythm',
    recordId: RECORD_ID,
    recordedOn: RECORDED_ON,
    keyClass: ['char', 'char', 'char', 'backspace', 'char', 'char', 'char', 'enter'],
    intervalMs: [104, 113, 128, 104, 113, 128, 104],
    ...changes,
  };
}

/** Half an hour in one app, all of it on hold. */
export function aSession(changes: Partial<SessionRow> = {}): SessionRow {
  const startMs = changes.startMs ?? NOON_MS;
  return {
    sessionId: 1,
    app: 'desk',
    startMs,
    endMs: startMs + 1_800_000,
    counts: { motion: 4, rhythm: 1, step: 12, trace: 0 },
    unsent: 17,
    sent: 0,
    deleted: 0,
    nextDueAtMs: startMs + 24 * 3_600_000,
    lastDueAtMs: startMs + 48 * 3_600_000,
    ...changes,
  };
}
