/**
 * The state of the page around a step: where it is scrolled to, what has the focus, what the step changed.
 *
 * In the page, once per step. Reads places, roles and states, never content.
 */
import type { Effect, Role, ScrollPosition } from '../trace/limits.ts';
import { isTextField, roleOf } from './control-role.ts';
import { statesOf } from './control-states.ts';
import { focusedElement, isWithin } from './element-tree.ts';
import type { SensitiveFields } from './sensitive-field.ts';
import type { PendingStep } from './step-ledger.ts';
import { unclobbered } from './unclobbered.ts';

export function scrollPosition(page: Window): ScrollPosition {
  const scroller = unclobbered(page.document).scrollingElement;
  if (!scroller) return 'unscrollable';
  const rangePx = scroller.scrollHeight - scroller.clientHeight;
  if (rangePx <= 1) return 'unscrollable';
  const share = page.scrollY / rangePx;
  if (share <= 0.01) return 'top';
  if (share >= 0.99) return 'bottom';
  if (share < 1 / 3) return 'upper';
  return share < 2 / 3 ? 'middle' : 'lower';
}

/** Role of what has the focus; undefined for sensitive fields and where nothing has it. */
export function focusedRole(document: Document, sensitive: SensitiveFields): Role | undefined {
  const focused = focusedElement(document);
  return focused && !sensitive.covers(focused) ? roleOf(focused) : undefined;
}

/** What came of a step as far as its control and the focus show it. */
export function observeEffect(document: Document, sensitive: SensitiveFields, pending: PendingStep): Effect {
  const { control, focusedBefore, step } = pending;
  const statesBefore = step.target?.states ?? [];
  if (!control) return 'none';
  if (unclobbered(control).isConnected) {
    const states = statesOf(control);
    if (states.length !== statesBefore.length || states.some((state) => !statesBefore.includes(state)))
      return 'stateChanged';
  }
  const focused = focusedElement(document);
  if (!focused || focused === focusedBefore || sensitive.covers(focused)) return 'none';
  // A button that was pressed has the focus in any case; that says nothing.
  if (isWithin(control, focused) && !isTextField(focused)) return 'none';
  return 'focusMoved';
}
