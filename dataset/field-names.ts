/**
 * From the wire's words to those that people who train agents use: `secondaryClick` becomes `right_click`.
 *
 * Pure functions of closed lists. Must never let a value through that is not on the contract's list.
 */
import type { Action, CountBucket, LengthBucket, MovementEnd } from '../src/trace/limits.ts';

/** Actions of steps in the vocabulary of computer-use datasets. */
export const ACTION_NAMES = {
  click: 'click',
  doubleClick: 'double_click',
  secondaryClick: 'right_click',
  middleClick: 'middle_click',
  auxiliaryClick: 'auxiliary_click',
  drag: 'drag',
  scroll: 'scroll',
  zoom: 'zoom',
  type: 'type',
  press: 'press',
  shortcut: 'hotkey',
  focus: 'focus',
  select: 'select',
  submit: 'submit',
  copy: 'copy',
  cut: 'cut',
  paste: 'paste',
  undo: 'undo',
  redo: 'redo',
  fileChosen: 'choose_file',
  viewChange: 'navigate',
  tabSwitch: 'switch_tab',
  windowFocus: 'focus_window',
  dialogOpened: 'dialog_opened',
  dialogDismissed: 'dialog_dismissed',
  taskBegun: 'task_begun',
  taskDone: 'task_done',
  taskGivenUp: 'task_given_up',
} as const satisfies Record<Action, string>;

/** Ends of movements, named like the actions they are. */
export const MOVEMENT_END_NAMES = {
  click: 'click',
  doubleClick: 'double_click',
  secondary: 'right_click',
  drag: 'drag',
  wheel: 'scroll',
  none: 'none',
} as const satisfies Record<MovementEnd, string>;

/** `stateChanged` as `state_changed`. */
export function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The way back: `state_changed` as `stateChanged`. */
export function toCamelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The lower end of a bucket: `2-4` is 2, `20+` is 20. */
export function lowerEndOf(bucket: CountBucket | LengthBucket): number {
  return Number.parseInt(bucket, 10);
}

/** All lower ends, as a card prints them. */
export function lowerEndsOf(buckets: readonly (CountBucket | LengthBucket)[]): string[] {
  return buckets.map((bucket) => String(lowerEndOf(bucket)));
}
