/**
 * Motions as tables: `motions`, a row per movement, and `motion_samples`, a row per point of its path.
 *
 * Movements of traces have these columns and more. Here the path's differences become times and places relative to its start; see src/trace/motion.ts.
 */
import { MAX_OFFSET_QUARTERS, MOVEMENT_ENDS } from '../src/trace/limits.ts';
import { EndOffset, Motion, type MotionPath } from '../src/trace/motion.ts';
import { MOVEMENT_END_NAMES } from './field-names.ts';
import { createTable, fromContract, recordColumns, splitColumn, type Column, type Table } from './table.ts';

/** A path as places: the first sample lies at time 0 and place (0, 0). */
export interface DecodedPath {
  timeMs: number[];
  xPx: number[];
  yPx: number[];
}

/** Sums up a path's differences. Each column is one longer than those of the path. */
export function decodePath(path: MotionPath): DecodedPath {
  return { timeMs: runningSums(path.dtMs), xPx: runningSums(path.dxPx), yPx: runningSums(path.dyPx) };
}

function runningSums(differences: readonly number[]): number[] {
  const sums = [0];
  let sum = 0;
  for (const difference of differences) sums.push((sum += difference));
  return sums;
}

function pathLengthPx(path: MotionPath): number {
  // Math.sqrt is exactly rounded everywhere; Math.hypot is not, and two pulls must give the same bytes.
  return path.dxPx.reduce((sum, dx, index) => sum + Math.sqrt(dx * dx + (path.dyPx[index] ?? 0) ** 2), 0);
}

/** From quarters of half an extent, counted from the centre, to 0 to 1. */
export function shareOfTarget(quarters: number | undefined): number | null {
  return quarters === undefined ? null : (quarters + MAX_OFFSET_QUARTERS) / (2 * MAX_OFFSET_QUARTERS);
}

type Movement = Pick<Motion, 'path' | 'end' | 'endOffset'>;

/** What there is to say of a movement, alone or in a trace. */
export const movementColumns = (
  samplesTable: string,
  durationNote: string,
): Column<{ record: Movement }>[] => [
  {
    name: 'end',
    type: 'VARCHAR',
    ...fromContract(Motion.shape.end),
    values: MOVEMENT_ENDS.map((end) => MOVEMENT_END_NAMES[end]),
    value: ({ record }) => MOVEMENT_END_NAMES[record.end],
  },
  {
    name: 'end_x_offset_quarters',
    type: 'INTEGER',
    ...fromContract(EndOffset.shape.xQuarters, '-4 is the left edge, 4 the right; null without a target.'),
    value: ({ record }) => record.endOffset?.xQuarters ?? null,
  },
  {
    name: 'end_y_offset_quarters',
    type: 'INTEGER',
    ...fromContract(EndOffset.shape.yQuarters, '-4 is the top edge, 4 the bottom; null without a target.'),
    value: ({ record }) => record.endOffset?.yQuarters ?? null,
  },
  {
    name: 'end_x_in_target',
    type: 'DOUBLE',
    description: 'The same across the target, 0 at its left edge and 1 at its right; null without a target.',
    unit: 'share of the target',
    value: ({ record }) => shareOfTarget(record.endOffset?.xQuarters),
  },
  {
    name: 'end_y_in_target',
    type: 'DOUBLE',
    description: 'The same down the target, 0 at its top edge and 1 at its bottom; null without a target.',
    unit: 'share of the target',
    value: ({ record }) => shareOfTarget(record.endOffset?.yQuarters),
  },
  {
    name: 'sample_count',
    type: 'INTEGER',
    description: `Rows it has in ${samplesTable}.`,
    unit: 'count',
    value: ({ record }) => record.path.dtMs.length + 1,
  },
  {
    name: 'duration_ms',
    type: 'INTEGER',
    description: `Time from the first sample to the last; ${durationNote}.`,
    unit: 'ms',
    value: ({ record }) => record.path.dtMs.reduce((sum, dt) => sum + dt, 0),
  },
  {
    name: 'path_length_px',
    type: 'DOUBLE',
    description: 'Length of the path through all samples.',
    unit: 'CSS px',
    value: ({ record }) => pathLengthPx(record.path),
  },
];

/** The points of a path, each of which becomes a row. */
export const sampleColumns: Column<{ path: DecodedPath }>[] = [
  {
    name: 'sample_index',
    type: 'INTEGER',
    description: 'Place of the sample in the path, from 0.',
    each: true,
    value: ({ path }) => Array.from(path.timeMs.keys()),
  },
  {
    name: 'time_ms',
    type: 'INTEGER',
    description: 'Time since the start of the movement.',
    unit: 'ms',
    each: true,
    value: ({ path }) => path.timeMs,
  },
  {
    name: 'x_px',
    type: 'INTEGER',
    description:
      'Way to the right from the start of the movement; but at linked, the whole path is turned by a random angle and mirrored by chance.',
    unit: 'CSS px',
    each: true,
    value: ({ path }) => path.xPx,
  },
  {
    name: 'y_px',
    type: 'INTEGER',
    description: 'Way down from the start of the movement, turned likewise.',
    unit: 'CSS px',
    each: true,
    value: ({ path }) => path.yPx,
  },
];

/** The tables made from motions; the first has one row per record. */
export const MOTION_TABLES: readonly Table[] = [
  createTable({
    name: 'motions',
    kind: 'motion',
    description: 'One movement of the pointer, alone: nothing joins it to another.',
    entriesOf: (source) => [source],
    columns: [
      ...recordColumns<'motion'>(),
      ...movementColumns('motion_samples', 'made from population values'),
      splitColumn<'motion'>(),
    ],
  }),
  createTable({
    name: 'motion_samples',
    kind: 'motion',
    description: 'The path of each movement, relative to its start.',
    entriesOf: ({ record }) => [{ recordId: record.recordId, path: decodePath(record.path) }],
    columns: [
      {
        name: 'record_id',
        type: 'VARCHAR',
        description: 'The movement, as in motions.',
        value: ({ recordId }) => recordId,
      },
      ...sampleColumns,
    ] satisfies Column<{ recordId: string; path: DecodedPath }>[],
  }),
];
