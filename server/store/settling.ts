/**
 * Settling: rewriting the database so that its bytes tell what it holds and no longer how it came there.
 *
 * Part of the store. Cells within a page, page numbers, overflow chains and free pages follow the order of arrival, and
 * so does the write-ahead log: whoever reads the bytes could tell which records came together. A rewrite in key order
 * (VACUUM) makes the file a function of its rows alone; a test compares the bytes. Between two settlings new pages lie
 * in the write-ahead log, or, under heavy load, in the file.
 */
import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** `busy`: another process holds the database; try again soon. */
export type Settled = 'settled' | 'busy' | 'nothing-to-do';

const UNSETTLED = 'unsettled';

export function createSettling(database: DatabaseSync, path: string) {
  const isMarked = database.prepare('SELECT 1 FROM settings WHERE name = ?');
  const mark = database.prepare(`INSERT INTO settings (name, value) VALUES (?, '') ON CONFLICT DO NOTHING`);
  const unmark = database.prepare('DELETE FROM settings WHERE name = ?');

  const truncateLog = (): boolean =>
    database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
  const logBytes = (): number => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;

  return {
    /** How much has been written since the last settling. */
    unsettledBytes: logBytes,

    /** Rewrites the file and empties the write-ahead log, if anything was written since the last time. */
    settle: (): Settled => {
      if (logBytes() === 0 && !isMarked.get(UNSETTLED)) return 'nothing-to-do';
      try {
        database.exec('VACUUM');
      } catch (fault) {
        if (isBusy(fault)) return 'busy';
        throw fault;
      }
      if (isMarked.get(UNSETTLED)) unmark.run(UNSETTLED);
      return truncateLog() ? 'settled' : 'busy';
    },

    /** Empties a write-ahead log that has grown too large between two settlings; the file then awaits settling. */
    relieve: (): void => {
      mark.run(UNSETTLED);
      truncateLog();
    },
  };
}

const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_FULL = 13;

/** Whether SQLite gave up waiting for another process. */
export function isBusy(fault: unknown): boolean {
  return [SQLITE_BUSY, SQLITE_LOCKED].includes(resultCodeOf(fault));
}

/** Whether the disk is full. */
export function isDiskFull(fault: unknown): boolean {
  return resultCodeOf(fault) === SQLITE_FULL;
}

/** SQLite's primary result code; node:sqlite gives the extended one, whose low byte it is. */
function resultCodeOf(fault: unknown): number {
  return ((fault as { errcode?: number } | null)?.errcode ?? 0) & 0xff;
}
