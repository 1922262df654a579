/**
 * The state before an action as Agent Data Protocol has it: an accessibility tree in which nothing is content.
 *
 * Pure. Lists the view's inventory in buckets and the controls of the view that the episode tells of, in the order of
 * reading and not of use, so that the tree does not say which comes next.
 */
import { controlId } from '../../src/replay/wireframe.ts';
import { lowerEndOf, toSnakeCase } from '../field-names.ts';
import { groupBy } from './group-by.ts';
import type { WorkRecord, WorkStep, WorkTarget } from './stream-records.ts';
import { sizeOf } from './synthetic.ts';

/** The controls of a record by view, each with an id that is the same throughout the record. */
export interface KnownControls {
  /** Empty where there is no target. */
  idOf: (view: number, target: WorkTarget | undefined) => string;
  ofView: (view: number) => { id: string; target: WorkTarget }[];
}

export function findControls({ steps }: Pick<WorkRecord, 'steps'>): KnownControls {
  const byView = groupBy(
    steps.flatMap(({ view, target, destination }) =>
      [target, destination].filter((one) => one !== undefined).map((one) => ({ view, target: one })),
    ),
    ({ view }) => view,
  );
  const controls = new Map(
    [...byView].map(([view, found]) => {
      const distinct = [...new Map(found.map(({ target }) => [controlId(target), target])).values()];
      const ordered = distinct.sort(
        (one, other) =>
          one.gridY - other.gridY || one.gridX - other.gridX || (controlId(one) < controlId(other) ? -1 : 1),
      );
      return [view, ordered.map((target, index) => ({ id: `v${view}c${index}`, target }))] as const;
    }),
  );
  const ofView = (view: number) => controls.get(view) ?? [];
  return {
    ofView,
    idOf: (view, target) => {
      if (target === undefined) return '';
      const wanted = controlId(target);
      return ofView(view).find((control) => controlId(control.target) === wanted)?.id ?? '';
    },
  };
}

/** @param effect of the action before; undefined for the first. */
export function describeState(
  record: WorkRecord,
  step: WorkStep,
  controls: KnownControls,
  effect: WorkStep['effect'] | undefined,
): string {
  const view = record.views[step.view]!;
  const root = attributes({
    app: view.app,
    view: view.viewKey,
    width: view.width,
    scroll: step.scrollPosition,
    'focused role': step.focusedRole ?? 'none',
    'effect of the action before': effect === undefined ? undefined : toSnakeCase(effect),
  });
  const counts = (names: Readonly<Record<string, string | undefined>>) =>
    Object.entries(names).map(([name, bucket]) => `${name} ${atLeast(bucket)}`);
  const { roles, landmarks } = view.inventory;
  return [
    `RootWebArea ''${root}`,
    `\tvisible roles: ${counts(roles).join(', ') || 'none'}`,
    `\tvisible in landmarks: ${counts(landmarks).join(', ') || 'none'}`,
    ...controls.ofView(step.view).map(({ id, target }) => `\t[${id}] ${describeControl(target)}`),
  ].join('\n');
}

function atLeast(bucket: string | undefined): string {
  return bucket === undefined ? '0' : `${lowerEndOf(bucket as '0')}+`;
}

function describeControl(target: WorkTarget): string {
  const { widthPx, heightPx } = sizeOf(target);
  return `${target.role} '${target.term ?? ''}'${attributes({
    tag: target.tag,
    type: target.inputType,
    landmark: target.landmark,
    column: `${target.gridX + 1} of 12`,
    row: `${target.gridY + 1} of 8`,
    'width px': String(widthPx),
    'height px': String(heightPx),
    'list items': atLeast(target.listSize),
    key: target.elementKey,
  })}`;
}

function attributes(named: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(named)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `, ${name}='${value ?? ''}'`)
    .join('');
}
