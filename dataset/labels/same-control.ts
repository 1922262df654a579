/**
 * Whether two targets are the same control, as far as descriptions without content can tell.
 */
import type { WorkTarget } from './acts.ts';

/** All but its states, which an act can change. */
const TELLING = [
  'elementKey', 'tag', 'role', 'inputType', 'term', 'landmark', 'listSize', 'depth', 'siblings', 'gridX', 'gridY',
  'widthLog2', 'heightLog2',
] as const satisfies readonly (keyof WorkTarget)[]; // prettier-ignore

/**
 * Whether both are one control of one view. Items of a list, table or menu have one key and can lie in one cell of
 * the grid, so of them it is never true.
 */
export function isSameControl(one: WorkTarget, other: WorkTarget): boolean {
  return /^[01]$/.test(one.listSize) && TELLING.every((name) => one[name] === other[name]);
}
