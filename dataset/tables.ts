/**
 * All tables of the dataset by the kind of record they are made from, in the order in which people read them.
 */
import { isLinkedPurpose } from '../src/trace/reading-purpose.ts';
import { PUBLISHED_KINDS, type PublishedKind } from '../src/trace/record.ts';
import { EPISODE_TABLES } from './episode-tables.ts';
import { MOTION_TABLES } from './motion-tables.ts';
import { RHYTHM_TABLES } from './rhythm-tables.ts';
import type { Table } from './table.ts';
import { TRACE_TABLES } from './trace-tables.ts';

/** Of each kind's tables the first has one row per record. */
export const TABLES_BY_KIND: Record<PublishedKind, readonly Table[]> = {
  motion: MOTION_TABLES,
  rhythm: RHYTHM_TABLES,
  episode: EPISODE_TABLES,
  trace: TRACE_TABLES,
};

/** The tables of linked and of other datasets together. */
export const TABLES: readonly Table[] = PUBLISHED_KINDS.flatMap((kind) => TABLES_BY_KIND[kind]);

/** The kinds of record that a dataset pulled for a purpose holds: linked data is never beside other data. */
export function kindsFor(purpose: string): PublishedKind[] {
  return PUBLISHED_KINDS.filter((kind) => (kind === 'trace') === isLinkedPurpose(purpose));
}

/** The tables of a dataset pulled for a purpose. */
export function tablesFor(purpose: string): Table[] {
  return kindsFor(purpose).flatMap((kind) => TABLES_BY_KIND[kind]);
}

/** The table with one row per record of a kind: motions, rhythms, episodes or traces. */
export function recordTableOf(kind: PublishedKind): Table {
  const [table] = TABLES_BY_KIND[kind];
  if (table === undefined) throw new TypeError(`no table for ${kind}`);
  return table;
}
