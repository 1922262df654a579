/**
 * How the tables are Parquet: compression, size of row groups, and what each file says of itself.
 *
 * Pure. The texts in it come from the tables of this folder and from checked slugs, hashes and numbers.
 */
import type { Table } from './table.ts';

/**
 * Rows of a row group. A row of the widest table takes less than a kilobyte, so a row group stays under 128 MiB, which
 * readers hold at once.
 */
const ROW_GROUP_ROWS = 122_880;

/** SQL that writes a query's rows to the file `$1`. */
export function copyToParquetSql(select: string, metadata: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(metadata).map(([key, value]) => `${quoteText(key)}: ${quoteText(value)}`);
  return `COPY (${select})
    TO $1 (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP_ROWS}, KV_METADATA {${pairs.join(', ')}})`;
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
