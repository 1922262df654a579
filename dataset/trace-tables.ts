/**
 * Traces as tables: `traces`, a row per piece of work, and its steps, views, gaps, movements and typing runs.
 *
 * Only in datasets of linked data, which hold no other tables. Made of the same columns as the tables of episodes,
 * motions and rhythms; what is added is the place in the trace.
 */
import { LINKED_KEY_CLASSES, MOVEMENT_PAUSES, POINTER_TYPES } from '../src/trace/limits.ts';
import type { MotionPath } from '../src/trace/motion.ts';
import { unpackPath } from '../src/trace/packed-path.ts';
import type { PublishedTrace } from '../src/trace/published.ts';
import { MotionTarget, TraceMotion, TraceRhythm } from '../src/trace/trace.ts';
import { labelSource, workColumns, workTables, type LabelledSource } from './episode-tables.ts';
import {
  decodePath,
  movementColumns,
  sampleColumns,
  shareOfTarget,
  type DecodedPath,
} from './motion-tables.ts';
import { keyColumns, runColumns } from './rhythm-tables.ts';
import {
  createTable,
  fromContract,
  recordColumns,
  splitColumn,
  wholeId,
  type Column,
  type Table,
  type Whole,
} from './table.ts';

const TRACE: Whole = {
  kind: 'trace',
  idColumn: 'trace_id',
  table: 'traces',
  prefix: 'trace_',
  hiddenNote: '',
};

/** One movement or typing run, or its samples or keys, with the trace it is in and its number there. */
interface PieceEntry<Piece> {
  wholeId: string;
  index: number;
  record: Piece;
}

/** What only traces tell of a movement: the rest before it, and what it ended on. */
const tracedColumns: Column<{ record: Omit<TraceMotion, 'path'> }>[] = [
  {
    name: 'pause_before',
    type: 'VARCHAR',
    ...fromContract(TraceMotion.shape.pauseBefore),
    values: MOVEMENT_PAUSES,
    value: ({ record }) => record.pauseBefore,
  },
  {
    name: 'pointer_type',
    type: 'VARCHAR',
    ...fromContract(TraceMotion.shape.pointerType),
    values: POINTER_TYPES,
    value: ({ record }) => record.pointerType,
  },
  {
    name: 'nested_scroller',
    type: 'BOOLEAN',
    ...fromContract(TraceMotion.shape.nestedScroller),
    value: ({ record }) => record.nestedScroller,
  },
  {
    name: 'target_role',
    type: 'VARCHAR',
    ...fromContract(MotionTarget.shape.role, 'Null in all target columns if nothing could be described.'),
    value: ({ record }) => record.target?.role ?? null,
  },
  {
    name: 'target_width_px_log2',
    type: 'INTEGER',
    ...fromContract(MotionTarget.shape.widthLog2),
    value: ({ record }) => record.target?.widthLog2 ?? null,
  },
  {
    name: 'target_height_px_log2',
    type: 'INTEGER',
    ...fromContract(MotionTarget.shape.heightLog2),
    value: ({ record }) => record.target?.heightLog2 ?? null,
  },
];

const traceColumns: Column<LabelledSource<'trace'>>[] = [
  ...recordColumns<'trace'>(),
  ...workColumns(TRACE),
  {
    name: 'motion_count',
    type: 'INTEGER',
    description: 'Rows it has in trace_motions.',
    unit: 'count',
    value: ({ record }) => record.motions.length,
  },
  {
    name: 'rhythm_count',
    type: 'INTEGER',
    description: 'Rows it has in trace_rhythms.',
    unit: 'count',
    value: ({ record }) => record.rhythms.length,
  },
  splitColumn<'trace'>(false),
];

function pieceIds<Entry extends { wholeId: string; index: number }>(column: string, what: string) {
  return [
    wholeId<Entry>(TRACE),
    {
      name: column,
      type: 'INTEGER',
      description: `Place of the ${what} among those of the trace, from 0.`,
      value: ({ index }: Entry) => index,
    },
  ] satisfies Column<Entry>[];
}

const placeColumns: Column<PieceEntry<{ startMs: number; afterStep: number }>>[] = [
  {
    name: 'start_ms',
    type: 'INTEGER',
    ...fromContract(TraceMotion.shape.startMs),
    value: ({ record }) => record.startMs,
  },
  {
    name: 'after_step_index',
    type: 'INTEGER',
    ...fromContract(TraceMotion.shape.afterStep),
    value: ({ record }) => record.afterStep,
  },
];

