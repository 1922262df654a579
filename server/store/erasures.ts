/**
 * Erasure of one record, wherever it is.
 *
 * Part of the store. The row goes at once, its bytes with the next settling. What a release has lost is noted as a
 * tombstone for the next seal. Must never keep which ids were erased together: the id stays with its month only.
 *
 * A reader who kept an older copy sees what a release has lost. So that this is not one person's work laid bare, others'
 * records of the same day and kind go with each (docs/decisions/0014).
 */
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { PublishedKind } from '../../src/trace/record.ts';
import { inTransaction } from './transaction.ts';

export interface Erasure {
  result: 'erased' | 'not-held';
  /** The sealed release that had it. */
  release: number | null;
  /** How many readers had pulled from that release. */
  pulledBy: number;
}

/** Others that go with each published record that is erased: the person's are then one in so many and one. */
export const OTHERS_WITH_EACH = 3;

interface Found {
  release: number | null;
  kind: PublishedKind;
  recordedOn: string;
}

export function createErasureTables(database: DatabaseSync) {
  const findRecord = database.prepare(
    'SELECT release, kind, recorded_on AS recordedOn FROM records WHERE record_id = ?',
  );
  // By the clustered key, from a random id on: as good as a draw, and costs no scan.
  const someOthers = database.prepare(
    `SELECT record_id AS recordId FROM records
     WHERE recorded_on = ? AND kind = ? AND record_id > ? AND release = ? ORDER BY record_id LIMIT ?`,
  );
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

  function takeOthersAlong({ release, kind, recordedOn }: Found, month: string): void {
    const start = randomBytes(16).toString('base64url');
    const after = (from: string, most: number) =>
      someOthers.all(recordedOn, kind, from, release, most).map((row) => row['recordId'] as string);
    const found = after(start, OTHERS_WITH_EACH);
    const others = new Set([...found, ...after('', OTHERS_WITH_EACH - found.length)]);
    for (const recordId of others) {
      insertErased.run(recordId, month);
      removeRecord.run(recordId);
      insertTombstone.run(release, recordId);
    }
  }

  return {
    /** Erases the record and sees to it that a late copy is dropped. `month` is `YYYY-MM`. */
    eraseRecord: (recordId: string, month: string): Erasure =>
      inTransaction(database, () => {
        insertErased.run(recordId, month);
        const found = findRecord.get(recordId) as Found | undefined;
        if (!found) return { result: 'not-held', release: null, pulledBy: 0 };
        removeRecord.run(recordId);
        const { release } = found;
        if (release === null) return { result: 'erased', release, pulledBy: 0 };
        insertTombstone.run(release, recordId);
        // Traces stand for themselves, and who gave them was told so.
        if (found.kind !== 'trace') takeOthersAlong(found, month);
        return { result: 'erased', release, pulledBy: Number(countReaders.get(release)?.['readers']) };
      }),
  };
}
