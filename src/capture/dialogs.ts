/**
 * Watches dialogs that a page has made of ordinary elements: those that say `role=dialog` and take the focus.
 *
 * In the page. Native dialogs and popovers say by an event that they open and close (`fields.ts`); these are known to
 * have opened when what the person did moved the focus into them, and to be closed once they are shown no more.
 */
import type { CaptureContext } from './capture-context.ts';
import { statedRole } from './control-role.ts';
import { eventElement, isWithin, nearest } from './element-tree.ts';
import type { RawTarget } from './fragments.ts';
import { unclobbered } from './unclobbered.ts';

/** Dialogs are often faded out. */
const CLOSING_MS = 350;

export function startDialogs(context: CaptureContext): void {
  const { listen, listenInside, steps, causes, sensitive, addConsequence } = context;
  /** From the outermost; the last one is in front. */
  const open: { dialog: Element; target: RawTarget }[] = [];

  listenInside('focusin', (event, atMs) => {
    tellClosed(atMs);
    const element = eventElement(event);
    const dialog = element && nearest(element, isMadeDialog);
    if (!dialog || sensitive.covers(dialog) || open.some((one) => one.dialog === dialog)) return;
    open.push({ dialog, target: context.describe(dialog, true) });
    const cause = causes.recent(atMs);
    // A focus that the person moved into it themselves found it open.
    if (!cause || cause.movesFocus || isWithin(cause.element, dialog)) return;
    steps.noteEffect('dialogOpened');
    addConsequence({ action: 'dialogOpened', atMs }, dialog, dialog);
  });

  for (const type of ['pointerdown', 'keydown', 'click', 'keyup'] as const) {
    listen(type, (_event, atMs) => {
      if (open.length === 0) return;
      tellClosed(atMs);
      context.later(CLOSING_MS, () => tellClosed(context.nowMs()));
    });
  }

  function tellClosed(atMs: number): void {
    for (let last = open.at(-1); last && !isShown(last.dialog); last = open.at(-1)) {
      open.pop();
      if (!causes.recent(atMs)) continue;
      const { dialog, target } = last;
      steps.noteEffect('stateChanged');
      addConsequence({ action: 'dialogDismissed', atMs, target }, dialog, dialog);
    }
  }
}

function isMadeDialog(element: Element): boolean {
  const facts = unclobbered(element);
  return (
    facts.localName !== 'dialog' &&
    !facts.hasAttribute('popover') &&
    /^(alert)?dialog$/.test(statedRole(element) ?? '')
  );
}

function isShown(dialog: Element): boolean {
  return unclobbered(dialog).checkVisibility({ visibilityProperty: true });
}
