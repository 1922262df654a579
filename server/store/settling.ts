/**
 * Settling: rewriting the SQLite file so that its bytes tell what it holds and no longer how it came there.
 *
 * Part of the store. Cells within a page, page numbers, overflow chains and free pages follow the order of arrival, and
 * so does the write-ahead log: whoever reads the bytes could tell which records came together. A rewrite in key order
 * (VACUUM) makes the file a function of its rows alone; a test compares the bytes. Between two settlings new pages lie
 * in the write-ahead log, or, under heavy load, in the file.
 */
import { statSync } from 'node:fs';
import { sql, type Kysely } from 'kysely';
import { isBusy, type Settled } from './database.ts';
import type { Tables } from './tables.ts';

const UNSETTLED = 'unsettled';

export function createSettling(queries: Kysely<Tables>, path: string) {
  const isMarked = async (): Promise<boolean> =>
    (await queries.selectFrom('settings').select('name').where('name', '=', UNSETTLED).executeTakeFirst()) !==
    undefined;

  const truncateLog = async (): Promise<boolean> => {
    const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(queries);
    return rows[0]?.busy === 0;
  };
  const logBytes = (): number => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;

  return {
    /** How much has been written since the last settling. */
    unsettledBytes: (): Promise<number> => Promise.resolve(logBytes()),

    /** Rewrites the file and empties the write-ahead log, if anything was written since the last time. */
    settle: async (): Promise<Settled> => {
      if (logBytes() === 0 && !(await isMarked())) return 'nothing-to-do';
      try {
        await sql`VACUUM`.execute(queries);
      } catch (fault) {
        if (isBusy(fault)) return 'busy';
        throw fault;
      }
      if (await isMarked()) await queries.deleteFrom('settings').where('name', '=', UNSETTLED).execute();
      return (await truncateLog()) ? 'settled' : 'busy';
    },

    /** Empties a write-ahead log that has grown too large between two settlings; the file then awaits settling. */
    relieve: async (): Promise<void> => {
      await queries
        .insertInto('settings')
        .values({ name: UNSETTLED, value: '' })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await truncateLog();
    },

    /** Writes a settled copy to a new file. */
    backUp: async (toPath: string): Promise<void> => {
      await sql`VACUUM INTO ${toPath}`.execute(queries);
    },
  };
}
