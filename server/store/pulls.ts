/**
 * Reading releases: what is there, its records page by page, its tombstones.
 *
 * Part of the store. A page of records is read and noted in the access log in one transaction: nothing is handed out
 * that is not noted. Must never read from the pool.
 */
import { sql, type Transaction } from 'kysely';
import type { PublishedKind } from '../../src/trace/record.ts';
import { appendAccess } from './access-log.ts';
import { inTransaction, type Database } from './database.ts';
import type { Tables } from './tables.ts';

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
  /** The last id that may be in the page. */
  until?: string | undefined;
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

/** Where a page ends even before its limit of rows; text, in UTF-16 units. */
const MAX_PAGE_LENGTH = 8_000_000;
/** Rows that are read at once: the longest are some tens of kilobytes. */
const READ_ROWS = 200;

export function createPullTables(database: Database) {
  const { queries } = database;
  const releases = queries.selectFrom('releases').select((build) => [
    'number',
    'sealed_on as sealedOn',
    'purpose',
    'schema_version as schemaVersion',
    'withdrawn',
    'motions',
    'rhythms',
    'episodes',
    'traces',
    build
      .selectFrom('tombstones')
      .select(({ fn }) => fn.countAll().as('tombstones'))
      .whereRef('release', '=', 'releases.number')
      .where('published', '=', 1)
      .as('tombstones'),
  ]);

  return {
    listReleases: async (purpose: string): Promise<HeldRelease[]> =>
      (await releases.where('purpose', '=', purpose).orderBy('number').execute()).map(readRelease),

    findRelease: async (number: number): Promise<HeldRelease | undefined> => {
      const row = await releases.where('number', '=', number).executeTakeFirst();
      return row && readRelease(row);
    },

    /** Charters whose records are in the releases of a purpose. */
    listReleasedCharters: (purpose: string): Promise<{ hash: string; json: string }[]> =>
      queries
        .selectFrom('charters')
        .innerJoin('release_charters', 'release_charters.charter', 'charters.number')
        .innerJoin('releases', 'releases.number', 'release_charters.release')
        .select(['hash', 'json'])
        .distinct()
        .where('purpose', '=', purpose)
        .orderBy('hash')
        .execute(),

    /** One page of a release in the order of the random ids' bytes, noted in the access log. */
    pullRecords: (pull: Pull): Promise<{ rows: PulledRecord[]; next: string | null }> =>
      inTransaction(database, async (transaction) => {
        const page = await readPage(transaction, pull, database.byteOrder);
        const { day, reader, purpose, release, kind } = pull;
        await appendAccess(transaction, { day, reader, purpose, release, kind, rows: page.rows.length });
        return page;
      }),

    listTombstones: async (release: number, after: string, limit: number) => {
      const found = await queries
        .selectFrom('tombstones')
        .select('record_id')
        .where('release', '=', release)
        .where('published', '=', 1)
        .where('record_id', '>', after)
        .orderBy('record_id')
        .limit(limit + 1)
        .execute();
      const recordIds = found.slice(0, limit).map((row) => row.record_id);
      return { recordIds, next: found.length > limit ? recordIds.at(-1)! : null };
    },
  };
}

async function readPage(
  transaction: Transaction<Tables>,
  { release, kind, after, until, limit }: Pull,
  byteOrder: Database['byteOrder'],
): Promise<{ rows: PulledRecord[]; next: string | null }> {
  const rows: PulledRecord[] = [];
  let length = 0;
  const recordId = sql<string>`record_id COLLATE ${sql.raw(byteOrder)}`;
  for (;;) {
    const wanted = Math.min(READ_ROWS, limit + 1 - rows.length);
    let query = transaction
      .selectFrom('records')
      .innerJoin('charters', 'charters.number', 'records.charter')
      .select([
        'record_id as recordId',
        'recorded_on as recordedOn',
        'hash as charter',
        'level',
        'schema_version as schemaVersion',
        'body',
      ])
      .where('release', '=', release)
      .where('kind', '=', kind)
      .where(recordId, '>', rows.at(-1)?.recordId ?? after)
      .orderBy(recordId)
      .limit(wanted);
    if (until !== undefined) query = query.where(recordId, '<=', until);
    const found = await query.execute();
    for (const row of found) {
      if (rows.length === limit || (rows.length > 0 && length > MAX_PAGE_LENGTH)) {
        return { rows, next: rows.at(-1)!.recordId };
      }
      // Only a forger makes one id for two days: it is one record to readers.
      if (row.recordId === rows.at(-1)?.recordId) continue;
      rows.push(row);
      length += row.body.length;
    }
    if (found.length < wanted) return { rows, next: null };
  }
}

function readRelease(
  row: Omit<HeldRelease, 'withdrawn' | 'tombstones'> & {
    withdrawn: 0 | 1;
    tombstones: string | number | bigint | null;
  },
): HeldRelease {
  return { ...row, withdrawn: row.withdrawn === 1, tombstones: Number(row.tombstones) };
}
