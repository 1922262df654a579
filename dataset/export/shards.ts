/**
 * The Parquet files of the `huggingface` export, as its descriptions name them.
 */

export const SPLITS = ['train', 'validation', 'test', 'unassigned'] as const;
export type SplitName = (typeof SPLITS)[number];

/** One Parquet file: of one table, split and release. */
export interface Shard {
  table: string;
  split: SplitName;
  /** Relative to the export, with forward slashes. */
  path: string;
  rows: number;
  sizeBytes: number;
  sha256: string;
}

/** Rows of a table in a split, or in all. */
export function sumRows(shards: readonly Shard[], table: string, split?: SplitName): number {
  return shards
    .filter((shard) => shard.table === table && (split === undefined || shard.split === split))
    .reduce((sum, shard) => sum + shard.rows, 0);
}
