/**
 * The store: everything that the collector keeps, in one SQLite file.
 *
 * Runs in the collector's process, and in that of its commands at the same time. Its methods are asynchronous and take
 * and give plain data, so that it can move to a thread of its own or to another database. Must never keep an order, a
 * batch, an address or a time finer than a day beside a record.
 */
import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createBatchTables } from './store/batches.ts';
import { createCharterTable } from './store/charters.ts';
import { createErasureTables } from './store/erasures.ts';
import { createKeyTable } from './store/keys.ts';
import { createPullTables } from './store/pulls.ts';
import { createSealing } from './store/releases.ts';
import { createRetention } from './store/retention.ts';
import { createTables } from './store/schema.ts';
import { createSettling } from './store/settling.ts';

const BUSY_TIMEOUT_MS = 10_000;

/**
 * Settings of every connection, with the value that SQLite must answer when asked.
 *
 * FULL: a commit is on the disk before it is acknowledged. Secure delete: what is removed is overwritten with zeros.
 * No automatic checkpoint: pages reach the file by settling only. A page's worth of cell checks costs little and finds
 * a damaged file early.
 */
export const PRAGMAS = {
  journal_mode: 'wal',
  synchronous: 2,
  secure_delete: 1,
  wal_autocheckpoint: 0,
  auto_vacuum: 0,
  cell_size_check: 1,
  trusted_schema: 0,
  busy_timeout: BUSY_TIMEOUT_MS,
} as const;

type Tables = ReturnType<typeof createAllTables>;

/** The store's methods; each is whole or not done at all. */
export type Store = {
  [Name in keyof Tables]: (...given: Parameters<Tables[Name]>) => Promise<ReturnType<Tables[Name]>>;
} & {
  /** Settles and closes. */
  close: () => Promise<void>;
};

/**
 * Opens the store, making it when it is not there; one that was left unsettled by a crash is settled first.
 *
 * @throws Error when SQLite does not take a setting, or a newer version has written the file.
 */
export function openStore(path: string): Promise<Store> {
  return promising(openHere)(path);
}

function openHere(path: string): Store {
  const database = openDatabase(path);
  createTables(database);
  // Journal and index files take over the mode of the database file.
  chmodSync(path, 0o600);
  const tables = createAllTables(database, path);
  tables.settle();
  const methods = Object.fromEntries(
    Object.entries<(...given: never[]) => unknown>(tables).map(([name, method]) => [name, promising(method)]),
  ) as unknown as Omit<Store, 'close'>;
  const close = () => {
    // Closing empties the write-ahead log into the file in any case; the next one to open then settles.
    if (tables.settle() === 'busy') tables.relieve();
    database.close();
  };
  return { ...methods, close: promising(close) };
}

function promising<Given extends unknown[], Result>(method: (...given: Given) => Result) {
  return (...given: Given) => new Promise<Result>((resolve) => resolve(method(...given)));
}

function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  for (const [name, value] of Object.entries(PRAGMAS)) database.exec(`PRAGMA ${name} = ${value}`);
  for (const [name, value] of Object.entries(PRAGMAS)) {
    const answer = Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    if (answer !== value) throw new Error(`data: SQLite does not take ${name} = ${value}`);
  }
  // Settling writes the whole content to a temporary file: keep it where the data may lie.
  database.exec(`PRAGMA temp_store_directory = '${dirname(path).replaceAll("'", "''")}'`);
  return database;
}

function createAllTables(database: DatabaseSync, path: string) {
  const charters = createCharterTable(database);
  return {
    ...charters,
    ...createKeyTable(database),
    ...createBatchTables(database),
    ...createErasureTables(database),
    ...createSealing(database, charters.listCharters),
    ...createPullTables(database),
    ...createRetention(database),
    ...createSettling(database, path),
  };
}
