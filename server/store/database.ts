/**
 * What the store's queries run on: one database, be it SQLite or PostgreSQL, and transactions that are tried again.
 *
 * Part of the store. The few things in which the two differ are here by name. What happens in a transaction happens
 * whole or not at all, kill and power cut included.
 */
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** Where the store is: the path of its file, or the address of a PostgreSQL database. */
export type StoreLocation = { path: string } | { url: string };

/** `busy`: another process holds the database; try again soon. */
export type Settled = 'settled' | 'busy' | 'nothing-to-do';

export interface Database {
  queries: Kysely<Tables>;
  /** The collation, as SQL, that compares ids byte by byte. */
  byteOrder: 'BINARY' | '"C"';
  /** How many transactions that write may be under way at once. */
  maxWriters: number;
  /** The days in which a record is looked for by its id; undefined where the database finds it by that alone. */
  daysToSearch: (transaction: Transaction<Tables>) => Promise<string[] | undefined>;
  /** Makes sure that records of these days have a place. */
  prepareDays: (days: Iterable<string>) => Promise<void>;
  /** Notes that the place of these days' records tells of their history until it is settled. */
  noteUnsettled: (transaction: Transaction<Tables>, days: Iterable<string>) => Promise<void>;
  /** Rewrites what tells of its history, so that bytes tell what is held and no longer how it came there. */
  settle: () => Promise<Settled>;
  /** How much of a write-ahead log is not in the file yet, where that must be watched; else 0. */
  unsettledBytes: () => Promise<number>;
  /** Carries a write-ahead log that has grown large into the file, between two settlings. */
  relieve: () => Promise<void>;
  /**
   * Writes a settled copy to a new file.
   *
   * @throws Error where the database has tools of its own for that.
   */
  backUp: (toPath: string) => Promise<void>;
  /** Gives back room that days before this one have taken, where no record is left of them. */
  dropEmptyDays: (beforeDay: string) => Promise<void>;
  close: () => Promise<void>;
}

/** PostgreSQL's codes of what ends well when the whole transaction is done once more. */
const RETRIED = ['40001', '40P01', '23505'];
const MAX_TRIES = 8;
const FIRST_PAUSE_MS = 5;

/**
 * Does the work in one transaction; on SQLite it holds the write lock from its start.
 *
 * The work may run more than once: a transaction that another one crossed (serialization failure, deadlock, a key taken
 * in between) is undone and tried again.
 */
export async function inTransaction<Result>(
  { queries }: Pick<Database, 'queries'>,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await queries.transaction().execute(work);
    } catch (fault) {
      if (tries === MAX_TRIES || !RETRIED.includes(codeOf(fault))) throw fault;
      // Random, so that two do not cross again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * FIRST_PAUSE_MS * 2 ** tries));
    }
  }
}

/** The code that a database gives a fault; empty where there is none. */
export function codeOf(fault: unknown): string {
  const code = (fault as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** Cuts rows into statements: databases limit how many values one may have. */
export function* chunksOf<Row>(rows: readonly Row[], size = 500): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}

const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_FULL = 13;

/** Whether the database gave up waiting for another process, or has no room for one more connection. */
export function isBusy(fault: unknown): boolean {
  return (
    [SQLITE_BUSY, SQLITE_LOCKED].includes(resultCodeOf(fault)) ||
    [...RETRIED, '53300', '55P03'].includes(codeOf(fault))
  );
}

/** What the system and PostgreSQL say when the server is not there, goes away, or is not yet up. */
const AWAY = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH'];
const AWAY_CLASSES = /^(08|57P)/;

/** Whether the database cannot be reached: nothing is wrong with what was asked of it. */
export function isAway(fault: unknown): boolean {
  const code = codeOf(fault);
  if (AWAY.includes(code) || AWAY_CLASSES.test(code)) return true;
  // The client has no code for a connection that breaks or does not come about.
  return (
    code === '' && fault instanceof Error && /^(Connection terminated|timeout exceeded)/.test(fault.message)
  );
}

/** Whether the disk is full. */
export function isDiskFull(fault: unknown): boolean {
  return resultCodeOf(fault) === SQLITE_FULL || codeOf(fault) === '53100';
}

/** SQLite's primary result code; node:sqlite gives the extended one, whose low byte it is. */
function resultCodeOf(fault: unknown): number {
  return ((fault as { errcode?: number } | null)?.errcode ?? 0) & 0xff;
}
