/**
 * Whether the files of a release fit the tables: columns and types, ids, closed lists of values, row counts and joins.
 *
 * Part of `proffer verify`; reads only. Asks DuckDB, which is not trusted with what a file says of itself.
 */
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { HeldRelease, ManifestFile } from './manifest.ts';
import { quoteIdentifier, quoteText, readParquetSql } from './parquet.ts';
import { idColumnOf, type ColumnText, type Table } from './table.ts';
import { kindsFor, recordTableOf, TABLES_BY_KIND } from './tables.ts';

/** Something that is not as it should be: a file or release, and what of it. */
export interface Finding {
  where: string;
  what: string;
}

type Ask = (sql: string) => Promise<unknown[][]>;

/** Checks all files of a release. */
export async function checkTables(
  connection: DuckDBConnection,
  dir: string,
  purpose: string,
  release: HeldRelease,
): Promise<Finding[]> {
  const ask: Ask = async (sql) => (await connection.runAndReadAll(sql)).getRows();
  const findings: Finding[] = [];
  for (const kind of kindsFor(purpose)) {
    const recordTable = recordTableOf(kind);
    const filesOf = ({ name }: Table) => release.files.filter(({ table }) => table === name);
    const relationOf = (table: Table) => readParquetSql(filesOf(table).map(({ path }) => join(dir, path)));
    for (const table of TABLES_BY_KIND[kind]) {
      const found: Finding[] = [];
      for (const file of filesOf(table)) found.push(...(await checkFile(ask, dir, table, file)));
      findings.push(...found);
      if (found.length > 0 || filesOf(table).length === 0) continue;
      const where = `${table.name} of release ${release.number}`;
      const what =
        table === recordTable
          ? await checkRecords(ask, relationOf(table), release)
          : await checkJoin(ask, table, relationOf(table), relationOf(recordTable));
      if (what !== undefined) findings.push({ where, what });
    }
  }
  return findings;
}

async function checkFile(ask: Ask, dir: string, table: Table, file: ManifestFile): Promise<Finding[]> {
  const relation = readParquetSql([join(dir, file.path)]);
  const finding = (what: string) => [{ where: file.path, what }];
  let described: unknown[][];
  try {
    described = await ask(`DESCRIBE SELECT * FROM ${relation}`);
  } catch {
    return finding('is no Parquet file that can be read');
  }
  const wanted = table.columns.map(({ name, type }) => `${name} ${type}`);
  const found = described.map(([name, type]) => `${String(name)} ${String(type)}`);
  const differing = wanted.find((column, index) => found[index] !== column);
  if (differing !== undefined) return finding(`has not the column ${differing} in its place`);
  if (found.length > wanted.length) return finding('has more columns than its table');

  const checks = table.columns.flatMap(columnChecks);
  const counts = checks.map(({ fits }) => `count(*) FILTER (NOT (${fits}))`);
  const [row = []] = await ask(`SELECT ${['count(*)', ...counts].join(', ')} FROM ${relation}`);
  const [rows, ...faults] = row.map(Number);
  if (rows !== file.rows) return finding(`has ${rows} rows and had ${file.rows}`);
  return checks.flatMap(({ column, what }, index) => {
    const count = faults[index] ?? 0;
    return count === 0 ? [] : finding(`has ${count} rows whose ${column} ${what}`);
  });
}

/** What every value of a column must satisfy, as SQL that is never null. */
function columnChecks({ name, type, values }: ColumnText): { column: string; what: string; fits: string }[] {
  const column = quoteIdentifier(name);
  const check = (what: string, condition: string) => ({
    column: name,
    what,
    fits: `coalesce(${condition}, true)`,
  });
  if (values !== undefined) {
    const list = values.map(quoteText).join(', ');
    const condition =
      type === 'VARCHAR[]' ? `list_has_all([${list}], ${column})` : `${column}::VARCHAR IN (${list})`;
    return [check('is not one of the values it can have', condition)];
  }
  if (/^(record|episode|trace)_id$/.test(name)) {
    return [
      {
        column: name,
        what: 'is no id of a record',
        fits: `coalesce(regexp_full_match(${column}, '[A-Za-z0-9_-]{21}[AQgw]'), false)`,
      },
    ];
  }
  if (name === 'charter') return [check('is no hash', `regexp_full_match(${column}, '[0-9a-f]{64}')`)];
  if (name === 'recorded_week') {
    return [check('is no ISO week', `regexp_full_match(${column}, '\\d{4}-W\\d{2}')`)];
  }
  // Whatever else is text is a slug, a key or a term: short, and of one alphabet.
  return type === 'VARCHAR' ? [check('is longer than any can be', `length(${column}) <= 64`)] : [];
}

/** Ids once each, and as many records as the manifest says. */
async function checkRecords(ask: Ask, relation: string, release: HeldRelease): Promise<string | undefined> {
  const [row = []] = await ask(
    `SELECT count(*) - count(DISTINCT record_id), count(*) FILTER (release <> ${release.number}),
       count(*) FILTER (charter NOT IN (${release.groups.map(({ charter }) => quoteText(charter)).join(', ')}))
     FROM ${relation}`,
  );
  const [twice = 0, elsewhere = 0, unknown = 0] = row.map(Number);
  if (twice > 0) return `has ${twice} records twice`;
  if (elsewhere > 0) return `has ${elsewhere} records of another release`;
  return unknown > 0 ? `has ${unknown} records of a charter that the manifest does not list` : undefined;
}

/** Every row belongs to a record that is there. */
async function checkJoin(
  ask: Ask,
  table: Table,
  relation: string,
  records: string,
): Promise<string | undefined> {
  const id = quoteIdentifier(idColumnOf(table));
  const [row] = await ask(
    `SELECT count(*) FROM ${relation} WHERE ${id} NOT IN (SELECT record_id FROM ${records})`,
  );
  const orphans = Number(row?.[0]);
  return orphans > 0 ? `has ${orphans} rows of records that are not there` : undefined;
}
