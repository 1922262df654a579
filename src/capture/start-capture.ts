/**
 * Starts the watchers that the granted scopes ask for: page events -> raw fragments.
 *
 * In the page, only after the background has said that this frame may be recorded. All of it is gone, listeners
 * and timers, once the signal is aborted. Never writes to the page.
 */
import { startAttention } from './attention.ts';
import {
  createCaptureContext,
  type CaptureContext,
  type CaptureOptions,
  type PageWindow,
} from './capture-context.ts';
import { startDialogs } from './dialogs.ts';
import { startFields } from './fields.ts';
import { startKeySteps } from './key-steps.ts';
import { startKeys } from './keys.ts';
import { startMovements } from './movements.ts';
import { startPresses } from './presses.ts';
import { startScrolls } from './scrolls.ts';
import { startViews } from './views.ts';
import { unclobbered } from './unclobbered.ts';
import { startZoom } from './zoom.ts';

/** Starts capture in one frame. Fragments are reported complete; what is under way is when the page is left. */
export function startCapture(page: PageWindow, options: CaptureOptions): void {
  const context = createCaptureContext(page, options);
  startRemembering(context);
  const withSteps = context.has('workflow');
  if (withSteps) {
    startViews(context, options.inventoryBudgetMs);
    startAttention(context);
    // Before what makes causes: a dialog that is gone went because of what was done before.
    startDialogs(context);
    startZoom(context);
  }
  if (context.has('pointer') || withSteps) {
    const movements = startMovements(context);
    startPresses(context, movements);
    const scrolls = startScrolls(context, movements);
    if (withSteps) {
      startKeys(context, startKeySteps(context, scrolls.continuesByKey));
      startFields(context);
      return;
    }
  }
  if (context.has('keys')) startKeys(context, undefined);
}

/** Before anything else looks at a press or a focus. */
function startRemembering({ listen, listenInside, meetRoots, sensitive }: CaptureContext): void {
  let seen = '';
  let pressed: EventTarget | null = null;
  const remember = (event: Event) => {
    const { type, target } = event;
    const before = seen;
    meetRoots(event);
    seen =
      target instanceof Element ? [...unclobbered(target).attributes].map(({ value }) => value).join() : '';
    // What was just pressed has been looked at, and its labels are dear to find.
    if (type === 'pointerdown' || target !== pressed || seen !== before) sensitive.lookAnew();
    pressed = target;
  };
  listen('pointerdown', remember);
  listenInside('focusin', remember);
}
