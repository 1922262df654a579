/**
 * The embedded store: one SQLite file, through Node's own SQLite.
 *
 * Part of the store. One connection, whose settings are read back when it opens. Several processes may have the file
 * open: the collector and its commands.
 */
import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  sql,
  type DatabaseConnection,
  type SqliteDialectConfig,
  type Transaction,
} from 'kysely';
import type { Database } from './database.ts';
import { migrate } from './migrations.ts';
import { createSettling } from './settling.ts';
import type { Tables } from './tables.ts';

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
  // The write-ahead log's own file shrinks to this when it begins anew.
  journal_size_limit: 268_435_456,
  // 64 MiB: with the default of two a random insert into a large table reads the disk for every row.
  cache_size: -65_536,
  busy_timeout: BUSY_TIMEOUT_MS,
} as const;

/** Statements that are kept ready. */
const MAX_STATEMENTS = 200;

/**
 * Opens the file, making it when it is not there, and brings its tables to this version.
 *
 * @throws Error when SQLite does not take a setting, or a newer version has written the file.
 */
export async function openSqlite(path: string): Promise<Database> {
  const file = openFile(path);
  try {
    const queries = new Kysely<Tables>({ dialect: new EmbeddedDialect(file) });
    await migrate(queries as unknown as Kysely<never>, 'sqlite');
    // Journal and index files take over the mode of the database file.
    chmodSync(path, 0o600);
    return {
      queries,
      byteOrder: 'BINARY',
      maxWriters: 1,
      daysToSearch: listDays,
      prepareDays: () => Promise.resolve(),
      noteUnsettled: () => Promise.resolve(),
      dropEmptyDays: () => Promise.resolve(),
      ...createSettling(queries, path),
      close: () => queries.destroy(),
    };
  } catch (fault) {
    file.close();
    throw fault;
  }
}

/** Each day that has records, by stepping from one to the next: the rows in between are not read. */
async function listDays(transaction: Transaction<Tables>): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    WITH RECURSIVE days (day) AS (
      SELECT min(recorded_on) FROM records
      UNION ALL
      SELECT (SELECT min(recorded_on) FROM records WHERE recorded_on > day) FROM days WHERE day IS NOT NULL
    )
    SELECT day FROM days WHERE day IS NOT NULL`.execute(transaction);
  return rows.map(({ day }) => day);
}

function openFile(path: string): DatabaseSync {
  const file = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  for (const [name, value] of Object.entries(PRAGMAS)) file.exec(`PRAGMA ${name} = ${value}`);
  for (const [name, value] of Object.entries(PRAGMAS)) {
    const answer = Object.values(file.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    if (answer !== value) throw new Error(`data: SQLite does not take ${name} = ${value}`);
  }
  // Settling writes the whole content to a temporary file: keep it where the data may lie.
  file.exec(`PRAGMA temp_store_directory = '${dirname(path).replaceAll("'", "''")}'`);
  return file;
}

/** Node's SQLite in the form that Kysely asks for. */
function adapt(file: DatabaseSync): Extract<SqliteDialectConfig['database'], object> {
  const ready = new Map<string, StatementSync>();
  const prepare = (text: string) => {
    const statement = ready.get(text) ?? file.prepare(text);
    // Used last, kept longest.
    ready.delete(text);
    ready.set(text, statement);
    if (ready.size > MAX_STATEMENTS) ready.delete(ready.keys().next().value!);
    return statement;
  };
  return {
    prepare: (text) => {
      const statement = prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (values) => statement.all(...(values as null[])),
        run: (values) => statement.run(...(values as null[])),
        iterate: (values) => statement.iterate(...(values as null[])),
      };
    },
    close: () => file.close(),
  };
}

class EmbeddedDialect extends SqliteDialect {
  readonly #file: DatabaseSync;
  constructor(file: DatabaseSync) {
    super({ database: adapt(file) });
    this.#file = file;
  }
  override createDriver() {
    return new WritingDriver(this.#file);
  }
  override createAdapter() {
    return new WholeStepsAdapter();
  }
}

class WritingDriver extends SqliteDriver {
  readonly #file: DatabaseSync;
  constructor(file: DatabaseSync) {
    super({ database: adapt(file) });
    this.#file = file;
  }
  /** Takes the write lock at the start: a transaction that begins by reading could not get it when another writes. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
  /** A full disk ends a transaction by itself; the fault that tells of it must not be hidden by another one. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#file.isTransaction) await super.rollbackTransaction(connection);
  }
}

/** SQLite can do its schema steps in a transaction, whatever Kysely assumes. */
class WholeStepsAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
