/**
 * Millions of rows into a store before it is measured: an empty one would be the fastest of all.
 *
 * Runs in Node, on a store that no collector has open. By SQL in the database itself; kinds and bodies are those of
 * simulated days, ids are random as the product's, the days are those of the month before.
 */
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { dayOf } from '../../src/trace/primitives.ts';
import { Client } from 'pg';
import type { StoredRow } from './fresh-records.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;
const COLUMNS = 'recorded_on, kind, record_id, charter, level, schema_version, release, body';

/** The days that rows are laid on, newest first; today is one of them. */
export function preloadedDays(nowEpochMs: number): string[] {
  return Array.from({ length: DAYS }, (_, index) => dayOf(nowEpochMs - index * DAY_MS));
}

/** @param samples rows to take kinds and bodies from, in the proportion that is wanted. */
export function preloadSqlite(path: string, rows: number, samples: readonly StoredRow[]): void {
  const database = new DatabaseSync(path);
  try {
    // Nothing of it has to survive a crash: begin anew then.
    for (const setting of ['synchronous = OFF', 'cache_size = -500000', 'temp_store = MEMORY'])
      database.exec(`PRAGMA ${setting}`);
    database.function('random_id', { deterministic: false }, (number) => randomId(Number(number)));
    const indexes = database
      .prepare(
        `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'records' AND sql NOT NULL`,
      )
      .all() as { name: string; sql: string }[];
    database.exec('BEGIN');
    for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
    database.exec('CREATE TEMP TABLE samples (number INTEGER PRIMARY KEY, kind TEXT, body TEXT)');
    const addSample = database.prepare('INSERT INTO samples VALUES (?, ?, ?)');
    samples.forEach(({ kind, body }, number) => addSample.run(number, kind, body));
    database.exec('CREATE TEMP TABLE days (number INTEGER PRIMARY KEY, day TEXT)');
    const addDay = database.prepare('INSERT INTO days VALUES (?, ?)');
    preloadedDays(Date.now()).forEach((day, number) => addDay.run(number, day));
    database
      .prepare(
        `WITH RECURSIVE numbers (number) AS (
           SELECT 0 UNION ALL SELECT number + 1 FROM numbers WHERE number + 1 < ?)
         INSERT INTO records (${COLUMNS})
         SELECT day, kind, random_id(numbers.number), 1, 'balanced', 1, NULL, body FROM numbers
         JOIN samples ON samples.number = numbers.number % ? JOIN days ON days.number = abs(random()) % ?
         ORDER BY 1, 2, 3`,
      )
      .run(rows, samples.length, DAYS);
    for (const { sql } of indexes) database.exec(sql);
    database.exec('COMMIT');
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

/** @param samples as for `preloadSqlite`. */
export async function preloadPostgres(
  url: string,
  rows: number,
  samples: readonly StoredRow[],
): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await makeParts(client);
    await client.query('SET synchronous_commit = off');
    await client.query('CREATE TEMP TABLE samples (number integer PRIMARY KEY, kind text, body text)');
    await client.query(
      'INSERT INTO samples SELECT number - 1, kind, body FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS given (kind, body, number)',
      [samples.map(({ kind }) => kind), samples.map(({ body }) => body)],
    );
    await client.query(
      `INSERT INTO records (${COLUMNS})
       SELECT ($3::text[])[1 + floor(random() * ${DAYS})::int], kind,
         rtrim(translate(encode(substring(sha256(int8send(i)) FROM 1 FOR 16), 'base64'), '+/', '-_'), '='),
         1, 'balanced', 1, NULL, body
       FROM generate_series(0, $1::bigint - 1) AS i JOIN samples ON samples.number = i % $2::int`,
      [rows, samples.length, preloadedDays(Date.now())],
    );
    await client.query('ANALYZE');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}

/** Where records lie in a part for each day, as the collector makes them when a day's first record comes. */
async function makeParts(client: Client): Promise<void> {
  const found = await client.query(
    `SELECT 1 FROM pg_partitioned_table WHERE partrelid = 'records'::regclass`,
  );
  if (found.rowCount === 0) return;
  for (const day of preloadedDays(Date.now()))
    await client.query(
      `CREATE TABLE IF NOT EXISTS records_${day.replaceAll('-', '_')} PARTITION OF records FOR VALUES IN ('${day}')`,
    );
}

function randomId(number: number): string {
  return createHash('sha256').update(String(number)).digest().subarray(0, 16).toString('base64url');
}
