/**
 * Watches the person come back to a page: to its tab, or to its window.
 *
 * In the page, in its top frame only. Knows that the page was left, never for what: no browsing event is used, and
 * pages that are not recorded say nothing. That a tab was switched to without any of this is told by where steps are
 * done (`assemble-episodes.ts`).
 */
import { CAUSE_WINDOW_MS } from '../trace/limits.ts';
import type { CaptureContext } from './capture-context.ts';
import { unclobbered } from './unclobbered.ts';

export function startAttention(context: CaptureContext): void {
  const { page, listen, steps, causes, addStep } = context;
  if (page !== page.top) return;
  const document = unclobbered(page.document);
  // A page that is made ready before it is asked for becomes visible without anybody switching to it.
  let wasHidden = document.hidden && !(document as { prerendering?: boolean }).prerendering;
  let isAway = false;

  listen('visibilitychange', (_event, atMs) => {
    if (document.hidden) wasHidden = true;
    else if (wasHidden) {
      wasHidden = isAway = false;
      comeBack('tabSwitch', atMs);
    }
  });

  listen('blur', (event, atMs) => {
    const cause = causes.recent(atMs);
    // A file dialog or a window that a click has opened is what came of the click; Tab leads out of the page's end.
    if (event.target !== page || cause?.kind === 'pointer' || cause?.movesFocus) return;
    // The focus may only have gone into a frame of the page, which is known in a moment.
    context.later(0, () => (isAway = !document.hasFocus()));
  });
  listen('focus', (event, atMs) => {
    if (event.target !== page || !isAway) return;
    isAway = false;
    // A press in the page that also gives it the focus back is told as that.
    if (!causes.recent(atMs)) comeBack('windowFocus', atMs);
  });

  function comeBack(action: 'tabSwitch' | 'windowFocus', atMs: number): void {
    const told = steps.findPending(({ step }) => /^(tabSwitch|windowFocus)$/.test(step.action));
    // One return shows in several events.
    if (!told || atMs - told.step.atMs > CAUSE_WINDOW_MS) addStep({ action, atMs });
    else if (action === 'tabSwitch') told.step.action = action;
  }
}
