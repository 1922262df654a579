/**
 * Watches zooming: by wheel or by a pinch on a trackpad, which browsers tell as a wheel with Ctrl, and by two fingers on
 * a screen: a burst -> a step.
 *
 * In the page. Whether the browser zooms or the page something of its own, such as a map, is not told apart; how
 * large anything has become is not looked at.
 */
import type { CaptureContext } from './capture-context.ts';
import type { PendingStep } from './step-ledger.ts';

/** A burst is over after this long a rest. */
const REST_MS = 500;

export function startZoom(context: CaptureContext): void {
  const { listen, steps, causes, addStep, openElement } = context;
  let zooming: PendingStep | undefined;
  let lastMs = 0;

  listen('wheel', (event, atMs) => {
    const element = event.ctrlKey && event.deltaY ? openElement(event) : undefined;
    if (!element) return;
    const direction = event.deltaY < 0 ? 'up' : 'down';
    const goesOn =
      steps.isPending(zooming) && zooming.step.direction === direction && atMs - lastMs <= REST_MS;
    lastMs = atMs;
    if (goesOn) return;
    causes.note({ kind: 'wheel', atMs, element });
    zooming = addStep({ action: 'zoom', atMs, direction }, element);
  });

  const viewport = context.page.visualViewport;
  let scale = viewport?.scale ?? 1;
  if (viewport) listen('resize', (_event, atMs) => pinch(viewport.scale, atMs), viewport);

  /** Only whether it grows or shrinks is looked at. */
  function pinch(newScale: number, atMs: number): void {
    const [direction, isNone] = [newScale > scale ? 'up' : 'down', newScale === scale] as const;
    scale = newScale;
    const cause = causes.recent(atMs);
    if (isNone || cause?.kind !== 'pan') return;
    causes.refresh(atMs);
    if (steps.isPending(zooming) && zooming.step.direction === direction) return;
    zooming = addStep({ action: 'zoom', atMs, direction }, cause.element);
  }
}
