/**
 * Dialogs that were closed without anything being done in them.
 *
 * How one was closed is known by the key, by where the press was, or by a term of the public vocabulary. A press on a
 * control inside whose name is no such term may have been consent: it is no dismissal.
 */
import type { Term } from '../../src/trace/vocabulary.ts';
import { actBefore, type Act, type Work, type WorkStep, type WorkTarget } from './acts.ts';

/** What controls that turn something down are called. */
export const DECLINING: readonly (Term | undefined)[] = ['cancel', 'close', 'hide', 'skip'];
/** Landmarks that do not lie in dialogs; what has `dialog` for a role is one itself. */
const OUTSIDE = /^(banner|complementary|contentinfo|main|none)$/;
const DIALOG_ROLES = /^(alert)?dialog$/;

/** Steps that tell of a dialog dismissed by the first act after it had opened. */
export function labelDialogs({ steps }: Work, acts: readonly Act[]): Set<number> {
  const dismissed = new Set<number>();
  acts.forEach((act, place) => {
    const opening = actBefore(acts, place);
    if (opening === undefined) return;
    for (const index of act.followers) {
      const closed = steps[index]!;
      if (closed.action !== 'dialogDismissed' || !declines(act.step, closed.target)) continue;
      const isJustOpened = opening.followers.some((earlier) => opened(steps[earlier]!, closed));
      if (isJustOpened) dismissed.add(index);
    }
  });
  return dismissed;
}

function opened(step: WorkStep, closed: WorkStep): boolean {
  return (
    step.action === 'dialogOpened' && step.view === closed.view && isSameDialog(step.target, closed.target)
  );
}

/** Whether an act that closed a dialog turned it down: escape, a press outside, or a control that is called so. */
export function declines({ action, key, target }: WorkStep, dialog: WorkTarget | undefined): boolean {
  if (action === 'press') return key === 'escape';
  if (action !== 'click' || target === undefined) return false;
  if (DECLINING.includes(target.term)) return true;
  // What lies in a popover without that role looks like what lies outside. Beside a dialog is pressed the dialog.
  return (
    DIALOG_ROLES.test(dialog?.role ?? '') && (OUTSIDE.test(target.landmark) || isSameDialog(target, dialog))
  );
}

/** A dialog that closes has no size or place any more. */
export function isSameDialog(one: WorkTarget | undefined, other: WorkTarget | undefined): boolean {
  return one?.elementKey === other?.elementKey && one?.tag === other?.tag && one?.role === other?.role;
}
