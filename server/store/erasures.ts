/**
 * Erasure of one record, wherever it is.
 *
 * Part of the store. The row goes at once, its bytes with the next settling. What a release has lost is noted as a
 * tombstone for the next seal. Must never keep which ids were erased together: the id stays with its month only.
 */
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './transaction.ts';

export interface Erasure {
  result: 'erased' | 'not-held';
  /** The sealed release that had it. */
  release: number | null;
  /** How many readers had pulled from that release. */
  pulledBy: number;
}

export function createErasureTables(database: DatabaseSync) {
  const findRecord = database.prepare('SELECT release FROM records WHERE record_id = ?');
  const removeRecord = database.prepare('DELETE FROM records WHERE record_id = ?');
  const insertTombstone = database.prepare(
    'INSERT INTO tombstones (release, record_id, published) VALUES (?, ?, 0) ON CONFLICT DO NOTHING',
  );
  const insertErased = database.prepare(
    'INSERT INTO erased_ids (record_id, month) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const countReaders = database.prepare(
    'SELECT count(DISTINCT reader) AS readers FROM access_log WHERE release = ? AND rows > 0',
  );

  return {
    /** Erases the record and sees to it that a late copy is dropped. `month` is `YYYY-MM`. */
    eraseRecord: (recordId: string, month: string): Erasure =>
      inTransaction(database, () => {
        insertErased.run(recordId, month);
        const found = findRecord.get(recordId) as { release: number | null } | undefined;
        if (!found) return { result: 'not-held', release: null, pulledBy: 0 };
        removeRecord.run(recordId);
        const { release } = found;
        if (release === null) return { result: 'erased', release, pulledBy: 0 };
        insertTombstone.run(release, recordId);
        return { result: 'erased', release, pulledBy: Number(countReaders.get(release)?.['readers']) };
      }),
  };
}
