/**
 * Rhythms as tables: `rhythms`, a row per run of keys, and `rhythm_keys`, a row per key with its class and timing.
 *
 * Key identities never existed in these records; see src/trace/rhythm.ts.
 */
import { KEY_CLASSES } from '../src/trace/limits.ts';
import { Rhythm } from '../src/trace/rhythm.ts';
import {
  createTable,
  fromContract,
  recordColumns,
  splitColumn,
  type Column,
  type Source,
  type Table,
} from './table.ts';

/** How many runs of backspaces there are. */
export function countCorrections(keyClasses: readonly string[]): number {
  return keyClasses.filter((key, index) => key === 'backspace' && keyClasses[index - 1] !== 'backspace')
    .length;
}

const rhythmColumns: Column<Source<'rhythm'>>[] = [
  ...recordColumns<'rhythm'>(),
  {
    name: 'key_count',
    type: 'INTEGER',
    description: 'Rows it has in rhythm_keys.',
    unit: 'count',
    value: ({ record }) => record.keyClass.length,
  },
  {
    name: 'correction_count',
    type: 'INTEGER',
    description: 'Runs of backspaces in it.',
    unit: 'count',
    value: ({ record }) => countCorrections(record.keyClass),
  },
  {
    name: 'duration_ms',
    type: 'INTEGER',
    description: 'Sum of its intervals.',
    unit: 'ms',
    value: ({ record }) => record.intervalMs.reduce((sum, interval) => sum + interval, 0),
  },
  splitColumn<'rhythm'>(),
];

const keyColumns: Column<Source<'rhythm'>>[] = [
  {
    name: 'record_id',
    type: 'VARCHAR',
    description: 'The run of keys, as in rhythms.',
    value: ({ record }) => record.recordId,
  },
  {
    name: 'key_index',
    type: 'INTEGER',
    description: 'Place of the key in the run, from 0.',
    each: true,
    value: ({ record }) => Array.from(record.keyClass.keys()),
  },
  {
    name: 'key_class',
    type: 'VARCHAR',
    ...fromContract(Rhythm.shape.keyClass),
    values: KEY_CLASSES,
    each: true,
    value: ({ record }) => record.keyClass,
  },
  {
    name: 'interval_ms',
    type: 'INTEGER',
    ...fromContract(Rhythm.shape.intervalMs, 'Null for the first key.'),
    each: true,
    value: ({ record }) => [null, ...record.intervalMs],
  },
];

/** The tables made from rhythms; the first has one row per record. */
export const RHYTHM_TABLES: readonly Table[] = [
  createTable({
    name: 'rhythms',
    kind: 'rhythm',
    description: 'A few consecutive keys from somewhere inside one typing run, alone.',
    entriesOf: (source) => [source],
    columns: rhythmColumns,
  }),
  createTable({
    name: 'rhythm_keys',
    kind: 'rhythm',
    description: 'The keys of each rhythm: class and timing level, never which key.',
    entriesOf: (source) => [source],
    columns: keyColumns,
  }),
];
