/**
 * Watches buttons: press and release -> click, double click, secondary, middle or auxiliary click, or drag.
 *
 * In the page. The target is described at the press, before the page can change. One press gives at most one step:
 * the click that a browser sends to the control of a label, and the one that follows a drag, are not counted.
 * Clicks made by keyboard are told in `key-steps.ts`.
 */
import type { Action } from '../trace/limits.ts';
import type { CaptureContext } from './capture-context.ts';
import { isListbox } from './control-role.ts';
import { describeTarget, nearestControl } from './describe-target.ts';
import { canScroll, elementAnywhere, eventElement, focusedElement, isPageItself } from './element-tree.ts';
import type { Approach, Movements } from './movements.ts';
import type { PendingStep, StepDraft } from './step-ledger.ts';
import { unclobbered } from './unclobbered.ts';

/** A press whose release is this far away is a drag. */
const DRAG_PX = 8;
/** A release that no click has followed by then gets none: the page took away what was pressed. */
const CLICK_WAIT_MS = 50;
/** Two clicks make a double click within half a second; the second release comes a little later. */
const DOUBLE_CLICK_MS = 600;
/** Controls that do at once what they do; in others a way of the pointer means something. */
const SLIPPERY = /^(button|link|checkbox|radio|switch|tab|option|menuitem)/;
const LEFT_BUTTON = 0;
const MIDDLE_BUTTON = 1;
const RIGHT_BUTTON = 2;

interface Press {
  button: number;
  atMs: number;
  xPx: number;
  yPx: number;
  element: Element;
  control: Element;
  step: Omit<StepDraft, 'action'>;
  focusedBefore: Element | null;
  approach: Approach;
  isTouch: boolean;
  isDataDrag: boolean;
  /** Its step has been added, or it will have none. */
  isSettled: boolean;
}

