/**
 * Keys -> steps: typing in a field, keys that are actions, shortcuts, and clicks made by keyboard.
 *
 * In the page. Gets classes and names of keys only. Letters count as typing wherever they are pressed. A key that turns
 * out to click, choose or scroll is retold as that. Enter in a field of several lines is part of the typing if it made a
 * new line, else a press: which of the two is known a moment later.
 */
import { CAUSE_WINDOW_MS } from '../trace/limits.ts';
import type { CaptureContext } from './capture-context.ts';
import type { KeyReading } from './classify-key.ts';
import { isTextField, roleOf } from './control-role.ts';
import { nearestControl } from './describe-target.ts';
import { mayHideFocus } from './sensitive-field.ts';
import type { PendingStep } from './step-ledger.ts';
import { unclobbered } from './unclobbered.ts';

export interface KeySteps {
  /** A key went down on an element that is not sensitive. */
  press: (reading: KeyReading, element: Element, atMs: number, isRepeat: boolean) => void;
  /** The typing under way has ended: pause, blur or another field. */
  endTyping: () => void;
}

const NEW_LINE_WAIT_MS = 50;
/** Text that comes or goes by itself: dictated, drawn, swiped, composed without keys. */
const WRITING_INPUTS = /^(insert(Text|CompositionText)|deleteContent)/;
const NEW_LINE_INPUTS = new Set(['insertParagraph', 'insertLineBreak']);
const FOCUS_KEYS = /^(tab|arrow|home|end|page)/;
const SCROLL_KEYS = /^(space|arrow|home|end|page)/;
/** Controls that make something of their own of the keys that scroll elsewhere. */
const OWN_KEYS =
  /^(option|menuitem|treeitem|gridcell|tab|radio|listbox|slider|spinbutton|combobox|menu|tree|grid)/;
/** Roles and types of input: in a field with suggestions or with steps these keys choose instead of moving in the text. */
const HAS_STEPS = /spinbutton|combobox|date|time|month|week/;
const SUGGESTION_KEYS = /^(arrowUp|arrowDown|page)/;

