/**
 * Reading releases: what is there, its records page by page, its tombstones, and the log of who pulled what.
 *
 * Part of the store. A page of records is read and noted in the access log in one transaction: nothing is handed out
 * that is not noted. Entries of the log are only ever added. Must never read from the pool.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { PublishedKind } from '../../src/trace/record.ts';
import { inTransaction } from './transaction.ts';

export interface HeldRelease {
  number: number;
  sealedOn: string;
  purpose: string;
  schemaVersion: number;
  withdrawn: boolean;
  motions: number;
  rhythms: number;
  episodes: number;
  traces: number;
  /** Published ones only. */
  tombstones: number;
}

export interface Pull {
  reader: string;
  purpose: string;
  release: number;
  kind: PublishedKind;
  day: string;
  /** Record id after which the page begins; empty for the first page. */
  after: string;
  limit: number;
}

export interface PulledRecord {
  recordId: string;
  recordedOn: string;
  charter: string;
  level: string;
  schemaVersion: number;
  body: string;
}

export interface LoggedPull {
  number: number;
  day: string;
  reader: string;
  purpose: string;
  release: number;
  kind: PublishedKind;
  rows: number;
}

/** Where a page ends even before its limit of rows; text, in UTF-16 units. */
const MAX_PAGE_LENGTH = 8_000_000;

export function createPullTables(database: DatabaseSync) {
  const releaseColumns = `number, sealed_on AS sealedOn, purpose, schema_version AS schemaVersion, withdrawn, motions,
    rhythms, episodes, traces, (SELECT count(*) FROM tombstones WHERE release = number AND published = 1) AS tombstones`;
  const byPurpose = database.prepare(
    `SELECT ${releaseColumns} FROM releases WHERE purpose = ? ORDER BY number`,
  );
  const byNumber = database.prepare(`SELECT ${releaseColumns} FROM releases WHERE number = ?`);
  const chartersOf = database.prepare(
    `SELECT DISTINCT hash, json FROM charters JOIN release_charters ON charter = charters.number
     JOIN releases ON releases.number = release WHERE purpose = ? ORDER BY hash`,
  );
  const records = database.prepare(
    `SELECT record_id AS recordId, recorded_on AS recordedOn, hash AS charter, level,
       schema_version AS schemaVersion, body
     FROM records JOIN charters ON charters.number = charter
     WHERE release = ? AND kind = ? AND record_id > ? ORDER BY record_id LIMIT ?`,
  );
  const logPull = database.prepare(
    `INSERT INTO access_log (number, day, reader, purpose, release, kind, rows)
     VALUES ((SELECT coalesce(max(number), 0) + 1 FROM access_log), ?, ?, ?, ?, ?, ?)`,
  );
  const tombstones = database.prepare(
    `SELECT record_id AS recordId FROM tombstones
     WHERE release = ? AND published = 1 AND record_id > ? ORDER BY record_id LIMIT ?`,
  );
  // Pages of one pull on one day are shown as one entry; the log itself keeps every page.
  const pulls = database.prepare(
    `SELECT min(number) AS number, day, reader, purpose, release, kind, sum(rows) AS rows FROM access_log
     GROUP BY day, reader, purpose, release, kind ORDER BY 1 DESC LIMIT ?`,
  );

  return {
    listReleases: (purpose: string) => byPurpose.all(purpose).map(readRelease),

    findRelease: (number: number): HeldRelease | undefined => {
      const row = byNumber.get(number);
      return row && readRelease(row);
    },

    /** Charters whose records are in the releases of a purpose. */
    listReleasedCharters: (purpose: string) => chartersOf.all(purpose) as { hash: string; json: string }[],

    /** One page of a release in the order of the random ids, noted in the access log. */
    pullRecords: (pull: Pull): { rows: PulledRecord[]; next: string | null } =>
      inTransaction(database, () => {
        const rows: PulledRecord[] = [];
        let length = 0;
        let isMore = false;
        for (const row of records.iterate(pull.release, pull.kind, pull.after, pull.limit + 1)) {
          isMore = rows.length === pull.limit || (rows.length > 0 && length > MAX_PAGE_LENGTH);
          if (isMore) break;
          const record = row as unknown as PulledRecord;
          rows.push(record);
          length += record.body.length;
        }
        logPull.run(pull.day, pull.reader, pull.purpose, pull.release, pull.kind, rows.length);
        return { rows, next: isMore ? rows.at(-1)!.recordId : null };
      }),

    listTombstones: (release: number, after: string, limit: number) => {
      const recordIds = tombstones.all(release, after, limit + 1).map((row) => row['recordId'] as string);
      const page = recordIds.slice(0, limit);
      return { recordIds: page, next: recordIds.length > limit ? page.at(-1)! : null };
    },

    /** The latest pulls, newest first. */
    listPulls: (limit: number) => pulls.all(limit) as unknown as LoggedPull[],
  };
}

function readRelease(row: Record<string, unknown>): HeldRelease {
  return { ...(row as unknown as HeldRelease), withdrawn: row['withdrawn'] === 1 };
}
