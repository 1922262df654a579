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
import type { Transaction } from 'kysely';
import { PUBLISHED_KINDS, type PublishedKind } from '../../src/trace/record.ts';
import { chunksOf, inTransaction, type Database } from './database.ts';
import type { Tables } from './tables.ts';

export interface Erasure {
  result: 'erased' | 'not-held';
  /** The sealed release that had it. */
  release: number | null;
  /** How many readers had pulled from that release. */
  pulledBy: number;
}

/** All that a copy of the store must have lost: what a restored backup is told again. */
export interface ErasedIds {
  erased: { recordId: string; month: string }[];
  tombstones: { release: number; recordId: string }[];
}

/** Others that go with each published record that is erased: the person's are then one in so many and one. */
export const OTHERS_WITH_EACH = 3;

interface Removed {
  release: number | null;
  kind: PublishedKind;
  recordedOn: string;
}

export function createErasureTables(database: Database) {
  return {
    /** Erases the record and sees to it that a late copy is dropped. `month` is `YYYY-MM`. */
    eraseRecord: (recordId: string, month: string): Promise<Erasure> =>
      inTransaction(database, async (transaction) => {
        await noteErased(transaction, [{ recordId, month }]);
        const removed = await removeRecords(database, transaction, [recordId]);
        if (removed.length === 0) return { result: 'not-held', release: null, pulledBy: 0 };
        await database.noteUnsettled(
          transaction,
          removed.map(({ recordedOn }) => recordedOn),
        );
        const published = removed.find(({ release }) => release !== null);
        if (published?.release == null) return { result: 'erased', release: null, pulledBy: 0 };
        const { release } = published;
        // Traces stand for themselves, and who gave them was told so.
        const others = published.kind === 'trace' ? [] : await pickOthers(transaction, published, release);
        await noteErased(
          transaction,
          others.map((other) => ({ recordId: other, month })),
        );
        await removeRecords(database, transaction, others);
        await bury(
          transaction,
          [recordId, ...others].map((buried) => ({ release, recordId: buried })),
        );
        return { result: 'erased', release, pulledBy: await countReaders(transaction, release) };
      }),

    /** What is erased and buried, by id. */
    listErased: async (): Promise<ErasedIds> => ({
      erased: await database.queries
        .selectFrom('erased_ids')
        .select(['record_id as recordId', 'month'])
        .orderBy('record_id')
        .execute(),
      tombstones: await database.queries
        .selectFrom('tombstones')
        .select(['release', 'record_id as recordId'])
        .orderBy('release')
        .orderBy('record_id')
        .execute(),
    }),

    /** Erases again what a copy of another time still holds, and gives how many records that were. */
    eraseAgain: ({ erased, tombstones }: ErasedIds): Promise<number> =>
      inTransaction(database, async (transaction) => {
        await noteErased(transaction, erased);
        const gone = [...erased, ...tombstones].map(({ recordId }) => recordId);
        const removed = await removeRecords(database, transaction, gone);
        await bury(transaction, tombstones);
        await database.noteUnsettled(
          transaction,
          removed.map(({ recordedOn }) => recordedOn),
        );
        return removed.length;
      }),
  };
}

async function noteErased(
  transaction: Transaction<Tables>,
  erased: readonly { recordId: string; month: string }[],
): Promise<void> {
  for (const chunk of chunksOf(erased)) {
    await transaction
      .insertInto('erased_ids')
      .values(chunk.map(({ recordId, month }) => ({ record_id: recordId, month })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Removes rows and says what they were: a seal that was under way when this began has then been seen. */
async function removeRecords(
  database: Database,
  transaction: Transaction<Tables>,
  recordIds: readonly string[],
): Promise<Removed[]> {
  const removed: Removed[] = [];
  const days = await database.daysToSearch(transaction);
  for (const chunk of chunksOf(recordIds)) {
    removed.push(
      ...(await transaction
        .deleteFrom('records')
        .where('record_id', 'in', chunk)
        .$if(days !== undefined, (query) =>
          query.where('recorded_on', 'in', days!).where('kind', 'in', PUBLISHED_KINDS),
        )
        .returning(['release', 'kind', 'recorded_on as recordedOn'])
        .execute()),
    );
  }
  return removed;
}

/** Neighbours of a random id among the release's records of the same day and kind: as good as a draw, without a scan. */
async function pickOthers(
  transaction: Transaction<Tables>,
  { recordedOn, kind }: Removed,
  release: number,
): Promise<string[]> {
  const after = async (from: string, most: number) =>
    (
      await transaction
        .selectFrom('records')
        .select('record_id')
        .where('recorded_on', '=', recordedOn)
        .where('kind', '=', kind)
        .where('record_id', '>', from)
        .where('release', '=', release)
        .orderBy('record_id')
        .limit(most)
        .execute()
    ).map((row) => row.record_id);
  const found = await after(randomBytes(16).toString('base64url'), OTHERS_WITH_EACH);
  const missing = OTHERS_WITH_EACH - found.length;
  return [...new Set([...found, ...(missing > 0 ? await after('', missing) : [])])];
}

async function bury(
  transaction: Transaction<Tables>,
  buried: readonly { release: number; recordId: string }[],
): Promise<void> {
  for (const chunk of chunksOf(buried)) {
    await transaction
      .insertInto('tombstones')
      .values(chunk.map(({ release, recordId }) => ({ release, record_id: recordId, published: 0 as const })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function countReaders(transaction: Transaction<Tables>, release: number): Promise<number> {
  const found = await transaction
    .selectFrom('access_log')
    .select(({ fn }) => fn.count('reader').distinct().as('readers'))
    .where('release', '=', release)
    .where('rows', '>', 0)
    .executeTakeFirst();
  return Number(found?.readers ?? 0);
}
