/**
 * A target as columns: one control described without content, flattened under a prefix.
 *
 * Used twice by `steps`, for what a step was done to and for where a drag ended.
 */
import { COUNT_BUCKETS, GRID_CELLS, GRID_ROWS, INPUT_TYPES, LANDMARKS, STATES } from '../src/trace/limits.ts';
import type { PublishedEpisode } from '../src/trace/published.ts';
import { Target } from '../src/trace/target.ts';
import { lowerEndOf, lowerEndsOf, toSnakeCase } from './field-names.ts';
import { fromContract, type Column, type Whole } from './table.ts';

export type PublishedTarget = NonNullable<PublishedEpisode['steps'][number]['target']>;

const shape = Target.shape;

/** Columns `<prefix>_tag`, `<prefix>_role` and so on; all null where an entry has no such target. */
export function targetColumns<Entry>(
  prefix: string,
  whole: Whole,
  targetOf: (entry: Entry) => PublishedTarget | undefined,
): Column<Entry>[] {
  return columnsOfTarget(whole).map(({ name, value, ...text }) => ({
    ...text,
    name: `${prefix}_${name}`,
    value: (entry) => {
      const target = targetOf(entry);
      return target === undefined ? null : value(target);
    },
  }));
}

const columnsOfTarget = (whole: Whole): Column<PublishedTarget>[] => [
  { name: 'tag', type: 'VARCHAR', ...fromContract(shape.tag), value: ({ tag }) => tag },
  { name: 'role', type: 'VARCHAR', ...fromContract(shape.role), value: ({ role }) => role },
  {
    name: 'input_type',
    type: 'VARCHAR',
    ...fromContract(shape.inputType),
    values: INPUT_TYPES,
    value: ({ inputType }) => inputType ?? null,
  },
  {
    name: 'states',
    type: 'VARCHAR[]',
    ...fromContract(shape.states),
    values: STATES.map(toSnakeCase),
    value: ({ states }) => states.map(toSnakeCase),
  },
  { name: 'x_twelfths', type: 'INTEGER', ...fromContract(shape.gridX), value: ({ gridX }) => gridX },
  { name: 'y_eighths', type: 'INTEGER', ...fromContract(shape.gridY), value: ({ gridY }) => gridY },
  {
    name: 'x',
    type: 'DOUBLE',
    description:
      'Place of its centre across the viewport, 0 at the left and 1 at the right: the middle of its column.',
    unit: 'share of the viewport',
    value: ({ gridX }) => (gridX + 0.5) / GRID_CELLS,
  },
  {
    name: 'y',
    type: 'DOUBLE',
    description:
      'Place of its centre down the viewport, 0 at the top and 1 at the bottom: the middle of its row.',
    unit: 'share of the viewport',
    value: ({ gridY }) => (gridY + 0.5) / GRID_ROWS,
  },
  {
    name: 'width_px_log2',
    type: 'INTEGER',
    ...fromContract(shape.widthLog2),
    value: ({ widthLog2 }) => widthLog2,
  },
  {
    name: 'height_px_log2',
    type: 'INTEGER',
    ...fromContract(shape.heightLog2),
    value: ({ heightLog2 }) => heightLog2,
  },
  {
    name: 'depth_bucket',
    type: 'INTEGER',
    ...fromContract(shape.depth),
    unit: 'bucket of 4 elements',
    value: ({ depth }) => depth,
  },
  {
    name: 'sibling_count_min',
    type: 'INTEGER',
    ...fromContract(shape.siblings),
    unit: 'count, lower end of its bucket',
    values: lowerEndsOf(COUNT_BUCKETS),
    value: ({ siblings }) => lowerEndOf(siblings),
  },
  {
    name: 'landmark',
    type: 'VARCHAR',
    ...fromContract(shape.landmark),
    values: LANDMARKS,
    value: ({ landmark }) => landmark,
  },
  {
    name: 'list_item_count_min',
    type: 'INTEGER',
    ...fromContract(shape.listSize),
    unit: 'count, lower end of its bucket',
    values: lowerEndsOf(COUNT_BUCKETS),
    value: ({ listSize }) => lowerEndOf(listSize),
  },
  {
    name: 'element_key',
    type: 'VARCHAR',
    ...fromContract(shape.elementKey, whole.hiddenNote),
    value: ({ elementKey }) => elementKey ?? null,
  },
  { name: 'term', type: 'VARCHAR', ...fromContract(shape.term), value: ({ term }) => term ?? null },
];
