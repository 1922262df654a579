/**
 * Clicks that nothing came of: dead clicks, and clicks on the same control again.
 *
 * The terms are those of web analytics. A change that recording cannot see, such as one of plain content, is none here.
 */
import { actAfter, type Act, type WorkStep } from './acts.ts';
import { isSameControl } from './same-control.ts';

/** A later click is another thought. A pause bucket is known by its lower end, so this is the first one left out. */
const SOON_MS = 5000;
/** A click in a field places the caret, which is no effect that is recorded. */
const FIELDS = /^(textbox|searchbox|combobox|spinbutton|slider)$/;

export interface ClickLabels {
  /** Steps of clicks that nothing came of, after which the next act was another click. */
  dead: Set<number>;
  /** Steps of clicks on the control that a dead click was made on. */
  again: Set<number>;
}

/** @param acts all acts of the record. */
export function labelClicks(acts: readonly Act[]): ClickLabels {
  const labels: ClickLabels = { dead: new Set(), again: new Set() };
  acts.forEach((act, place) => {
    const next = actAfter(acts, place);
    if (next === undefined || !hadNoEffect(act) || !isClick(next.step)) return;
    if (next.step.pauseBeforeMs >= SOON_MS || next.step.view !== act.step.view) return;
    labels.dead.add(act.index);
    const [first, second] = [act.step.target, next.step.target];
    if (first && second && isSameControl(first, second)) labels.again.add(next.index);
  });
  return labels;
}

function isClick({ action }: WorkStep): boolean {
  return action === 'click' || action === 'doubleClick';
}

/** A click on something, with no effect and no step that tells what came of it. */
function hadNoEffect({ step, followers }: Act): boolean {
  const role = step.target?.role;
  return (
    isClick(step) &&
    role !== undefined &&
    !FIELDS.test(role) &&
    step.effect === 'none' &&
    followers.length === 0
  );
}
