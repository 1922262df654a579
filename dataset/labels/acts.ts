/**
 * The steps of an episode or a trace as acts: what the person did, each with the steps that tell what came of it.
 *
 * The ground that all labels stand on. Where something is missing from a record a new stretch begins: what lies on
 * both sides of a gap was not done one after the other. Pure; knows one record and nothing else.
 */
import type { Action } from '../../src/trace/limits.ts';
import type { PublishedEpisode } from '../../src/trace/published.ts';

/** What labels are made from; traces have the same parts. */
export type Work = Pick<PublishedEpisode, 'views' | 'steps' | 'gaps' | 'outcome'>;
export type WorkStep = Work['steps'][number];
export type WorkTarget = NonNullable<WorkStep['target']>;

export interface Act {
  /** Place of its step in the record. */
  index: number;
  step: WorkStep;
  /** Places of the steps after it, before the next act, that tell what came of it or came by itself. */
  followers: number[];
  /** Acts of different stretches have a gap between them. */
  stretch: number;
}

/** Steps that tell what came of an act. A view change can also come of the browser's own buttons. */
const FOLLOWING: readonly Action[] = ['submit', 'focus', 'dialogOpened', 'dialogDismissed', 'viewChange'];
/** Made in the popup, not on a page. */
const MARKS: readonly Action[] = ['taskBegun', 'taskDone', 'taskGivenUp'];

/** The acts in order. */
export function actsOf({ steps, gaps }: Work): Act[] {
  const gapsAfter = new Set(gaps.map(({ afterStep }) => afterStep));
  const acts: Act[] = [];
  let stretch = 0;
  steps.forEach((step, index) => {
    if (gapsAfter.has(index - 1)) stretch += 1;
    if (MARKS.includes(step.action)) return;
    if (!FOLLOWING.includes(step.action)) {
      acts.push({ index, step, followers: [], stretch });
      return;
    }
    const before = acts.at(-1);
    if (before?.stretch === stretch) before.followers.push(index);
  });
  return acts;
}

/** The act right after this one, unless something is missing between them. */
export function actAfter(acts: readonly Act[], place: number): Act | undefined {
  const next = acts[place + 1];
  return next?.stretch === acts[place]?.stretch ? next : undefined;
}

/** The act right before this one, unless something is missing between them. */
export function actBefore(acts: readonly Act[], place: number): Act | undefined {
  const before = acts[place - 1];
  return before?.stretch === acts[place]?.stretch ? before : undefined;
}

/** Of each step that came of an act, the step of that act. */
export function causesOf({ steps }: Work, acts: readonly Act[]): Map<number, number> {
  const causes = new Map<number, number>();
  for (const { index, step, followers } of acts) {
    let changesView = step.effect === 'viewChanged';
    for (const follower of followers) {
      const isChange = steps[follower]!.action === 'viewChange';
      // A view can change by itself, or by the browser's own buttons: after the effect as well.
      if (!isChange || changesView) causes.set(follower, index);
      if (isChange) changesView = false;
    }
  }
  return causes;
}
