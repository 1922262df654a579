/**
 * Ways back: a view change that leads to where the person had just been.
 *
 * Views are the same if app and key are. Keys that too few have met are hidden, so of them nothing is told.
 */
import type { Action } from '../../src/trace/limits.ts';
import { HIDDEN_KEY } from '../../src/trace/published.ts';
import type { Act, Work } from './acts.ts';

/** A longer stay was work, and the way back the next step of it. */
const SHORT_STAY_ACTS = 3;
/** What puts something into a view: after that, leaving it is going on. */
const ENTERING: readonly Action[] = ['type', 'select', 'paste', 'cut', 'drag', 'fileChosen'];

/** The views of one app in the order of the browser's history, as far as the record tells. */
interface Trail {
  keys: string[];
  at: number;
  /** Step at which the view that is shown began. */
  since: number;
}

/** Steps of view changes that went back. */
export function labelBackTracks(work: Work, acts: readonly Act[]): Set<number> {
  const back = new Set<number>();
  const trails = new Map<string, Trail>();
  const gapsAfter = new Set(work.gaps.map(({ afterStep }) => afterStep));
  work.steps.forEach((step, index) => {
    if (gapsAfter.has(index - 1)) trails.clear();
    const { app, viewKey } = work.views[step.view]!;
    if (app === HIDDEN_KEY || viewKey === HIDDEN_KEY) {
      trails.delete(app);
      return;
    }
    const trail = trails.get(app);
    const isChange = step.action === 'viewChange' && step.navigation !== 'resize';
    // In another tab nothing is known of what was shown before.
    const isElsewhere = isChange ? step.navigation === 'newTab' : viewKey !== trail?.keys[trail.at];
    if (trail === undefined || isElsewhere) trails.set(app, { keys: [viewKey], at: 0, since: index });
    else if (isChange) {
      if (follow(trail, viewKey, step.navigation, () => wasLook(work, acts, trail.since, index)))
        back.add(index);
      trail.since = index;
    }
  });
  return back;
}

/** Moves along the trail; true if that was back. */
function follow(
  trail: Trail,
  viewKey: string,
  navigation: string | undefined,
  wasShortLook: () => boolean,
): boolean {
  const { keys, at } = trail;
  if (navigation === 'replace' || navigation === 'reload') {
    keys[at] = viewKey;
    return false;
  }
  if (navigation === 'backForward') {
    const behind = keys.lastIndexOf(viewKey, at - 1);
    if (at > 0 && behind !== -1) {
      trail.at = behind;
      return true;
    }
    const ahead = keys.indexOf(viewKey, at + 1);
    if (ahead !== -1) {
      trail.at = ahead;
      return false;
    }
  }
  const isReturn = at > 0 && keys[at - 1] === viewKey && keys[at] !== viewKey && wasShortLook();
  trail.keys = [...keys.slice(0, at + 1), viewKey];
  trail.at = at + 1;
  return isReturn;
}

/** Whether little was done between two steps, and nothing entered. */
function wasLook({ steps }: Work, acts: readonly Act[], from: number, to: number): boolean {
  const between = acts.filter(({ index, step }) => index > from && index < to && step.action !== 'scroll');
  return (
    between.length <= SHORT_STAY_ACTS &&
    !between.some(({ step }) => ENTERING.includes(step.action)) &&
    !steps.slice(from, to).some(({ action }) => action === 'submit')
  );
}
