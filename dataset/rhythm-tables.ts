/**
 * Rhythms as tables: `rhythms`, a row per run of keys, and `rhythm_keys`, a row per key with its class and timing.
 *
 * Typing runs of traces have the same columns. Key identities never existed in these records; see src/trace/rhythm.ts.
 */
import { KEY_CLASSES } from '../src/trace/limits.ts';
import { Rhythm } from '../src/trace/rhythm.ts';
import { createTable, fromContract, recordColumns, splitColumn, type Column, type Table } from './table.ts';

/** How many runs of backspaces there are. */
export function countCorrections(keyClasses: readonly string[]): number {
  return keyClasses.filter((key, index) => key === 'backspace' && keyClasses[index - 1] !== 'backspace')
    .length;
}

interface KeysEntry {
  record: { keyClass: readonly string[]; intervalMs: readonly number[] };
}

/** What there is to say of a run of keys, alone or in a trace. */
export const runColumns = (keysTable: string): Column<KeysEntry>[] => [
  {
    name: 'key_count',
    type: 'INTEGER',
    description: `Rows it has in ${keysTable}.`,
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
];

/** The keys of a run, each of which becomes a row. */
export const keyColumns = (
  shape: Record<'keyClass' | 'intervalMs', Parameters<typeof fromContract>[0]>,
  classes: readonly string[],
): Column<KeysEntry>[] => [
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
    ...fromContract(shape.keyClass),
    values: classes,
    each: true,
    value: ({ record }) => record.keyClass,
  },
  {
    name: 'interval_ms',
    type: 'INTEGER',
    ...fromContract(shape.intervalMs, 'Null for the first key.'),
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
    columns: [...recordColumns<'rhythm'>(), ...runColumns('rhythm_keys'), splitColumn<'rhythm'>()],
  }),
  createTable({
    name: 'rhythm_keys',
    kind: 'rhythm',
    description: 'The keys of each rhythm: class and timing level, never which key.',
    entriesOf: (source) => [source],
    columns: [
      {
        name: 'record_id',
        type: 'VARCHAR',
        description: 'The run of keys, as in rhythms.',
        value: ({ record }) => record.recordId,
      },
      ...keyColumns(Rhythm.shape, KEY_CLASSES),
    ],
  }),
];
