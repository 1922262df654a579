/**
 * The store for many: PostgreSQL, which any number of collectors share.
 *
 * Part of the store. Collectors keep nothing that others need: no session locks, no notifications, no sequences; what
 * crosses is tried again. Records lie in one part for each day. A row's place (`ctid`) and its transaction (`xmin`) tell
 * which rows came together, so a day's part is rewritten in the order of its random ids once it was sealed or erased
 * from (docs/decisions/0020).
 */
import { CompiledQuery, Kysely, PostgresAdapter, PostgresDialect, sql, type Transaction } from 'kysely';
import { Pool } from 'pg';
import { codeOf, inTransaction, isBusy, type Database, type Settled } from './database.ts';
import { pendingMigrations } from './migrations.ts';
import type { Tables } from './tables.ts';

const MAX_CONNECTIONS = 10;
const MAX_WRITERS = 4;
const CONNECT_TIMEOUT_MS = 10_000;
/** Longer than a seal of many releases takes a statement; ends what a lost network would leave hanging. */
const STATEMENT_TIMEOUT_MS = 10 * 60_000;
/** How long a part that is to be rewritten may be waited for. */
const LOCK_PATIENCE_MS = 500;
const UNSETTLED = 'unsettled ';
/** What PostgreSQL says when another made the same table at the same moment. */
const MADE_MEANWHILE = ['42P07', '23505', '40P01'];

/**
 * Connects to a database whose tables `proffer-server migrate` has made.
 *
 * @throws Error that names the setting when it cannot be reached, or its tables are not of this version.
 */
export async function openPostgres(url: string): Promise<Database> {
  const queries = connect(url);
  try {
    const pending = await pendingMigrations(queries as unknown as Kysely<never>, 'postgres');
    if (pending.length > 0) {
      throw new Error(
        'DATABASE_URL: the database is not of this version; run "proffer-server migrate" first',
      );
    }
  } catch (fault) {
    await queries.destroy();
    throw explain(fault);
  }
  return {
    queries,
    byteOrder: '"C"',
    maxWriters: MAX_WRITERS,
    ...createParts(queries),
    close: () => queries.destroy(),
  };
}

/** A connection for queries and migrations, without any check. */
export function connect(url: string): Kysely<Tables> {
  const pool = new Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'proffer',
  });
  // A connection that breaks is replaced at the next use; what was asked over it fails by itself.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return new Kysely<Tables>({ dialect: new PooledDialect({ pool }) });
}

/** Says which setting is wrong when the database cannot be reached; never shows the address, which has a password. */
export function explain(fault: unknown): Error {
  if (fault instanceof Error && /^(data|DATABASE_URL):/.test(fault.message)) return fault;
  const code = codeOf(fault) || 'unknown';
  return new Error(`DATABASE_URL: the database cannot be used (${code})`, { cause: fault });
}

class PooledDialect extends PostgresDialect {
  override createAdapter() {
    return new RowLockAdapter();
  }
}

/** Holds the migrations' own row instead of an advisory lock, which poolers and distributed databases may not keep. */
class RowLockAdapter extends PostgresAdapter {
  override async acquireMigrationLock(
    ...[queries, { lockTable, lockRowId }]: Parameters<PostgresAdapter['acquireMigrationLock']>
  ): Promise<void> {
    await sql`SELECT 1 FROM ${sql.table(lockTable)} WHERE id = ${lockRowId} FOR UPDATE`.execute(queries);
  }
  override async releaseMigrationLock(): Promise<void> {
    // Ends with the transaction of the steps.
  }
}

