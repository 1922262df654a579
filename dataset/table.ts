/**
 * What a table of the dataset is: its columns with names, types, units, descriptions and where values come from.
 *
 * The one place from which DDL, Parquet metadata and the dataset card are made, so that none can say otherwise.
 * Runs on the data team's computer. Must never invent a value that the published record does not hold.
 */
import { SPLIT_NEEDS_PARTICIPANTS } from '../src/charter/split-buckets.ts';
import type { z } from 'zod';
import type { Level } from '../src/charter/charter.ts';
import type { PublishedRecord } from '../src/trace/published.ts';
import type { PublishedKind } from '../src/trace/record.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { WorkLabels } from './labels/label-work.ts';

/** DuckDB types in use. Whole numbers are all 32 bits wide, so that products of columns do not overflow. */
export type ColumnType = 'VARCHAR' | 'VARCHAR[]' | 'INTEGER' | 'DOUBLE' | 'BOOLEAN';
export type Cell = string | number | boolean | null | readonly string[] | readonly (number | null)[];

const ID_COLUMNS = ['record_id', 'episode_id', 'trace_id'];

/** What a column says of itself. */
export interface ColumnText {
  name: string;
  type: ColumnType;
  description: string;
  unit?: string;
  /** All values that can occur, where the list is closed and short. */
  values?: readonly string[];
  /** True if an entry gives a list here, each item of which becomes a row of its own. */
  each?: true;
}

/** A column, with the way from one entry to its value. */
export interface Column<Entry> extends ColumnText {
  value: (entry: Entry) => Cell;
}

/** A published record of one kind, with the release it came in and what it was recorded under. */
export interface Source<Kind extends PublishedKind = PublishedKind> {
  release: number;
  charter: string;
  level: Level;
  record: Extract<PublishedRecord, { kind: Kind }>;
  /** What several tables make of it; kept by the first that asks (step-table.ts). */
  labels?: WorkLabels;
}

/** A table whose entries are made from records of one kind. */
export interface Table {
  name: string;
  kind: PublishedKind;
  description: string;
  columns: readonly ColumnText[];
  /** The cells of all entries of one record, in the order of the columns. */
  cellsOf: (source: Source) => Cell[][];
}

/** The column that names the record a row is of, by which tables join. */
export function idColumnOf({ name, columns }: Table): string {
  const column = columns.find((candidate) => ID_COLUMNS.includes(candidate.name));
  if (column === undefined) throw new TypeError(`the table ${name} has no id of a record`);
  return column.name;
}

/** Binds a table's columns to the entries of one kind of record. */
export function createTable<Kind extends PublishedKind, Entry>(table: {
  name: string;
  kind: Kind;
  description: string;
  entriesOf: (source: Source<Kind>) => Entry[];
  columns: readonly Column<Entry>[];
}): Table {
  const { name, kind, description, entriesOf } = table;
  const columns = table.columns.map((column) => ({ ...column, ...withCapabilities(name, column) }));
  return {
    name,
    kind,
    description,
    columns,
    // The caller gives each table only sources of the table's own kind.
    cellsOf: (source) =>
      entriesOf(source as unknown as Source<Kind>).map((entry) =>
        columns.map((column) => column.value(entry)),
      ),
  };
}

/** A column's description, with what it serves at its end. */
function withCapabilities(table: string, { name, description }: ColumnText): { description: string } {
  const served = capabilitiesOf(table, name);
  return { description: served.length === 0 ? description : `${description} Serves ${served.join(', ')}.` };
}

/** Description and unit of a field as the contract states them, with a note added where the column differs. */
export function fromContract(schema: z.ZodType, note = ''): { description: string; unit?: string } {
  const { description = '', unit } = schema.meta() ?? {};
  const text = note === '' ? description : `${description} ${note}`;
  return typeof unit === 'string' ? { description: text, unit } : { description: text };
}

/** What steps, views and gaps are parts of: an episode, or at level `linked` a trace. */
export interface Whole {
  kind: 'episode' | 'trace';
  /** Column with its id in the tables of its parts. */
  idColumn: string;
  /** The table with one row for each. */
  table: string;
  /** What the names of the tables of its parts begin with. */
  prefix: string;
  /** Said of columns whose values may have been hidden. */
  hiddenNote: string;
}

/** The column that leads from a part to its episode or trace. */
export function wholeId<Entry extends { wholeId: string }>({ kind, idColumn, table }: Whole): Column<Entry> {
  return {
    name: idColumn,
    type: 'VARCHAR',
    description: `The ${kind}, as record_id in ${table}.`,
    value: (entry) => entry.wholeId,
  };
}

/** Columns that start every table of whole records. */
export function recordColumns<Kind extends PublishedKind>(): Column<Source<Kind>>[] {
  return [
    {
      name: 'record_id',
      type: 'VARCHAR',
      description: 'Random id of the record; says nothing of who, when or where.',
      value: ({ record }) => record.recordId,
    },
    {
      name: 'release',
      type: 'INTEGER',
      description: 'Number of the release it was published in.',
      value: ({ release }) => release,
    },
    {
      name: 'charter',
      type: 'VARCHAR',
      description: 'SHA-256 of the charter (the agreement) it was recorded under.',
      value: ({ charter }) => charter,
    },
    {
      name: 'level',
      type: 'VARCHAR',
      description: 'Protection level it was recorded at.',
      value: ({ level }) => level,
    },
    {
      name: 'recorded_week',
      type: 'VARCHAR',
      description: 'ISO week of recording, the finest time that is published.',
      unit: 'ISO week',
      value: ({ record }) => record.recordedWeek,
    },
  ];
}

/**
 * The column that ends every table of whole records.
 *
 * @param isHiddenIfFew whether the collector takes the bucket away where too few of it worked; of traces it does not.
 */
export function splitColumn<Kind extends PublishedKind>(isHiddenIfFew = true): Column<Source<Kind>> {
  const hidden = isHiddenIfFew ? ', or too few of the bucket worked in that week' : '';
  return {
    name: 'split',
    type: 'INTEGER',
    description: `Person-disjoint bucket for train and test, drawn per kind; null where the charter expects fewer than ${SPLIT_NEEDS_PARTICIPANTS} people${hidden}.`,
    value: ({ record }) => record.split ?? null,
  };
}
