/**
 * Reads what `proffer pull` wrote, with DuckDB and not with our own code.
 */
import { DuckDBInstance } from '@duckdb/node-api';

type Row = Record<string, unknown>;

/**
 * Runs one query over the dataset's tables.
 *
 * @param query names tables as `{motions}`.
 */
export async function queryDataset(datasetDir: string, query: string): Promise<Row[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const sql = query.replace(
      /\{(\w+)\}/g,
      (_all, table: string) => `read_parquet('${datasetDir}/${table}/*.parquet')`,
    );
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Counts by the values of one column: `{ click: 3, scroll: 1 }`. */
export async function countBy(
  datasetDir: string,
  table: string,
  column: string,
): Promise<Record<string, number>> {
  const rows = await queryDataset(
    datasetDir,
    `SELECT "${column}" AS value, count(*)::INTEGER AS n FROM {${table}} GROUP BY 1`,
  );
  return Object.fromEntries(rows.map((row) => [String(row.value), Number(row.n)]));
}