function piecesOf<Piece>(record: PublishedTrace, pieces: readonly Piece[]): PieceEntry<Piece>[] {
  return pieces.map((piece, index) => ({ wholeId: record.recordId, index, record: piece }));
}

type UnpackedMotion = Omit<TraceMotion, 'path'> & { path: MotionPath };
type SamplesEntry = PieceEntry<UnpackedMotion> & { path: DecodedPath };

/** Places of a path on what it ended on: its end is known there, and the target's size to the nearest power of two. */
const inTargetColumns: Column<SamplesEntry>[] = [
  {
    name: 'x_in_target',
    type: 'DOUBLE',
    description:
      'The same across the target that the movement ended on, 0 at its left edge and 1 at its right, beyond them outside; the target as wide as target_width_px_log2 says. Null without a target.',
    unit: 'share of the target',
    each: true,
    value: ({ path, record: { endOffset, target } }) =>
      placesInTarget(path.xPx, endOffset?.xQuarters, target?.widthLog2),
  },
  {
    name: 'y_in_target',
    type: 'DOUBLE',
    description: 'The same down the target, 0 at its top edge and 1 at its bottom.',
    unit: 'share of the target',
    each: true,
    value: ({ path, record: { endOffset, target } }) =>
      placesInTarget(path.yPx, endOffset?.yQuarters, target?.heightLog2),
  },
];

function placesInTarget(
  placesPx: readonly number[],
  endQuarters: number | undefined,
  sizeLog2: number | undefined,
): (number | null)[] {
  const endShare = shareOfTarget(endQuarters);
  const endPx = placesPx.at(-1);
  if (endShare === null || endPx === undefined || sizeLog2 === undefined) return placesPx.map(() => null);
  return placesPx.map((px) => endShare + (px - endPx) / 2 ** sizeLog2);
}

function motionsOf(record: PublishedTrace): PieceEntry<UnpackedMotion>[] {
  return piecesOf(
    record,
    record.motions.map((motion) => ({ ...motion, path: unpackPath(motion.path) })),
  );
}

/** The tables made from traces; the first has one row per record. */
export const TRACE_TABLES: readonly Table[] = [
  createTable({
    name: 'traces',
    kind: 'trace',
    description: 'One task or burst of work of a volunteer, with everything in place.',
    entriesOf: (source) => [labelSource(source)],
    columns: traceColumns,
  }),
  ...workTables(TRACE),
  createTable<'trace', PieceEntry<UnpackedMotion>>({
    name: 'trace_motions',
    kind: 'trace',
    description: 'The movements of the pointer in each trace, in order, at the person’s own pace.',
    entriesOf: ({ record }) => motionsOf(record),
    columns: [
      ...pieceIds<PieceEntry<UnpackedMotion>>('motion_index', 'movement'),
      ...placeColumns,
      ...tracedColumns,
      ...movementColumns('trace_motion_samples', 'the person’s own, on a clock of 50 ms'),
    ],
  }),
  createTable<'trace', SamplesEntry>({
    name: 'trace_motion_samples',
    kind: 'trace',
    description: 'The path of each movement, relative to its start.',
    entriesOf: ({ record }) =>
      motionsOf(record).map((entry) => ({ ...entry, path: decodePath(entry.record.path) })),
    columns: [...pieceIds<SamplesEntry>('motion_index', 'movement'), ...sampleColumns, ...inTargetColumns],
  }),
  createTable<'trace', PieceEntry<TraceRhythm>>({
    name: 'trace_rhythms',
    kind: 'trace',
    description: 'The typing runs in each trace, whole and in order.',
    entriesOf: ({ record }) => piecesOf(record, record.rhythms),
    columns: [
      ...pieceIds<PieceEntry<TraceRhythm>>('rhythm_index', 'typing run'),
      ...placeColumns,
      ...runColumns('trace_rhythm_keys'),
    ],
  }),
  createTable<'trace', PieceEntry<TraceRhythm>>({
    name: 'trace_rhythm_keys',
    kind: 'trace',
    description: 'The keys of each typing run: class and own timing, never which key.',
    entriesOf: ({ record }) => piecesOf(record, record.rhythms),
    columns: [
      ...pieceIds<PieceEntry<TraceRhythm>>('rhythm_index', 'typing run'),
      ...keyColumns(TraceRhythm.shape, LINKED_KEY_CLASSES),
    ],
  }),
];
