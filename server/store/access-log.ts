/**
 * The access log: every page of records that a reader was given, in a chain of hashes.
 *
 * Part of the store. Entries are only ever added, each in the transaction that reads what it tells of. The latest
 * entry's number and hash are also kept apart, so that a log that was cut short shows.
 */
import type { Transaction } from 'kysely';
import { checkLink, EMPTY_CHAIN, linkEntry, type AccessEntry, type ChainHead } from './access-chain.ts';
import type { Database } from './database.ts';
import type { AccessLogRow, Tables } from './tables.ts';

/** A pull as it is shown. */
export type LoggedPull = Omit<AccessLogRow, 'hash'>;

export type Verified = { ok: true; head: ChainHead } | { ok: false; problem: string };

const HEAD = 'access-log-head';
const READ_ROWS = 1000;

/** Adds an entry at the chain's end; others that would add one wait until this transaction ends. */
export async function appendAccess(transaction: Transaction<Tables>, entry: AccessEntry): Promise<void> {
  // Writing the row, though unchanged, holds it on every database.
  const held = await transaction
    .updateTable('settings')
    .set((build) => ({ value: build.ref('value') }))
    .where('name', '=', HEAD)
    .returning('value')
    .executeTakeFirst();
  const row = linkEntry(readHead(held?.value), entry);
  await transaction.insertInto('access_log').values(row).execute();
  const value = JSON.stringify({ number: row.number, hash: row.hash });
  await transaction
    .insertInto('settings')
    .values({ name: HEAD, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

export function createAccessLog({ queries }: Database) {
  const findHead = async (): Promise<ChainHead> => {
    const found = await queries
      .selectFrom('settings')
      .select('value')
      .where('name', '=', HEAD)
      .executeTakeFirst();
    return readHead(found?.value);
  };
  return {
    accessHead: findHead,

    /** The latest pulls, newest first; pages of one pull on one day are one entry. */
    listPulls: async (limit: number): Promise<LoggedPull[]> => {
      const found = await queries
        .selectFrom('access_log')
        .select(({ fn }) => [
          fn.min('number').as('number'),
          'day',
          'reader',
          'purpose',
          'release',
          'kind',
          fn.sum('rows').as('rows'),
        ])
        .groupBy(['day', 'reader', 'purpose', 'release', 'kind'])
        .orderBy('number', 'desc')
        .limit(limit)
        .execute();
      return found.map((row) => ({ ...row, rows: Number(row.rows) }));
    },

    /**
     * Follows the whole chain.
     *
     * @param known a head that was noted at an earlier time; the log must have grown out of it.
     */
    verifyAccessLog: async (known: ChainHead | undefined): Promise<Verified> => {
      let head = EMPTY_CHAIN;
      for (;;) {
        const rows = await queries
          .selectFrom('access_log')
          .selectAll()
          .where('number', '>', head.number)
          .orderBy('number')
          .limit(READ_ROWS)
          .execute();
        for (const row of rows) {
          const problem = checkLink(head, row);
          if (problem !== undefined) return { ok: false, problem };
          head = { number: row.number, hash: row.hash };
          if (known?.number === head.number && known.hash !== head.hash) {
            return { ok: false, problem: `entry ${head.number} is not the one that was noted` };
          }
        }
        if (rows.length < READ_ROWS) break;
      }
      const noted = await findHead();
      if (noted.number > head.number || (known && known.number > head.number)) {
        return { ok: false, problem: `entry ${head.number + 1} is missing` };
      }
      // An entry may have been added since the last page was read.
      return { ok: true, head };
    },
  };
}

function readHead(value: string | undefined): ChainHead {
  return value === undefined ? EMPTY_CHAIN : (JSON.parse(value) as ChainHead);
}
