/**
 * Watches the pointer move: samples -> movements, and the flags that steps carry about the way they were reached.
 *
 * In the page. Per move only arithmetic and one reference; the page's layout is read once per movement, at its
 * end. A movement that ended in a press waits until it is known what the press became. The way to a drag ends as
 * `drag`; what the pointer does while a button is down is a movement of its own that ends as `none`.
 */
import { MOVEMENT_PAUSE_MS, type MovementEnd, type PathFlag } from '../trace/limits.ts';
import type { CaptureContext } from './capture-context.ts';
import { canScroll, elementAt, framePlace, isPageItself, nearest } from './element-tree.ts';
import type { RawTarget } from './fragments.ts';
import { createMovementCutter, type PointerPath } from './movement-cutter.ts';
import { pathFlags } from './path-flags.ts';
import { unclobbered } from './unclobbered.ts';

/** The movement that led to a press. */
export interface Approach {
  flags: PathFlag[];
  /** Reports the movement with what the press became; only the first call counts. */
  resolve: (end: MovementEnd) => void;
}

export interface Movements {
  /** Ends the movement under way at a press; `target` is undefined where nothing may be said of it. */
  press: (element: Element | undefined, target: RawTarget | undefined, atMs: number) => Approach;
  /** Ends the movement under way at a release or at the first turn of a wheel. */
  cut: (end: MovementEnd) => void;
}

export function startMovements(context: CaptureContext): Movements {
  const cutter = createMovementCutter(context.nowMs(), context.sampleMs);
  let lastEvent: PointerEvent | undefined;
  let lastTarget: EventTarget | null = null;
  /** The last movement, if it came to rest before anything was pressed. */
  let rested: PointerPath | undefined;
  let lastMs = 0;
  let isWatching = false;

  context.listen('pointermove', (event, atMs) => {
    if (!event.isPrimary) return;
    // Now: once the event is over a page can give it another place and another target.
    const finished = cutter.add(atMs, event.clientX, event.clientY);
    if (finished) report(finished, 'none', lastElement(), undefined);
    lastEvent = event;
    lastTarget = event.target;
    lastMs = atMs;
    // One timer per rest rather than one per move.
    if (!isWatching) context.whenResting(MOVEMENT_PAUSE_MS, () => lastMs, rest);
    isWatching = true;
  });

  /** What the last move was on; looked up in shadow roots only now, since it is seldom asked for. */
  function lastElement(): Element | undefined {
    if (!lastEvent || !(lastTarget instanceof Element)) return undefined;
    const { clientX, clientY } = lastEvent;
    const { shadowRoot } = unclobbered(lastTarget);
    return shadowRoot ? elementAt(shadowRoot, clientX, clientY) : lastTarget;
  }

  function rest(): void {
    isWatching = false;
    rested = cut('none') ?? rested;
  }

  function press(element: Element | undefined, target: RawTarget | undefined, atMs: number): Approach {
    let untold = cutter.cut();
    const way = untold ?? rested;
    rested = undefined;
    const flags = way && target ? pathFlags(way, inFrame(target), atMs - way.endMs) : [];
    return {
      flags,
      resolve: (end) => {
        if (untold) report(untold, end, element, target);
        untold = undefined;
      },
    };
  }

  /** Paths are in the frame's own coordinates while they are under way. */
  function inFrame(target: RawTarget): RawTarget {
    const { xPx, yPx } = framePlace(context.page);
    return { ...target, xPx: target.xPx - xPx, yPx: target.yPx - yPx };
  }

  function cut(end: MovementEnd): PointerPath | undefined {
    const path = cutter.cut();
    if (path) report(path, end, lastElement(), undefined);
    return path;
  }

  function report(
    path: PointerPath,
    end: MovementEnd,
    element: Element | undefined,
    known: RawTarget | undefined,
  ): void {
    if (!context.has('pointer')) return;
    const isKnown =
      element !== undefined && unclobbered(element).isConnected && !context.sensitive.covers(element);
    const target = known ?? (isKnown ? context.describe(element) : null);
    const place = framePlace(context.page);
    context.report({
      kind: 'movement',
      atMs: path.endMs,
      timeMs: path.timeMs,
      xPx: path.xPx.map((xPx) => Math.round(xPx + place.xPx)),
      yPx: path.yPx.map((yPx) => Math.round(yPx + place.yPx)),
      end: target === null ? 'none' : end,
      pauseBeforeMs: path.pauseBeforeMs,
      pointerType: lastEvent?.pointerType === 'mouse' ? 'mouse' : 'other',
      nestedScroller: isKnown && isInNestedScroller(element),
      target,
    });
  }

  context.whenLeaving(() => void cut('none'));
  return { press, cut };
}

function isInNestedScroller(element: Element): boolean {
  const scroller = nearest(element, (around) => isPageItself(around) || canScroll(around));
  return scroller !== undefined && !isPageItself(scroller);
}
