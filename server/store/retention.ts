/**
 * Forgetting in time: records past their charter's limit, fingerprints and ids that are needed no more.
 *
 * Part of the store, run daily. What a release loses this way becomes a tombstone as with an erasure, so that the two
 * are not told apart.
 */
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './transaction.ts';

/** All that is older than these is forgotten. */
export interface ForgetBefore {
  batchDay: string;
  seenWeek: string;
  erasedMonth: string;
  charters: { number: number; day: string; week: string }[];
}

export interface Forgotten {
  records: number;
  batches: number;
}

export function createRetention(database: DatabaseSync) {
  const buryRecords = database.prepare(
    `INSERT INTO tombstones (release, record_id, published)
     SELECT release, record_id, 0 FROM records WHERE recorded_on < ? AND charter = ? AND release IS NOT NULL
     ON CONFLICT DO NOTHING`,
  );
  const removeRecords = database.prepare('DELETE FROM records WHERE recorded_on < ? AND charter = ?');
  const removeCounts = database.prepare('DELETE FROM sighting_counts WHERE charter = ? AND week < ?');
  const removeBatches = database.prepare('DELETE FROM batches WHERE received_on < ?');
  const removeSeen = database.prepare('DELETE FROM seen WHERE week < ?');
  const removeErased = database.prepare('DELETE FROM erased_ids WHERE month < ?');

  return {
    forget: (before: ForgetBefore): Forgotten =>
      inTransaction(database, () => {
        let records = 0;
        for (const charter of before.charters) {
          buryRecords.run(charter.day, charter.number);
          records += Number(removeRecords.run(charter.day, charter.number).changes);
          removeCounts.run(charter.number, charter.week);
        }
        removeSeen.run(before.seenWeek);
        removeErased.run(before.erasedMonth);
        return { records, batches: Number(removeBatches.run(before.batchDay).changes) };
      }),
  };
}
