/**
 * Steps that have happened -> the steps reported, in order, each with its effect known.
 *
 * In the page. A step waits here until what came of it is clear (1 s, or the next thing the person does), so that
 * the background gets complete steps only. A key whose consequence has a name of its own (a click, a scroll, a
 * choice) is retold as that, so that one action is one step. Knows nothing of the page; times are epoch ms.
 */
import { EFFECT_WINDOW_MS, type Effect } from '../trace/limits.ts';
import type { RawFragment, RawStep, RawView } from './fragments.ts';

/** A step without its effect; whoever adds it may correct it while it waits. */
export type StepDraft = Omit<RawStep, 'kind' | 'effect'>;

export interface PendingStep {
  step: StepDraft;
  /** What it was done to, to see afterwards whether its states changed. */
  control: Element | undefined;
  focusedBefore: Element | null;
  effect: Effect;
  /** Whether its effect was looked for: once the next action has begun, what is seen may be of that one. */
  isObserved: boolean;
  /** When it is reported at the latest; Infinity while it still goes on. */
  dueMs: number;
}

export interface StepOptions {
  control?: Element | undefined;
  focusedBefore?: Element | null;
  /** It came of what the person did before, and so does not end the wait for that one's effect. */
  consequence?: boolean;
  /** Stays with this step, which it may be merged into. */
  beside?: PendingStep | undefined;
  /** It goes on until `finish`. */
  open?: boolean;
}

export interface StepLedger {
  add: (step: StepDraft, options?: StepOptions) => PendingStep;
  /** Takes back a step that turned out to be part of another. */
  remove: (pending: PendingStep) => void;
  /** An open step has ended; its effect is waited for from then on. */
  finish: (pending: PendingStep, endedMs: number) => void;
  isPending: (pending: PendingStep | undefined) => pending is PendingStep;
  /** The last step that still waits and is as described. */
  findPending: (matches: (pending: PendingStep) => boolean) => PendingStep | undefined;
  /** The next action begins: what came of those that wait is looked for now. */
  beginNext: (byKey: boolean) => void;
  /** Something came of the steps that wait; the more telling effect stays. */
  noteEffect: (effect: Effect) => void;
  /** Another document is being fetched: what waits is kept back for a while, to be told as `viewChanged`. */
  awaitNavigation: () => void;
  /** The document that was awaited will not come. */
  failNavigation: () => void;
  /** A view has begun: `build` is called before anything in it is reported, or when `complete` is. */
  addView: (build: () => RawView) => { complete: () => void };
  /** Reports everything that waits. */
  close: () => void;
  /** Called before anything is added, so that a watcher can settle what it has left open. */
  beforeAdd: (settle: () => void) => void;
}

export interface LedgerParts {
  report: (fragment: RawFragment) => void;
  /** What can be seen of a step's effect by looking at its control. */
  observeEffect: (pending: PendingStep) => Effect;
  nowMs: () => number;
  /** Calls back after a delay; gives what cancels it. */
  later: (delayMs: number, callback: () => void) => () => void;
}

const NAVIGATION_WAIT_MS = 5000;
/** Most telling first. */
const EFFECT_ORDER: readonly Effect[] = [
  'viewChanged',
  'navigationFailed',
  'dialogOpened',
  'formInvalid',
  'stateChanged',
  'focusMoved',
  'none',
];

interface PendingView {
  step?: undefined;
  build: () => RawView;
  dueMs: number;
}

