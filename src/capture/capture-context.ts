/**
 * What every watcher works with: the page, the scopes, where fragments go, and how to listen.
 *
 * In the page. The one place that registers listeners and timers: trusted events only, passive, in the capture
 * phase, gone with the signal, and a fault in any of them stops the recorder, never the page.
 */
import type { RawFragment, RawTarget } from './fragments.ts';
import type { Action } from '../trace/limits.ts';
import { createBudget } from './budget.ts';
import { describeTarget, nearestControl } from './describe-target.ts';
import { eventElement, focusedElement, isPageItself } from './element-tree.ts';
import type { LastingListeners } from './lasting-listeners.ts';
import { focusedRole, observeEffect, scrollPosition } from './page-state.ts';
import { createSensitiveFields, type SensitiveFields, type SensitiveMemory } from './sensitive-field.ts';
import {
  createStepLedger,
  type PendingStep,
  type StepDraft,
  type StepLedger,
  type StepOptions,
} from './step-ledger.ts';
import { createUserCauses, type UserCauses } from './user-cause.ts';
import { unclobbered } from './unclobbered.ts';

export type PageWindow = Window & typeof globalThis;
export type CaptureScope = 'pointer' | 'keys' | 'workflow';

/** How the document came to be recorded: watched from its start, open before, or back from the cache. */
export type Arrival = 'loading' | 'alreadyOpen' | 'restored';

export interface CaptureOptions {
  scopes: readonly CaptureScope[];
  arrival: Arrival;
  report: (fragment: RawFragment) => void;
  /** Is told of main-thread time that recording took. */
  noteWork: (workMs: number) => void;
  /** The page is being left or hidden and everything under way has been reported. */
  onLeaving: () => void;
  /** A watcher failed: the recording has to end. */
  onFault: (error: unknown) => void;
  /** Whether a frame of the same origin is recorded too. */
  isRecorded: (frame: Window) => boolean;
  /** Main-thread time that recording may take. */
  budgetMsPerMinute: number;
  /** Of that, what looking over a view may take. */
  inventoryBudgetMs?: number;
  /** Those of whoever starts capture, who may have some of its own. */
  listeners: LastingListeners;
  /** Fields that are known to be sensitive; whoever starts capture notes password fields before anything is pressed. */
  memory: SensitiveMemory;
  signal: AbortSignal;
}

type Listener<Type extends string> = (
  event: Type extends keyof WindowEventMap ? WindowEventMap[Type] : Event,
  atMs: number,
) => void;

type AnyListener = (event: never, atMs: number) => void;

export interface CaptureContext {
  page: PageWindow;
  arrival: Arrival;
  has: (scope: CaptureScope) => boolean;
  report: (fragment: RawFragment) => void;
  steps: StepLedger;
  causes: UserCauses;
  sensitive: SensitiveFields;
  /** Whether a frame of the same origin is recorded too, and may be spoken of. */
  isRecorded: (frame: Window) => boolean;
  /** Listens on the window or another target; the listener is given the event's time in epoch ms. */
  listen: <Type extends string>(type: Type, listener: Listener<Type>, target?: EventTarget) => void;
  /** The same for events that may not leave a shadow root: listens in each open one that is `met` as well. */
  listenInside: <Type extends string>(type: Type, listener: Listener<Type>) => void;
  /** Takes note of the open shadow roots that an event came through. */
  meetRoots: (event: Event) => void;
  /** The element an event happened on, unless nothing may be said of it. */
  openElement: (event: Event) => Element | undefined;
  later: (delayMs: number, callback: () => void) => () => void;
  /** Calls back when the page has nothing to do, after a second at the latest. */
  whenIdle: (callback: () => void) => void;
  /** Calls back once this long has passed since the last time given. */
  whenResting: (restMs: number, lastMs: () => number, callback: () => void) => void;
  nowMs: () => number;
  /** How far apart in time samples of the pointer are now, by what is left of the budget. */
  sampleMs: () => number;
  /** When the page is left or hidden, what is under way must be reported. */
  whenLeaving: (finish: () => void) => void;
  /** Describes the control that an element belongs to, or the element itself. */
  describe: (element: Element, isControl?: boolean) => RawTarget;
  /** Adds a step done to the control that an element belongs to; to nothing if it is the page itself. */
  addStep: (
    draft: Partial<StepDraft> & { action: Action; atMs: number },
    element?: Element,
    options?: StepOptions,
  ) => PendingStep;
  /** Adds what came of a step, which a page can also make by itself: only of a cause, and only so much of one. */
  addConsequence: (
    draft: Partial<StepDraft> & { action: Action; atMs: number },
    element: Element | undefined,
    control?: Element,
  ) => void;
  /** What a step says of the page before it. */
  stateBefore: () => Pick<StepDraft, 'scrollPosition' | 'focusedRole'>;
}

/** Of so many moves of the pointer one is measured. */
const MOVES_PER_MEASUREMENT = 16;

