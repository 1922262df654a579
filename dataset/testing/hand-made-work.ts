/**
 * Hand-made sessions for tests of the labels: steps in a few words, views by name, so that the truth can be read.
 *
 * Runs in tests only.
 */
import type { Work, WorkStep, WorkTarget } from '../labels/acts.ts';
import { aStep, aTarget, aView, keyedHashFor } from './published-rows.ts';

type View = Work['views'][number];

/** A control known by its name: the same name is the same control. */
export function control(name: string, changes: Partial<WorkTarget> = {}): WorkTarget {
  const { term: _term, ...plain } = aTarget({ elementKey: keyedHashFor(name), gridX: name.length % 12 });
  return { ...plain, ...changes };
}

/** A field of a form. */
export function field(name: string, changes: Partial<WorkTarget> = {}): WorkTarget {
  return control(name, { tag: 'input', role: 'textbox', landmark: 'form', ...changes });
}

export function view(name: string, changes: Partial<View> = {}): View {
  return aView({ viewKey: keyedHashFor(name), ...changes });
}

/** @param views as they are shown; steps name them by their place. */
export function work(
  steps: readonly Partial<WorkStep>[],
  { views = [view('list')], ...changes }: Partial<Work> = {},
): Work {
  return { views, steps: steps.map((step) => aStep(step)), gaps: [], outcome: 'unknown', ...changes };
}

export const click = (target: WorkTarget, changes: Partial<WorkStep> = {}): Partial<WorkStep> => ({
  action: 'click',
  target,
  ...changes,
});
export const type = (target: WorkTarget, changes: Partial<WorkStep> = {}): Partial<WorkStep> => ({
  action: 'type',
  target,
  length: '5-9',
  ...changes,
});
export const press = (key: WorkStep['key'], changes: Partial<WorkStep> = {}): Partial<WorkStep> => ({
  action: 'press',
  ...(key && { key }),
  ...changes,
});
/** The view changes to another of the record. */
export const shown = (
  to: number,
  navigation: NonNullable<WorkStep['navigation']> = 'push',
): Partial<WorkStep> => ({
  action: 'viewChange',
  view: to,
  navigation,
});