/** @param continuesScroll whether a scroll by keyboard goes on, which the key then belongs to. */
export function startKeySteps(context: CaptureContext, continuesScroll: (atMs: number) => boolean): KeySteps {
  const { steps, causes, addStep } = context;
  let typing: PendingStep | undefined;
  let typedInto: Element | undefined;
  let lastTypedMs = 0;
  let pendingEnter: { element: Element; atMs: number } | undefined;
  /** When the last key that writes went down, until the input that it makes. */
  let keyMs = -Infinity;

  function press(reading: KeyReading, element: Element, atMs: number, isRepeat: boolean): void {
    settleEnter();
    if (reading.composed || (reading.keyClass && reading.keyClass !== 'navigation')) keyMs = atMs;
    const cause = {
      kind: 'key' as const,
      atMs,
      element,
      movesFocus: FOCUS_KEYS.test(reading.press ?? ''),
      scrolls: false,
      step: undefined as PendingStep | undefined,
    };
    causes.note(cause);
    if (reading.shortcut) {
      if (!isRepeat) cause.step = addStep({ action: 'shortcut', shortcut: reading.shortcut, atMs }, element);
    } else if (isTextField(element)) {
      cause.movesFocus = reading.press === 'tab';
      cause.step = pressInText(reading, element, atMs, isRepeat);
    } else if (reading.composed || !reading.press || continuesTyping(reading, element, atMs)) {
      // What has a use for letters without being a text field: a canvas, a grid, a list, the page itself.
      countKey(element, atMs);
    } else {
      cause.scrolls = SCROLL_KEYS.test(reading.press) && !OWN_KEYS.test(roleOf(nearestControl(element)));
      if (isRepeat || (cause.scrolls && continuesScroll(atMs))) return;
      cause.step = addStep({ action: 'press', key: reading.press, atMs }, element);
    }
  }

  function pressInText(
    reading: KeyReading,
    element: Element,
    atMs: number,
    isRepeat: boolean,
  ): PendingStep | undefined {
    const { keyClass, press: key, composed } = reading;
    if (composed || (keyClass && keyClass !== 'enter' && keyClass !== 'navigation')) {
      countKey(element, atMs);
      return undefined;
    }
    if (isRepeat || !key) return undefined;
    if (key === 'enter' && unclobbered(element).localName !== 'input') {
      pendingEnter = { element, atMs };
      context.later(NEW_LINE_WAIT_MS, settleEnter);
      return undefined;
    }
    const isInText = keyClass === 'navigation' && key !== 'tab';
    const kind = roleOf(element) + (element as HTMLInputElement).type;
    if (isInText && !(HAS_STEPS.test(kind) && SUGGESTION_KEYS.test(key))) return undefined;
    return addStep({ action: 'press', key, atMs }, element);
  }

  /** Whether a space belongs to the words before it, and presses nothing. */
  function continuesTyping({ press: key }: KeyReading, element: Element, atMs: number): boolean {
    return key === 'space' && isTyping(element) && atMs - lastTypedMs < CAUSE_WINDOW_MS;
  }

  function isTyping(element: Element): boolean {
    return typedInto === element && steps.isPending(typing) && typing.dueMs === Infinity;
  }

  function countKey(element: Element, atMs: number): void {
    if (!isTyping(element)) {
      endTyping();
      typing = addStep({ action: 'type', atMs, keyCount: 0 }, element, { open: true });
      typedInto = element;
    }
    lastTypedMs = atMs;
    const { step } = typing!;
    step.keyCount = (step.keyCount ?? 0) + 1;
  }

  /** Nothing said that it made a new line: it was pressed for something else. */
  function settleEnter(): void {
    const enter = pendingEnter;
    pendingEnter = undefined;
    if (!enter) return;
    const step = addStep({ action: 'press', key: 'enter', atMs: enter.atMs }, enter.element);
    const cause = causes.last();
    if (cause?.kind === 'key' && cause.element === enter.element) cause.step = step;
  }
  steps.beforeAdd(settleEnter);

  context.listen('beforeinput', (event, atMs) => {
    const enter = pendingEnter;
    // Only the kind of input is read, never its data.
    const kind = event.inputType;
    const isByKey = atMs - keyMs < CAUSE_WINDOW_MS;
    keyMs = -Infinity;
    if (enter && NEW_LINE_INPUTS.has(kind)) {
      pendingEnter = undefined;
      countKey(enter.element, enter.atMs);
    } else if (kind === 'historyUndo' || kind === 'historyRedo') {
      addHistory(event, atMs, kind === 'historyUndo' ? 'undo' : 'redo');
    } else if (!isByKey && WRITING_INPUTS.test(kind)) {
      const element = context.openElement(event);
      // The arrows of a number field write as well.
      if (element && !mayHideFocus(element) && roleOf(element) !== 'spinbutton') countKey(element, atMs);
    }
  });

  function addHistory(event: Event, atMs: number, action: 'undo' | 'redo'): void {
    const element = context.openElement(event);
    if (element && !retellShortcut(context, action)) addStep({ action, atMs }, element);
  }

  context.listen('click', (event, atMs) => {
    if (event.detail !== 0 || causes.isSilenced(atMs)) return;
    const element = context.openElement(event);
    if (!element) return;
    const cause = causes.recent(atMs);
    const control = nearestControl(element);
    if (cause && cause.kind !== 'key') return;
    if (!cause?.step) {
      // Without a key it was made by assistive technology.
      addStep({ action: 'click', atMs, ...(cause && { keyboard: true }) }, element);
      return;
    }
    const { step } = cause.step;
    const activates = step.action === 'press' && (step.key === 'enter' || step.key === 'space');
    // Enter in a field "clicks" the form's button, an arrow the next radio: those are not clicks of the person.
    if (!activates || !steps.isPending(cause.step) || cause.step.control !== control) return;
    step.action = 'click';
    step.keyboard = true;
    // What the page does of it is not the person's scrolling.
    cause.scrolls = false;
  });

  function endTyping(): void {
    settleEnter();
    if (typing) steps.finish(typing, lastTypedMs);
    typing = typedInto = undefined;
  }

  context.whenLeaving(endTyping);
  return { press, endTyping };
}

/** Tells a shortcut that still waits as what it did; undefined if none of that name waits. */
export function retellShortcut(
  { steps }: CaptureContext,
  action: 'copy' | 'cut' | 'paste' | 'undo' | 'redo',
): PendingStep | undefined {
  const shortcut = steps.findPending(({ step }) => step.action === 'shortcut' && step.shortcut === action);
  if (!shortcut) return undefined;
  shortcut.step.action = action;
  shortcut.step.keyboard = true;
  return shortcut;
}
