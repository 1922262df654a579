/**
 * The ids of millions of stored records, read from the database by itself, a part at a time.
 *
 * Runs in Node, when no collector has the store open any more.
 */
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';

export interface IdListeners {
  record: (recordId: string) => void;
  sighting: (recordId: string) => void;
  erased: (recordId: string) => void;
}

const TABLES = { record: 'records', sighting: 'seen', erased: 'erased_ids' } as const;
const PART_ROWS = 50_000;

export async function listStoredIds(
  location: { path: string } | { url: string },
  listeners: IdListeners,
): Promise<void> {
  for (const [what, table] of Object.entries(TABLES) as [keyof IdListeners, string][])
    if ('path' in location) listSqlite(location.path, table, listeners[what]);
    else await listPostgres(location.url, table, listeners[what]);
}

function listSqlite(path: string, table: string, listener: (recordId: string) => void): void {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    for (const row of database.prepare(`SELECT record_id FROM ${table}`).iterate())
      listener(row['record_id'] as string);
  } finally {
    database.close();
  }
}

async function listPostgres(url: string, table: string, listener: (recordId: string) => void): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`DECLARE ids NO SCROLL CURSOR FOR SELECT record_id FROM ${table}`);
    for (;;) {
      const { rows } = await client.query<{ record_id: string }>(`FETCH ${PART_ROWS} FROM ids`);
      if (rows.length === 0) break;
      for (const row of rows) listener(row.record_id);
    }
  } finally {
    await client.end();
  }
}
