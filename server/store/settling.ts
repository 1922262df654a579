/**
 * Settling: rewriting the SQLite file so that its bytes tell what it holds and no longer how it came there.
 *
 * Part of the store. Cells within a page, page numbers, overflow chains and free pages follow the order of arrival, and
 * so does the write-ahead log: whoever reads the bytes could tell which records came together. A rewrite in key order
 * (VACUUM) makes the file a function of its rows alone; a test compares the bytes. Between two settlings new pages lie
 * in the write-ahead log, or, under heavy load, in the file.
 */
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { sql, type Kysely } from 'kysely';
import { isBusy, type Settled } from './database.ts';
import type { Tables } from './tables.ts';

const UNSETTLED = 'unsettled';
const PAGE_BYTES = 4096;

/** What SQLite says of a checkpoint; both counts are of pages. */
interface CheckpointState {
  busy: number;
  log: number;
  checkpointed: number;
}

export function createSettling(queries: Kysely<Tables>, path: string) {
  const isMarked = async (): Promise<boolean> =>
    (await queries.selectFrom('settings').select('name').where('name', '=', UNSETTLED).executeTakeFirst()) !==
    undefined;

  const truncateLog = async (): Promise<boolean> => {
    const { rows } = await sql<CheckpointState>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(queries);
    return rows[0]?.busy === 0;
  };
  const logIsEmpty = (): boolean => (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0;

  return {
    /** How much of the write-ahead log is not in the file yet. */
    unsettledBytes: async (): Promise<number> => {
      const { rows } = await sql<CheckpointState>`PRAGMA wal_checkpoint(NOOP)`.execute(queries);
      const { log, checkpointed } = rows[0]!;
      return (log - checkpointed) * PAGE_BYTES;
    },

    /** Rewrites the file and empties the write-ahead log, if anything was written since the last time. */
    settle: async (): Promise<Settled> => {
      if (logIsEmpty() && !(await isMarked())) return 'nothing-to-do';
      try {
        await sql`VACUUM`.execute(queries);
      } catch (fault) {
        if (isBusy(fault)) return 'busy';
        throw fault;
      }
      if (await isMarked()) await queries.deleteFrom('settings').where('name', '=', UNSETTLED).execute();
      return (await truncateLog()) ? 'settled' : 'busy';
    },

    /** Carries a write-ahead log that has grown large into the file, beside the writing; the file then awaits settling. */
    relieve: async (): Promise<void> => {
      await queries
        .insertInto('settings')
        .values({ name: UNSETTLED, value: '' })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const thread = new Worker(new URL('./checkpoint-thread.ts', import.meta.url), { workerData: path });
      // A fault in the thread is thrown here.
      await once(thread, 'exit');
    },

    /** Writes a settled copy to a new file. */
    backUp: async (toPath: string): Promise<void> => {
      await sql`VACUUM INTO ${toPath}`.execute(queries);
    },
  };
}
