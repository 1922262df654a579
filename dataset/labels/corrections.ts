/**
 * Corrections: what was done was taken back, and how many times in a row.
 *
 * Episodes know of undoing only: how often a person went back while typing is told by rhythms, and nothing is told in
 * two kinds of record (docs/decisions/0014). Traces know both.
 */
import { actBefore, type Act, type WorkStep } from './acts.ts';

/**
 * The step of each correction, with the number of the burst it is part of.
 *
 * @param typedCorrections runs of backspaces while the step typed; undefined where that is not known.
 */
export function labelCorrections(
  acts: readonly Act[],
  typedCorrections: (index: number) => number | undefined,
): Map<number, number> {
  const bursts = new Map<number, number>();
  let burst = -1;
  acts.forEach(({ index, step }, place) => {
    if (!isUndo(step) && !typedCorrections(index)) return;
    const before = actBefore(acts, place);
    if (before === undefined || !bursts.has(before.index)) burst += 1;
    bursts.set(index, burst);
  });
  return bursts;
}

function isUndo({ action, shortcut, target }: WorkStep): boolean {
  return (
    action === 'undo' ||
    (action === 'shortcut' && shortcut === 'undo') ||
    (action === 'click' && target?.term === 'undo')
  );
}
