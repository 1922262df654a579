/**
 * Reads the samples of a pulled dataset by DuckDB and by hyparquet, which share no code, and compares what they find.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetMetadata, parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { query } from '../../dataset/testing/dataset-reader.ts';

const TABLE = 'motion_samples';
const COLUMNS = ['sample_index', 'time_ms', 'x_px', 'y_px'];

export interface BothRead {
  /** Whether rows, the sum of each column and the first and last id are the same to both. */
  agree: boolean;
  /** Of all files of motions and their samples. */
  sizeBytes: number;
  /** As the files state it, not compressed. */
  largestRowGroupBytes: number;
}

export async function readWithBoth(dir: string): Promise<BothRead> {
  const sums = new Map(COLUMNS.map((name) => [name, 0]));
  let rows = 0;
  let largestRowGroupBytes = 0;
  let firstId = '';
  let lastId = '';
  for (const name of (await readdir(join(dir, TABLE))).sort()) {
    const bytes = await readFile(join(dir, TABLE, name));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const metadata = parquetMetadata(file);
    rows += Number(metadata.num_rows);
    for (const group of metadata.row_groups) {
      largestRowGroupBytes = Math.max(largestRowGroupBytes, Number(group.total_byte_size));
    }
    await parquetRead({
      file,
      compressors,
      columns: ['record_id', ...COLUMNS],
      onChunk: ({ columnName, columnData }) => {
        if (columnName === 'record_id') {
          for (const id of columnData as string[]) {
            if (firstId === '' || id < firstId) firstId = id;
            if (id > lastId) lastId = id;
          }
          return;
        }
        let sum = sums.get(columnName)!;
        for (const value of columnData as ArrayLike<number> as number[]) sum += value;
        sums.set(columnName, sum);
      },
    });
  }
  const selected = COLUMNS.map((name) => `sum(${name})::VARCHAR AS ${name}`);
  const [byDuckDb] = await query(
    dir,
    `SELECT count(*)::VARCHAR AS rows, min(record_id) AS first, max(record_id) AS last, ${selected.join(', ')}
     FROM '${TABLE}/*.parquet'`,
  );
  const byHyparquet = {
    rows: String(rows),
    first: firstId,
    last: lastId,
    ...Object.fromEntries([...sums].map(([name, sum]) => [name, String(sum)])),
  };
  return {
    agree: JSON.stringify(byDuckDb) === JSON.stringify(byHyparquet),
    sizeBytes: (await sizeOf(dir, 'motions')) + (await sizeOf(dir, TABLE)),
    largestRowGroupBytes,
  };
}

async function sizeOf(dir: string, table: string): Promise<number> {
  const names = await readdir(join(dir, table));
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(dir, table, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
