/**
 * What a store holds, read from the database by itself and by none of the collector's code.
 *
 * Runs in Node; on SQLite read-only. What a crash left behind is recovered by SQLite alone, as it would be by any reader.
 */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import canonicalize from 'canonicalize';
import type { StoredRow } from './fresh-records.ts';
import { askPostgres } from './postgres-process.ts';

export interface FoundRecords {
  rows: StoredRow[];
  /** What the database itself finds wrong. */
  faults: number;
}

const COLUMNS = 'recorded_on AS "recordedOn", kind, record_id AS "recordId", body';

export function readSqliteRecords(path: string): FoundRecords {
  if (!existsSync(path)) return { rows: [], faults: 1 };
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const checked = database.prepare('PRAGMA integrity_check').all();
    const faults = checked.filter((row) => row['integrity_check'] !== 'ok').length;
    const rows = database.prepare(`SELECT ${COLUMNS} FROM records`).all() as unknown as StoredRow[];
    return { rows, faults };
  } catch {
    // Not a database any more, or not one with these tables.
    return { rows: [], faults: 1 };
  } finally {
    database.close();
  }
}

export async function readPostgresRecords(url: string): Promise<FoundRecords> {
  const rows = (await askPostgres(url, `SELECT ${COLUMNS} FROM records`)) as unknown as StoredRow[];
  return { rows: rows.map((row) => ({ ...row, body: canonicalize(JSON.parse(row.body))! })), faults: 0 };
}