export function startPresses(context: CaptureContext, movements: Movements): void {
  const { listen, page, sensitive, steps, causes } = context;
  let press: Press | undefined;
  let lastClick: { step: PendingStep; press: Press } | undefined;
  let clickBefore: { step: PendingStep; press: Press } | undefined;

  listen('pointerdown', (event, atMs) => {
    if (!event.isPrimary) return;
    settle();
    press = undefined;
    steps.beginNext(false);
    const element = eventElement(event);
    if (!element) return;
    if (sensitive.covers(element)) {
      causes.silence(atMs);
      movements.press(undefined, undefined, atMs).resolve('none');
      return;
    }
    const isOnScrollbar = event.pointerType === 'mouse' && isScrollbarAt(element, event);
    causes.note({ kind: isOnScrollbar ? 'scrollbar' : 'pointer', atMs, element });
    press = openPress(event, element, atMs);
    if (isOnScrollbar) finishWithout(press);
  });

  function openPress(event: PointerEvent, element: Element, atMs: number): Press {
    const control = nearestControl(element);
    const target = describeTarget(page, control, element);
    const approach = movements.press(element, target, atMs);
    return {
      button: event.button,
      atMs,
      xPx: event.clientX,
      yPx: event.clientY,
      element,
      control,
      step: { atMs, target, pathFlags: approach.flags, ...context.stateBefore() },
      focusedBefore: focusedElement(page.document),
      approach,
      isTouch: event.pointerType === 'touch',
      isDataDrag: false,
      isSettled: false,
    };
  }

  listen('pointerup', (event, atMs) => {
    if (!event.isPrimary) return;
    movements.cut('none');
    const own = press;
    if (!own) return;
    causes.refresh(atMs);
    if (own.isSettled || own.button === RIGHT_BUTTON) return;
    const released = releasedOn(event);
    if (
      Math.hypot(event.clientX - own.xPx, event.clientY - own.yPx) > DRAG_PX &&
      !hasSlipped(own, released)
    ) {
      addDrag(own, released);
    } else if (own.button !== LEFT_BUTTON) {
      // Not at its click, which comes after what the browser makes of the button.
      add(own, own.button === MIDDLE_BUTTON ? 'middleClick' : 'auxiliaryClick');
      own.approach.resolve('click');
    } else if (!own.isTouch) {
      context.later(CLICK_WAIT_MS, () => {
        if (!own.isSettled) addClick(own);
      });
    }
  });

  listen('pointercancel', (event, atMs) => {
    if (!event.isPrimary || !press) return;
    movements.cut('none');
    // The browser takes the pointer over: to drag data, which goes on, or to pan by touch.
    if (press.isDataDrag || press.isSettled) return;
    causes.note({ kind: 'pan', atMs, element: press.element });
    finishWithout(press);
  });

  listen('click', (event) => {
    if (event.button !== LEFT_BUTTON || event.detail === 0 || !press || press.isSettled) return;
    addClick(press, event.detail > 1);
  });

  listen('dblclick', () => {
    if (!lastClick || lastClick.press !== press || clickBefore?.press.control !== press.control) return;
    clickBefore.press.approach.resolve('doubleClick');
    lastClick.press.approach.resolve('doubleClick');
    if (steps.isPending(clickBefore.step) && steps.isPending(lastClick.step)) {
      steps.remove(lastClick.step);
      clickBefore.step.step.action = 'doubleClick';
    }
    lastClick = clickBefore = undefined;
  });

  listen('contextmenu', (event, atMs) => addSecondary(event, atMs));
  listen('auxclick', (event, atMs) => {
    if (event.button === RIGHT_BUTTON) addSecondary(event, atMs);
  });

  function addSecondary(event: MouseEvent, atMs: number): void {
    const element = context.openElement(event);
    if (!element) return;
    if (press && !press.isSettled) {
      add(press, 'secondaryClick');
      press.approach.resolve('secondary');
      return;
    }
    // Some systems send both events, one after the other; without a press it was the menu key.
    if (causes.recent(atMs)?.kind !== 'key') return;
    context.addStep({ action: 'secondaryClick', atMs, keyboard: true }, element);
  }

  listen('dragstart', () => {
    if (press && !press.isSettled) press.isDataDrag = true;
  });
  listen('drop', (event, atMs) => {
    const element = eventElement(event);
    if (press?.isDataDrag && !press.isSettled) addDrag(press, element);
    // Which kinds of data are dropped is on a closed list; the data is not looked at.
    else if (element && !sensitive.covers(element) && event.dataTransfer?.types.includes('Files'))
      context.addStep({ action: 'fileChosen', atMs }, element);
  });
  listen('dragend', (event) => {
    if (!press?.isDataDrag || press.isSettled) return;
    // Another frame has seen the drop; without one it was given up.
    addDrag(press, event.dataTransfer?.dropEffect === 'none' ? undefined : elementUnder(event));
  });

  function releasedOn(event: PointerEvent): Element | undefined {
    const element = eventElement(event);
    // A captured pointer is told to what captured it, wherever it is.
    const isCaptured = element && unclobbered(element).hasPointerCapture(event.pointerId);
    // While a button is down the frame it was pressed in gets all events, wherever the pointer is.
    const isOutside = !element || isPageItself(element) || unclobbered(element).localName === 'iframe';
    return isCaptured || isOutside ? elementUnder(event) : element;
  }

  function elementUnder({ clientX, clientY }: MouseEvent): Element | undefined {
    return elementAnywhere(page, clientX, clientY, context.isRecorded);
  }

  /** Whether the pointer only slid on a control that has stayed about where it was: the browser takes that for a click. */
  function hasSlipped({ control, element, step }: Press, released: Element | undefined): boolean {
    const { target } = step;
    if (!target || !released || nearestControl(released) !== control || !SLIPPERY.test(target.role))
      return false;
    const now = describeTarget(page, control, element);
    // Some sink a little while they are pressed.
    return Math.hypot(now.xPx - target.xPx, now.yPx - target.yPx) < DRAG_PX;
  }

  function addDrag(own: Press, destination: Element | undefined): void {
    if (destination && sensitive.covers(destination)) {
      finishWithout(own);
      return;
    }
    if (destination) own.step.destination = context.describe(destination);
    add(own, 'drag');
    own.approach.resolve('drag');
  }

  function addClick(own: Press, isRepeat = false): void {
    const isSameControl = lastClick?.press.control === own.control;
    const beside = isRepeat && isSameControl ? lastClick?.step : undefined;
    // It may still turn out to be the first half of a double click.
    context.later(DOUBLE_CLICK_MS, () => own.approach.resolve('click'));
    if (hasChosen(own)) {
      own.isSettled = true;
      return;
    }
    clickBefore = lastClick;
    lastClick = { step: add(own, 'click', beside), press: own };
  }

  /** In a list of options the choice comes before the click, and is what the click did. */
  function hasChosen(own: Press): boolean {
    const list = unclobbered(own.control).closest('select');
    if (!list || !isListbox(list)) return false;
    return (
      steps.findPending(({ step, control }) => step.action === 'select' && control === list) !== undefined
    );
  }

  function add(own: Press, action: Action, beside?: PendingStep): PendingStep {
    own.isSettled = true;
    const { control, focusedBefore } = own;
    return steps.add({ action, ...own.step }, { control, focusedBefore, beside });
  }

  function finishWithout(own: Press): void {
    own.isSettled = true;
    own.approach.resolve('none');
  }

  /** A press whose end was never seen, as when the list of a select opens over the page. */
  function settle(): void {
    if (!press || press.isSettled) return;
    if (press.button === LEFT_BUTTON && !press.isTouch && !press.isDataDrag) addClick(press);
    else finishWithout(press);
  }

  context.whenLeaving(() => {
    settle();
    lastClick?.press.approach.resolve('click');
  });
}

/** Whether a place lies on the scrollbar of the element. */
function isScrollbarAt(element: Element, event: PointerEvent): boolean {
  const { clientWidth, clientHeight, ownerDocument } = unclobbered(element);
  if (element === unclobbered(ownerDocument).documentElement)
    return event.clientX >= clientWidth || event.clientY >= clientHeight;
  return canScroll(element) && (event.offsetX >= clientWidth || event.offsetY >= clientHeight);
}