export function createStepLedger({ report, observeEffect, nowMs, later }: LedgerParts): StepLedger {
  let pending: (PendingStep | PendingView)[] = [];
  let cancelTimer: (() => void) | undefined;
  let timerMs = Infinity;
  /** Until when the page going away counts as a navigation that the steps which wait have caused. */
  let navigatingUntilMs = 0;
  let isSettling = false;
  const settlers: (() => void)[] = [];

  function settleOthers(): void {
    if (isSettling) return;
    isSettling = true;
    for (const settle of settlers) settle();
    isSettling = false;
  }

  const pendingSteps = () => pending.filter((waiting): waiting is PendingStep => waiting.step !== undefined);

  function add(step: StepDraft, options: StepOptions = {}): PendingStep {
    settleOthers();
    const isBeside = options.beside && pending.includes(options.beside);
    if (!options.consequence && !isBeside) reportUntil(Infinity);
    const added: PendingStep = {
      step,
      control: options.control,
      focusedBefore: options.focusedBefore ?? null,
      effect: 'none',
      isObserved: false,
      dueMs: options.open ? Infinity : nowMs() + EFFECT_WINDOW_MS,
    };
    pending.push(added);
    schedule();
    return added;
  }

  function noteEffect(effect: Effect): void {
    settleOthers();
    for (const waiting of pendingSteps()) raise(waiting, effect);
  }

  function raise(waiting: PendingStep, effect: Effect): void {
    // A view that gives way to the next is a step of its own, not the effect of the first.
    if (waiting.step.action === 'viewChange') return;
    if (EFFECT_ORDER.indexOf(effect) < EFFECT_ORDER.indexOf(waiting.effect)) waiting.effect = effect;
  }

  function observe(waiting: PendingStep): void {
    if (!waiting.isObserved) raise(waiting, observeEffect(waiting));
    waiting.isObserved = true;
  }

  function awaitNavigation(): void {
    settleOthers();
    navigatingUntilMs = nowMs() + NAVIGATION_WAIT_MS;
    for (const waiting of pendingSteps()) waiting.dueMs = navigatingUntilMs;
    schedule();
  }

  function failNavigation(): void {
    if (nowMs() <= navigatingUntilMs) noteEffect('navigationFailed');
    navigatingUntilMs = 0;
  }

  function addView(build: () => RawView): { complete: () => void } {
    settleOthers();
    reportUntil(Infinity);
    // What was awaited has come, without another document.
    navigatingUntilMs = 0;
    const view: PendingView = { build, dueMs: Infinity };
    pending.push(view);
    return {
      complete: () => {
        view.dueMs = 0;
        reportUntil(nowMs());
      },
    };
  }

  /** In order: what is behind one that still waits, waits too. */
  function reportUntil(untilMs: number): void {
    while (pending[0] && pending[0].dueMs <= untilMs) {
      const waiting = pending.shift()!;
      if (waiting.step) observe(waiting);
      report(waiting.step ? { kind: 'step', ...waiting.step, effect: waiting.effect } : waiting.build());
    }
    schedule();
  }

  /** A timer that comes too early looks again; to set one anew for each step costs more. */
  function schedule(): void {
    const dueMs = pending[0]?.dueMs ?? Infinity;
    if (dueMs >= timerMs) return;
    cancelTimer?.();
    timerMs = dueMs;
    cancelTimer = later(Math.max(0, dueMs - nowMs()), () => {
      timerMs = Infinity;
      reportUntil(nowMs());
    });
  }

  return {
    add,
    noteEffect,
    awaitNavigation,
    failNavigation,
    addView,
    beginNext: (byKey) => {
      // Typing goes on with the next key.
      for (const waiting of pendingSteps()) if (!byKey || waiting.dueMs < Infinity) observe(waiting);
    },
    remove: (step) => void (pending = pending.filter((waiting) => waiting !== step)),
    finish: (step, endedMs) => {
      step.dueMs = Math.min(step.dueMs, endedMs + EFFECT_WINDOW_MS);
      schedule();
    },
    isPending: (step): step is PendingStep => step !== undefined && pending.includes(step),
    findPending: (matches) => pendingSteps().findLast(matches),
    close: () => {
      settleOthers();
      if (nowMs() <= navigatingUntilMs) noteEffect('viewChanged');
      navigatingUntilMs = 0;
      reportUntil(Infinity);
    },
    beforeAdd: (settle) => void settlers.push(settle),
  };
}
