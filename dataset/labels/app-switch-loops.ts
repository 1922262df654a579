/**
 * Switching to and fro between two apps: A, B, A, B, or longer.
 */
import { HIDDEN_KEY } from '../../src/trace/published.ts';
import type { Work } from './acts.ts';

/** There, back, and there again. */
const MIN_VISITS = 4;

/** Steps in a row in one app. */
interface Visit {
  app: string;
  first: number;
  last: number;
  /** It follows the visit before it, with nothing missing between them. */
  isNext: boolean;
}

/** Each step that lies in such a loop, with the number of the loop. */
export function labelAppSwitchLoops(work: Work): Map<number, number> {
  const visits = visitsOf(work);
  const loopOf = new Map<number, number>();
  let loop = 0;
  for (let from = 0; from < visits.length;) {
    let to = from + 1;
    while (goesOn(visits, from, to)) to += 1;
    if (to - from < MIN_VISITS) {
      from += 1;
      continue;
    }
    for (let index = visits[from]!.first; index <= visits[to - 1]!.last; index += 1) loopOf.set(index, loop);
    loop += 1;
    from = to;
  }
  return loopOf;
}

/** Whether a visit keeps up the change between the two apps that those from `from` have begun. */
function goesOn(visits: readonly Visit[], from: number, to: number): boolean {
  const visit = visits[to];
  if (!visit?.isNext || visits[from]!.app === HIDDEN_KEY || visit.app === HIDDEN_KEY) return false;
  return to - from < 2 || visit.app === visits[to - 2]!.app;
}

function visitsOf({ steps, views, gaps }: Work): Visit[] {
  const gapsAfter = new Set(gaps.map(({ afterStep }) => afterStep));
  const visits: Visit[] = [];
  let isNext = false;
  steps.forEach((step, index) => {
    if (gapsAfter.has(index - 1)) isNext = false;
    // A page can be loaded in a tab that nobody looks at.
    if (step.action === 'viewChange') return;
    const { app } = views[step.view]!;
    const current = visits.at(-1);
    if (isNext && current?.app === app) current.last = index;
    else visits.push({ app, first: index, last: index, isNext });
    isNext = true;
  });
  return visits;
}
