/**
 * Watches what is done with fields and forms: focus, choices, files, submission, clipboard.
 *
 * In the page. Knows that something was chosen, copied or pasted, never what. Of what a page can provoke by itself
 * only what the person caused is a step; focus is one when a key moved it, and otherwise the effect of a click.
 */
import { inputTypeOf, isListbox, isTextField } from './control-role.ts';
import type { CaptureContext } from './capture-context.ts';
import { eventElement } from './element-tree.ts';
import { retellShortcut } from './key-steps.ts';
import { mayHideFocus } from './sensitive-field.ts';
import { unclobbered } from './unclobbered.ts';

/** Inputs whose value is picked from a pane of the browser, outside the page. */
const PICKED = new Set(['color', 'date', 'datetime-local', 'month', 'time', 'week']);

export function startFields(context: CaptureContext): void {
  const { listen, listenInside, steps, causes, sensitive, addStep, addConsequence, openElement } = context;
  /** The sensitive field that has the focus. Where the page gave it, that is told once the person writes. */
  let field: Element | undefined;
  let isTold = false;

  function tellGap(atMs: number): void {
    if (!isTold && context.has('workflow') && causes.bearOneMore())
      context.report({ kind: 'gap', atMs, reason: 'sensitiveField' });
    isTold = true;
  }

  listen('keydown', (event, atMs) => {
    if (field && field === eventElement(event)) tellGap(atMs);
  });

  listenInside('focusin', (event, atMs) => {
    const element = eventElement(event);
    if (!element) return;
    isTold &&= field === element;
    field = undefined;
    if (sensitive.covers(element)) {
      field = element;
      if (causes.isSilenced(atMs) || causes.recent(atMs)) tellGap(atMs);
      return;
    }
    if (mayHideFocus(element)) return;
    const cause = causes.recent(atMs);
    if (cause?.kind !== 'key' || !cause.movesFocus || cause.element === element) return;
    // Keys that have moved the focus do not scroll: what scrolls now follows the focus.
    cause.scrolls = false;
    if (cause.step && steps.isPending(cause.step)) steps.noteEffect('focusMoved');
    addConsequence({ action: 'focus', atMs, keyboard: true }, element);
  });

  listenInside('change', (event, atMs) => {
    const element = openElement(event);
    if (!element) return;
    if (unclobbered(element).localName === 'select') addChoice(element as HTMLSelectElement, atMs);
    const type = inputTypeOf(element);
    if (type === 'file') addStep({ action: 'fileChosen', atMs }, element);
    if (type && PICKED.has(type) && causes.recent(atMs)?.kind !== 'key')
      addStep({ action: 'select', atMs }, element);
  });

  /** A key or a click in a list that chooses is the choice; a click that opens a list is another action. */
  function addChoice(select: HTMLSelectElement, atMs: number): void {
    const pending = steps.findPending(
      ({ step, control }) =>
        control !== undefined &&
        select.contains(control) &&
        (/^(press|type)$/.test(step.action) || (step.action === 'click' && isListbox(select))),
    );
    const chosen = pending ?? addStep({ action: 'select', atMs }, select);
    if (pending) {
      pending.step.action = 'select';
      // A letter that chooses writes nothing.
      delete pending.step.keyCount;
      steps.finish(pending, atMs);
    }
    if (causes.recent(atMs)?.kind === 'key') chosen.step.keyboard = true;
  }

  listenInside('submit', (event, atMs) => {
    const form = openElement(event);
    if (form) addConsequence({ action: 'submit', atMs }, form, form);
  });

  listenInside('invalid', (_event, atMs) => {
    if (causes.recent(atMs)) steps.noteEffect('formInvalid');
  });

  for (const action of ['copy', 'cut', 'paste'] as const) {
    listen(action, (event, atMs) => {
      const element = openElement(event);
      // The event can come from the page's body instead of the field that has the focus.
      if (!element || mayHideFocus(element) || causes.isSilenced(atMs)) return;
      if (retellShortcut(context, action)) return;
      // Where the middle button pastes, it says so also where nothing can be pasted.
      const cause = causes.recent(atMs)?.kind;
      const isAside = action === 'paste' && cause === 'pointer' && !isTextField(element);
      const byKey = cause === 'key' && { keyboard: true };
      // From the menu of the browser it comes without a cause in the page.
      if (!isAside && causes.bearOneMore()) addStep({ action, atMs, ...byKey }, element);
    });
  }

  listenInside('toggle', (event, atMs) => {
    const element = openElement(event);
    if (!element || !causes.recent(atMs)) return;
    const { localName } = unclobbered(element);
    const popover = unclobbered(element).getAttribute('popover');
    if (localName !== 'dialog' && (popover === null || popover === 'hint')) return;
    const isOpen = event.newState === 'open';
    steps.noteEffect(isOpen ? 'dialogOpened' : 'stateChanged');
    addConsequence({ action: isOpen ? 'dialogOpened' : 'dialogDismissed', atMs }, element, element);
  });
}