export function createCaptureContext(page: PageWindow, options: CaptureOptions): CaptureContext {
  const { signal } = options;
  const { document, performance } = page;
  const sensitive = createSensitiveFields(options.memory);
  const finishers: (() => void)[] = [];
  const insideListeners: [type: string, listener: (event: Event, atMs: number) => void][] = [];
  const metRoots = new WeakSet<ShadowRoot>();
  const originMs = performance.timeOrigin;
  const nowMs = () => originMs + performance.now();
  const how = { capture: true, passive: true, signal };
  const budget = createBudget(
    options.budgetMsPerMinute,
    () => {
      if (options.scopes.includes('workflow'))
        options.report({ kind: 'gap', atMs: nowMs(), reason: 'budget' });
    },
    options.noteWork,
  );

  /** The one wrapper: a fault of ours ends the recording and is never seen by the page. */
  function guarded(work: () => void): void {
    if (signal.aborted) return;
    const begunMs = performance.now();
    try {
      work();
    } catch (error) {
      options.onFault(error);
    }
    budget.spend(performance.now() - begunMs, begunMs);
  }

  function later(delayMs: number, callback: () => void): () => void {
    const timer = setTimeout(() => guarded(callback), delayMs);
    return () => clearTimeout(timer);
  }

  function whenResting(restMs: number, lastMs: () => number, callback: () => void): void {
    const leftMs = restMs - (nowMs() - lastMs());
    if (leftMs < 0) callback();
    else later(leftMs + 1, () => whenResting(restMs, lastMs, callback));
  }

  /** Of the window: the browser calls one of ours for each type, since a call costs more than most of what is done. */
  const listenersOf = new Map<string, AnyListener[]>();

  function listen(type: string, listener: AnyListener, target: EventTarget = page): void {
    const before = target === page ? listenersOf.get(type) : undefined;
    if (before) {
      before.push(listener);
      return;
    }
    const listeners = [listener];
    const handle = handlerOf(type, listeners);
    if (target === page) {
      listenersOf.set(type, listeners);
      options.listeners.add(type, handle, how);
    } else target.addEventListener(type, handle, how);
  }

  function handlerOf(type: string, listeners: readonly AnyListener[]): (event: Event) => void {
    // To measure is a cost itself, and moves of the pointer are many: one of so many stands for all.
    const measuredEach = type === 'pointermove' ? MOVES_PER_MEASUREMENT : 1;
    let unmeasured = 0;
    // As `guarded`, without its closure: this runs for every move of the pointer.
    return (event) => {
      if (!event.isTrusted) return;
      const isMeasured = ++unmeasured === measuredEach;
      const begunMs = isMeasured ? performance.now() : 0;
      const atMs = originMs + event.timeStamp;
      try {
        for (const listener of listeners) if (!signal.aborted) listener(event as never, atMs);
      } catch (error) {
        options.onFault(error);
      }
      if (!isMeasured) return;
      unmeasured = 0;
      budget.spend((performance.now() - begunMs) * measuredEach, begunMs);
    };
  }

  function listenIn(root: ShadowRoot): void {
    metRoots.add(root);
    for (const [type, listener] of insideListeners) {
      const ofThisRoot = (event: Event, atMs: number) => {
        // What goes further has been seen, or will be, by the root around it or by the window.
        if (event.composedPath().at(-1) === root) listener(event, atMs);
      };
      listen(type, ofThisRoot, root);
    }
  }

  const causes = createUserCauses();
  const steps = createStepLedger({
    report: (fragment) => {
      if (options.scopes.includes('workflow')) options.report(fragment);
    },
    observeEffect: (pending) => observeEffect(document, sensitive, pending),
    nowMs,
    later,
  });

  function describe(element: Element, isControl = false): RawTarget {
    return describeTarget(page, isControl ? element : nearestControl(element), element);
  }

  function addStep(
    draft: Partial<StepDraft> & { action: Action; atMs: number },
    element?: Element,
    options?: StepOptions,
  ): PendingStep {
    const isNothing = element === undefined || isPageItself(element);
    const control = isNothing ? undefined : (options?.control ?? nearestControl(element));
    return steps.add(
      {
        ...(control && { target: describeTarget(page, control, element ?? control) }),
        pathFlags: [],
        ...stateBefore(),
        ...draft,
      },
      { focusedBefore: focusedElement(document), ...options, control },
    );
  }

  function stateBefore(): Pick<StepDraft, 'scrollPosition' | 'focusedRole'> {
    const role = focusedRole(document, sensitive);
    return { scrollPosition: scrollPosition(page), ...(role && { focusedRole: role }) };
  }

  function leave(): void {
    for (const finish of finishers) finish();
    steps.close();
    options.onLeaving();
  }
  listen('pagehide', leave);
  listen('visibilitychange', () => {
    if (unclobbered(document).visibilityState === 'hidden') leave();
  });

  return {
    page,
    arrival: options.arrival,
    has: (scope) => options.scopes.includes(scope),
    report: options.report,
    steps,
    causes,
    sensitive,
    isRecorded: options.isRecorded,
    listen,
    listenInside: (type, listener) => {
      insideListeners.push([type, listener as (event: Event, atMs: number) => void]);
      listen(type, listener);
    },
    meetRoots: (event) => {
      for (const node of event.composedPath())
        if (node instanceof ShadowRoot && !metRoots.has(node)) listenIn(node);
    },
    openElement: (event) => {
      const element = eventElement(event);
      return element && !sensitive.covers(element) ? element : undefined;
    },
    later,
    whenIdle: (callback) => void page.requestIdleCallback(() => guarded(callback), { timeout: 1000 }),
    whenResting,
    nowMs,
    sampleMs: budget.sampleMs,
    whenLeaving: (finish) => void finishers.push(finish),
    describe,
    addStep,
    addConsequence: (draft, element, control) => {
      if (causes.recent(draft.atMs) && causes.bearOneMore())
        addStep(draft, element, { control, consequence: true });
    },
    stateBefore,
  };
}
