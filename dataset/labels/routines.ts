/**
 * Routines: the same acts on the same kinds of control in the same views, several times within a record.
 *
 * Rows and items of a list have one key, so that going through a list is a routine whatever its rows are. Exact: a
 * time on which one act was left out or added is not found.
 */
import type { Action } from '../../src/trace/limits.ts';
import type { Act, Work } from './acts.ts';
import { CUT, findRepeats } from './repeats.ts';

/** One time that a routine was done. */
export interface RoutineTime {
  /** Number of the routine in the record, from 0 in order of their first acts. */
  id: number;
  /** Which time it is, from 0. */
  time: number;
  /** Acts that it has. */
  acts: number;
}

/** How far one looks and where one comes back to differs from time to time. */
const LEFT_OUT: readonly Action[] = ['scroll', 'zoom', 'windowFocus'];

/** Each step that lies within a routine, what came of its acts included. */
export function labelRoutines(work: Work, acts: readonly Act[]): Map<number, RoutineTime> {
  const telling = acts.filter(({ step }) => !LEFT_OUT.includes(step.action));
  const placed = new Map<number, RoutineTime>();
  const { tokens, actAt } = tokensOf(work, telling);
  findRepeats(tokens).forEach(({ length, starts }, id) => {
    starts.forEach((start, time) => {
      const last = telling[actAt[start + length - 1]!]!;
      const end = last.followers.at(-1) ?? last.index;
      for (let index = telling[actAt[start]!]!.index; index <= end; index += 1)
        placed.set(index, { id, time, acts: length });
    });
  });
  return placed;
}

/** Equal acts as equal numbers, with a cut where something is missing; and of which act each is. */
function tokensOf(work: Work, acts: readonly Act[]) {
  const numbers = new Map<string, number>();
  const tokens: number[] = [];
  const actAt: number[] = [];
  acts.forEach((act, place) => {
    if (place > 0 && acts[place - 1]!.stretch !== act.stretch) {
      tokens.push(CUT);
      actAt.push(place);
    }
    const words = describe(work, act);
    const number = numbers.get(words) ?? numbers.size;
    numbers.set(words, number);
    tokens.push(number);
    actAt.push(place);
  });
  return { tokens, actAt };
}

function describe({ views }: Work, { step }: Act): string {
  const { action, key, shortcut, target, destination } = step;
  const { app, viewKey } = views[step.view]!;
  const controls = [target, destination].map((one) => [one?.role, one?.term, one?.elementKey]);
  return JSON.stringify([action, key, shortcut, app, viewKey, controls]);
}
