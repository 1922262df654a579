/**
 * All tables of the dataset by the kind of record they are made from, in the order in which people read them.
 */
import { PUBLISHED_KINDS, type PublishedKind } from '../src/trace/record.ts';
import { EPISODE_TABLES } from './episode-tables.ts';
import { MOTION_TABLES } from './motion-tables.ts';
import { RHYTHM_TABLES } from './rhythm-tables.ts';
import type { Table } from './table.ts';

/** Of each kind's tables the first has one row per record. */
export const TABLES_BY_KIND: Record<PublishedKind, readonly Table[]> = {
  motion: MOTION_TABLES,
  rhythm: RHYTHM_TABLES,
  episode: EPISODE_TABLES,
};

export const TABLES: readonly Table[] = PUBLISHED_KINDS.flatMap((kind) => TABLES_BY_KIND[kind]);

/** The table with one row per record of a kind: motions, rhythms or episodes. */
export function recordTableOf(kind: PublishedKind): Table {
  const [table] = TABLES_BY_KIND[kind];
  if (table === undefined) throw new TypeError(`no table for ${kind}`);
  return table;
}
