/**
 * How the tables are Parquet: compression, size of row groups, and what each file says of itself.
 *
 * Pure. The texts in it come from the tables of this folder and from checked slugs, hashes and numbers.
 */
import type { ColumnText, Table } from './table.ts';

/** What DuckDB holds of a row group while it writes it, which must fit well into a pull's memory. */
const ROW_GROUP_BYTES = 32 * 2 ** 20;
/** Rows come in vectors of so many. */
const VECTOR_ROWS = 2048;
const MAX_ROW_GROUP_ROWS = 60 * VECTOR_ROWS;
/** What a value takes there; texts are short. */
const VALUE_BYTES = { VARCHAR: 32, 'VARCHAR[]': 64, INTEGER: 4, DOUBLE: 8, BOOLEAN: 1 } as const;

/** Rows of a table's row group: the fewer, the wider the table. */
export function rowGroupRows(columns: readonly ColumnText[]): number {
  const rowBytes = columns.reduce((sum, { type }) => sum + VALUE_BYTES[type], 0);
  const vectors = Math.floor(ROW_GROUP_BYTES / rowBytes / VECTOR_ROWS);
  return Math.min(MAX_ROW_GROUP_ROWS, Math.max(1, vectors) * VECTOR_ROWS);
}

/** SQL that writes a query's rows, which are a table's, to the file `$1`. */
export function copyToParquetSql(
  { columns }: Table,
  select: string,
  metadata: Readonly<Record<string, string>>,
): string {
  const pairs = Object.entries(metadata).map(([key, value]) => `${quoteText(key)}: ${quoteText(value)}`);
  return `COPY (${select})
    TO $1 (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowGroupRows(columns)}, KV_METADATA {${pairs.join(', ')}})`;
}

/** Where SQL finds the rows of files, in their order. */
export function readParquetSql(paths: readonly string[]): string {
  return `read_parquet([${paths.map(quoteText).join(', ')}])`;
}

/** What a file says of itself: where it is from, what it may be used for, what each column is. */
export function parquetMetadata(
  table: Table,
  { release, schemaVersion, purpose }: { release: number; schemaVersion: number; purpose: string },
  charters: readonly string[],
): Record<string, string> {
  const columns = table.columns.map(({ name, description, unit }): [string, string] => [
    `column.${name}`,
    unit === undefined ? description : `${description} Unit: ${unit}.`,
  ]);
  return {
    'proffer.table': table.name,
    'proffer.description': table.description,
    'proffer.release': String(release),
    'proffer.schema_version': String(schemaVersion),
    'proffer.purpose': purpose,
    'proffer.charters': charters.join(' '),
    'proffer.prohibited':
      'Evaluating or identifying people; inferring emotions (EU AI Act, Article 5(1)(f)).',
    ...Object.fromEntries(columns),
  };
}

/** A name in SQL. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text in SQL. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
