/**
 * Stores for tests: a SQLite file in the test's directory, or a database of its own on the PostgreSQL that is under test.
 *
 * Runs in tests only. Which of the two says `POSTGRES_UNDER_TEST`, the address of a server whose template database has
 * the tables (postgres-under-test.ts); so the same tests run on both.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { openStoreHere, type Store } from '../store.ts';
import { databasePath } from '../store-location.ts';
import type { StoreLocation } from '../store/database.ts';

/** Has the tables of this version; databases of tests are copies of it. */
export const TEMPLATE_DATABASE = 'proffer_template';
export const POSTGRES_VARIABLE = 'POSTGRES_UNDER_TEST';
/** In a test's directory: which database is its own. */
const URL_FILE = 'database-url';

/** An empty directory of a test's own. */
export function makeTestDir(): string {
  return mkdtempSync(join(tmpdir(), 'proffer-collector-'));
}

/** The store of a test's directory; a second one opens what the first has left. */
export async function openTestStore(dataDir: string): Promise<{ store: Store; location: StoreLocation }> {
  const location = await locationOf(dataDir);
  return { store: await openStoreHere(location), location };
}

async function locationOf(dataDir: string): Promise<StoreLocation> {
  const server = process.env[POSTGRES_VARIABLE];
  if (server === undefined) return { path: databasePath(dataDir) };
  const file = join(dataDir, URL_FILE);
  if (existsSync(file)) return { url: readFileSync(file, 'utf8') };
  const name = `test_${dataDir.split(/[-/]/).at(-1)!.toLowerCase()}_${process.hrtime.bigint()}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  writeFileSync(file, url.href);
  return { url: url.href };
}

/** Removes a test's directory, and its database. */
export async function removeTestDir(dataDir: string): Promise<void> {
  const file = join(dataDir, URL_FILE);
  const server = process.env[POSTGRES_VARIABLE];
  if (server !== undefined && existsSync(file)) {
    const name = new URL(readFileSync(file, 'utf8')).pathname.slice(1);
    await onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
  rmSync(dataDir, { recursive: true, force: true });
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

type Ask = (statement: string) => Promise<Record<string, unknown>[]>;

/** Asks the database beside the store, as another program would. */
async function askBeside<Result>(
  location: StoreLocation,
  work: (ask: Ask) => Promise<Result>,
): Promise<Result> {
  if ('path' in location) {
    const database = new DatabaseSync(location.path);
    try {
      return await work((statement) => Promise.resolve(database.prepare(statement).all()));
    } finally {
      database.close();
    }
  }
  const client = new Client({ connectionString: location.url });
  await client.connect();
  try {
    return await work(async (statement) => (await client.query<Record<string, unknown>>(statement)).rows);
  } finally {
    await client.end();
  }
}

/** Runs one statement beside the store. */
export function runBeside(location: StoreLocation, statement: string): Promise<unknown[]> {
  return askBeside(location, async (ask) => ask(statement));
}

const TABLES_OF = {
  path: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'kysely%' ORDER BY name`,
  // Parts of a table are not tables of their own.
  url: `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE nspname = 'public' AND relkind IN ('r', 'p') AND NOT relispartition AND relname NOT LIKE 'kysely%' ORDER BY 1`,
};

/** Every row of every table, in the order of its columns, to see what a request has changed. */
export function dumpTables(location: StoreLocation): Promise<Record<string, unknown[]>> {
  return askBeside(location, async (ask) => {
    const dump: Record<string, unknown[]> = {};
    for (const { name } of await ask('path' in location ? TABLES_OF.path : TABLES_OF.url)) {
      const rows = await ask(`SELECT * FROM ${String(name)}`);
      dump[String(name)] = rows
        .map((row) => JSON.stringify(row))
        .sort()
        .map((row) => JSON.parse(row) as unknown);
    }
    return dump;
  });
}