function createParts(queries: Kysely<Tables>) {
  const known = new Set<string>();

  async function makePart(day: string): Promise<void> {
    const part = sql.table(partOf(day));
    try {
      await sql`CREATE TABLE IF NOT EXISTS ${part} PARTITION OF records FOR VALUES IN (${sql.lit(day)})`.execute(
        queries,
      );
    } catch (fault) {
      if (!MADE_MEANWHILE.includes(codeOf(fault))) throw fault;
    }
    known.add(day);
  }

  return {
    prepareDays: async (days: Iterable<string>): Promise<void> => {
      for (const day of days) if (!known.has(day)) await makePart(day);
    },

    noteUnsettled: async (transaction: Transaction<Tables>, days: Iterable<string>): Promise<void> => {
      const rows = [...new Set(days)].sort().map((day) => ({ name: `${UNSETTLED}${day}`, value: '' }));
      if (rows.length === 0) return;
      await transaction
        .insertInto('settings')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    daysToSearch: () => Promise.resolve(undefined),
    unsettledBytes: () => Promise.resolve(0),
    relieve: () => Promise.resolve(),
    backUp: () => Promise.reject(new Error('backup: back up PostgreSQL with its own tools (pg_dump)')),

    settle: async (): Promise<Settled> => {
      const noted = await queries
        .selectFrom('settings')
        .select('name')
        .where('name', 'like', `${UNSETTLED}%`)
        .execute();
      const outcomes: Settled[] = [];
      for (const { name } of noted) outcomes.push(await settlePart(queries, name));
      return (['busy', 'settled'] as const).find((outcome) => outcomes.includes(outcome)) ?? 'nothing-to-do';
    },

    dropEmptyDays: async (beforeDay: string): Promise<void> => {
      for (const day of await listDays(queries)) {
        if (day < beforeDay) await dropIfEmpty(queries, day);
        known.delete(day);
      }
    },
  };
}

/**
 * Rewrites a day's part in key order.
 *
 * The part is held before the note, as whoever writes does too, so that they cannot block each other. Whoever waits for
 * the part holds up all that come after, so it is waited for a moment only, and tried again later.
 */
async function settlePart(queries: Kysely<Tables>, name: string): Promise<Settled> {
  const part = partOf(name.slice(UNSETTLED.length));
  try {
    return await inTransaction({ queries }, async (transaction): Promise<Settled> => {
      if (await exists(transaction, part)) {
        await sql`SET LOCAL lock_timeout = ${sql.lit(LOCK_PATIENCE_MS)}`.execute(transaction);
        await sql`LOCK TABLE ${sql.table(part)} IN ACCESS EXCLUSIVE MODE`.execute(transaction);
      }
      const taken = await transaction.deleteFrom('settings').where('name', '=', name).executeTakeFirst();
      if (taken.numDeletedRows === 0n || !(await exists(transaction, part))) return 'nothing-to-do';
      await transaction.executeQuery(CompiledQuery.raw(`CLUSTER "${part}" USING "${part}_pkey"`));
      return 'settled';
    });
  } catch (fault) {
    if (isBusy(fault)) return 'busy';
    throw fault;
  }
}

async function dropIfEmpty(queries: Kysely<Tables>, day: string): Promise<void> {
  await inTransaction({ queries }, async (transaction) => {
    const part = sql.table(partOf(day));
    await sql`LOCK TABLE ${part} IN ACCESS EXCLUSIVE MODE`.execute(transaction);
    const { rows } = await sql`SELECT 1 FROM ${part} LIMIT 1`.execute(transaction);
    if (rows.length === 0) await sql`DROP TABLE ${part}`.execute(transaction);
  });
}

function partOf(day: string): string {
  return `records_${day.replaceAll('-', '_')}`;
}

async function listDays(queries: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT c.relname AS name FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
    WHERE inhparent = 'records'::regclass ORDER BY 1`.execute(queries);
  return rows.map(({ name }) => name.slice('records_'.length).replaceAll('_', '-'));
}

async function exists(transaction: Transaction<Tables>, table: string): Promise<boolean> {
  const { rows } = await sql<{ found: string | null }>`SELECT to_regclass(${table}) AS found`.execute(
    transaction,
  );
  return rows[0]?.found != null;
}
