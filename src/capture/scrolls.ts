/**
 * Watches wheel and scroll: bursts of scrolling -> one step each, with what was scrolled, where to and how far.
 *
 * In the page. Only what the person caused counts: wheel, touch, a key that scrolls, or the scrollbar. A wheel and
 * a key say by themselves where to, also where nothing was left to scroll; for touch and scrollbar the place is
 * read at most every 100 ms.
 */
import { CAUSE_WINDOW_MS, SCROLL_SAMPLE_MS, type PressKey } from '../trace/limits.ts';
import type { CaptureContext } from './capture-context.ts';
import { eventElement, isWithin } from './element-tree.ts';
import type { Movements } from './movements.ts';
import type { PendingStep, StepDraft } from './step-ledger.ts';
import type { UserCause } from './user-cause.ts';
import { unclobbered } from './unclobbered.ts';

/** A burst is over after this long a rest. */
const REST_MS = 500;
/** Below this share of the viewport a scroll is `part`, up to the other it is `page`. */
const PART_SHARE = 0.5;
const PAGE_SHARE = 1.5;

interface Burst {
  pending: PendingStep;
  /** Where the wheel was turned, the key pressed, the touch begun. */
  cause: UserCause;
  scroller: Element | undefined;
  /** Where the scroller was when it was first seen to scroll. */
  fromXPx: number;
  fromYPx: number;
  /** How far it has gone. */
  xPx: number;
  yPx: number;
  sampledMs: number;
  lastMs: number;
}

export interface Scrolls {
  /** Whether a scroll by keyboard is under way, which goes on with this key. */
  continuesByKey: (atMs: number) => boolean;
}

export function startScrolls(context: CaptureContext, movements: Movements): Scrolls {
  const { steps, causes, page } = context;
  let burst: Burst | undefined;

  context.listen('wheel', (event, atMs) => {
    // With Ctrl it zooms.
    if (event.ctrlKey) return;
    if (underWay()?.cause.kind !== 'wheel') {
      movements.cut('wheel');
      const element = context.openElement(event);
      if (!element) return;
      context.meetRoots(event);
      const cause = { kind: 'wheel', atMs, element } as const;
      causes.note(cause);
      begin(cause, undefined);
    }
    burst!.lastMs = atMs;
    burst!.xPx += event.deltaX;
    burst!.yPx += event.deltaY;
  });

  context.listenInside('scroll', (event, atMs) => {
    const { scrollingElement } = unclobbered(page.document);
    const scroller = event.target === page.document ? scrollingElement : eventElement(event);
    if (!scroller) return;
    const goesOn = underWay()?.scroller === scroller;
    if (!goesOn && context.sensitive.covers(scroller)) return;
    const cause = underWay()?.cause ?? causes.last();
    if (!cause || !mayScroll(cause, scroller, atMs)) return;
    if (!underWay()) begin(cause, scroller);
    else if (!burst!.scroller) setScroller(scroller);
    if (burst!.scroller !== scroller) return;
    burst!.lastMs = atMs;
    if (atMs - burst!.sampledMs >= SCROLL_SAMPLE_MS) measure();
  });

  function underWay(): Burst | undefined {
    return burst && steps.isPending(burst.pending) ? burst : undefined;
  }

  /** Keys, touch and scrollbars are only known to scroll once something has. */
  function mayScroll(cause: UserCause, scroller: Element, atMs: number): boolean {
    if (cause.kind === 'scrollbar') return cause.element === scroller;
    if (!underWay() && (atMs - cause.atMs > CAUSE_WINDOW_MS || (cause.kind !== 'pan' && !cause.scrolls)))
      return false;
    return scroller === unclobbered(page.document).scrollingElement || isWithin(cause.element, scroller);
  }

  function begin(cause: UserCause, scroller: Element | undefined): void {
    let pending = cause.step;
    if (pending?.step.action === 'press' && steps.isPending(pending)) {
      // The key is told as the scroll it turned out to be, whose effect is not on what it was pressed on.
      Object.assign(pending.step, { action: 'scroll', keyboard: true });
      Object.assign(pending, { dueMs: Infinity, control: undefined });
    } else pending = context.addStep({ action: 'scroll', atMs: cause.atMs }, undefined, { open: true });
    const begun: Burst = {
      pending,
      cause,
      scroller: undefined,
      fromXPx: 0,
      fromYPx: 0,
      xPx: 0,
      yPx: 0,
      sampledMs: 0,
      lastMs: context.nowMs(),
    };
    burst = begun;
    if (scroller) setScroller(scroller);
    context.whenResting(
      REST_MS,
      () => begun.lastMs,
      () => {
        if (burst === begun) end();
      },
    );
  }

  function setScroller(scroller: Element): void {
    burst!.scroller = scroller;
    const { scrollLeft, scrollTop } = unclobbered(scroller);
    burst!.fromXPx = scrollLeft;
    burst!.fromYPx = scrollTop;
    burst!.pending.step.target = context.describe(scroller, true);
  }

  /** Fills in what the burst came to; it may be told at any moment from now on. */
  function measure(): void {
    if (!underWay()) return;
    const { pending, cause, scroller } = burst!;
    const { step } = pending;
    burst!.sampledMs = context.nowMs();
    if (scroller && cause.kind !== 'wheel') {
      const { scrollLeft, scrollTop } = unclobbered(scroller);
      burst!.xPx = scrollLeft - burst!.fromXPx;
      burst!.yPx = scrollTop - burst!.fromYPx;
    }
    const { xPx, yPx } = burst!;
    const isVertical = Math.abs(yPx) >= Math.abs(xPx);
    const extentPx = isVertical ? page.innerHeight : page.innerWidth;
    const share = Math.max(Math.abs(xPx), Math.abs(yPx)) / extentPx;
    step.amount = share < PART_SHARE ? 'part' : share <= PAGE_SHARE ? 'page' : 'pages';
    if (xPx || yPx) step.direction = isVertical ? (yPx > 0 ? 'down' : 'up') : xPx > 0 ? 'right' : 'left';
    else if (step.key) Object.assign(step, wayOfKey(step.key));
    if (!step.target && unclobbered(cause.element).isConnected) step.target = context.describe(cause.element);
  }
  steps.beforeAdd(measure);

  function end(): void {
    measure();
    if (burst) steps.finish(burst.pending, burst.lastMs);
    burst = undefined;
  }

  context.whenLeaving(end);
  return {
    continuesByKey: (atMs) => {
      if (underWay()?.cause.kind !== 'key' || atMs - burst!.lastMs > REST_MS) return false;
      burst!.lastMs = atMs;
      return true;
    },
  };
}

/** What a key does to a page that goes there at once. */
function wayOfKey(key: PressKey): Pick<StepDraft, 'direction' | 'amount'> {
  const direction = /Left/.test(key)
    ? 'left'
    : /Right/.test(key)
      ? 'right'
      : /Up|home/.test(key)
        ? 'up'
        : 'down';
  return { direction, amount: /^arrow/.test(key) ? 'part' : /^(home|end)$/.test(key) ? 'pages' : 'page' };
}
