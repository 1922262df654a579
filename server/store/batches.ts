/**
 * Where batches end: their records in the pool, their sightings in the counts, whole or not at all.
 *
 * Part of the store. A batch leaves two fingerprints and a day, so that the same request is known when it is
 * repeated. Must never keep what would tell which records came together, or in which order.
 */
import { sql, type Transaction } from 'kysely';
import type { Level, Scope } from '../../src/charter/charter.ts';
import type { PublishedKind } from '../../src/trace/record.ts';
import { chunksOf, inTransaction, type Database } from './database.ts';
import { createGroupCommit } from './group-commit.ts';
import type { RecordRow, SightingCountRow, Tables } from './tables.ts';

export interface ArrivedRecord {
  recordedOn: string;
  kind: PublishedKind;
  recordId: string;
  /** Canonical JSON of the record without the three fields above. */
  body: string;
}

export interface ArrivedSighting {
  recordId: string;
  scope: Scope;
  what: SightingCountRow['what'];
  /** The app label, view key or element key; for `contributed` the bucket, empty where the charter has none. */
  key: string;
  /** ISO week of the day it was recorded on. */
  week: string;
}

export interface ArrivedBatch {
  batchKey: string;
  digest: string;
  receivedOn: string;
  charter: number;
  level: Level;
  schemaVersion: number;
  records: ArrivedRecord[];
  sightings: ArrivedSighting[];
}

/** `repeated`: the same batch was stored before. `different`: another batch bore this id; nothing was stored. */
export type BatchOutcome = 'stored' | 'repeated' | 'different';

/** More in one transaction would make the first ones wait for long. */
const MAX_GROUP = 64;

export function createBatchTables(database: Database) {
  const commit = createGroupCommit(
    { maxGroup: MAX_GROUP, maxRunning: database.maxWriters },
    async (batches: ArrivedBatch[]) => {
      await database.prepareDays(
        new Set(batches.flatMap(({ records }) => records.map((record) => record.recordedOn))),
      );
      return inTransaction(database, (transaction) => addBatches(transaction, batches));
    },
  );
  return {
    /** Stores a batch durably, once: records and sightings that are there already, and erased ones, are passed over. */
    addBatch: (batch: ArrivedBatch): Promise<BatchOutcome> => commit(batch),
  };
}

async function addBatches(
  transaction: Transaction<Tables>,
  batches: readonly ArrivedBatch[],
): Promise<BatchOutcome[]> {
  const outcomes = await claimBatchKeys(transaction, batches);
  const stored = batches.filter((_, index) => outcomes[index] === 'stored');
  await insertRecords(transaction, stored);
  await countSightings(transaction, stored);
  return outcomes;
}

async function claimBatchKeys(
  transaction: Transaction<Tables>,
  batches: readonly ArrivedBatch[],
): Promise<BatchOutcome[]> {
  // By key, as all that is inserted below: two transactions that take locks in one order cannot block each other.
  const rows = sortedBy(batches, ({ batchKey }) => batchKey).map(({ batchKey, digest, receivedOn }) => ({
    batch_key: batchKey,
    digest,
    received_on: receivedOn,
  }));
  const inserted = await transaction
    .insertInto('batches')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('batch_key')
    .execute();
  const fresh = new Set(inserted.map((row) => row.batch_key));
  const held = await transaction
    .selectFrom('batches')
    .select(['batch_key', 'digest'])
    .where(
      'batch_key',
      'in',
      rows.map((row) => row.batch_key),
    )
    .execute();
  const digests = new Map(held.map((row) => [row.batch_key, row.digest]));
  return batches.map(({ batchKey, digest }) => {
    if (digests.get(batchKey) !== digest) return 'different';
    // A key that two of a group bear was inserted once: the second one is a repetition.
    return fresh.delete(batchKey) ? 'stored' : 'repeated';
  });
}

async function insertRecords(
  transaction: Transaction<Tables>,
  batches: readonly ArrivedBatch[],
): Promise<void> {
  const rows = batches.flatMap(({ charter, level, schemaVersion, records }) =>
    records.map(({ recordedOn, kind, recordId, body }): RecordRow => ({
      recorded_on: recordedOn,
      kind,
      record_id: recordId,
      charter,
      level,
      schema_version: schemaVersion,
      release: null,
      body,
    })),
  );
  // In the order of their random ids, so that not even the write-ahead log shows the batches' own.
  for (const chunk of chunksOf(sortedBy(rows, (row) => row.record_id))) {
    const wanted = await withoutErased(transaction, chunk);
    if (wanted.length === 0) continue;
    await transaction
      .insertInto('records')
      .values(wanted)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function countSightings(
  transaction: Transaction<Tables>,
  batches: readonly ArrivedBatch[],
): Promise<void> {
  const arrived = batches.flatMap(({ charter, level, sightings }) =>
    sightings.map(({ recordId, ...seen }) => ({ record_id: recordId, count: { charter, level, ...seen } })),
  );
  const counts = new Map<string, SightingCountRow>();
  for (const chunk of chunksOf(sortedBy(arrived, (row) => row.record_id))) {
    const wanted = await withoutErased(transaction, chunk);
    if (wanted.length === 0) continue;
    const inserted = await transaction
      .insertInto('seen')
      .values(wanted.map(({ record_id, count }) => ({ record_id, week: count.week })))
      .onConflict((conflict) => conflict.doNothing())
      .returning('record_id')
      .execute();
    const fresh = new Set(inserted.map((row) => row.record_id));
    for (const { record_id, count } of wanted) {
      if (!fresh.delete(record_id)) continue;
      const key = JSON.stringify(count);
      counts.set(key, { ...count, count: (counts.get(key)?.count ?? 0) + 1 });
    }
  }
  for (const chunk of chunksOf(sortedBy([...counts], ([key]) => key))) {
    await transaction
      .insertInto('sighting_counts')
      .values(chunk.map(([, row]) => row))
      .onConflict((conflict) =>
        conflict
          .columns(['what', 'key', 'charter', 'level', 'scope', 'week'])
          .doUpdateSet({ count: sql`sighting_counts.count + excluded.count` }),
      )
      .execute();
  }
}

async function withoutErased<Row extends { record_id: string }>(
  transaction: Transaction<Tables>,
  rows: readonly Row[],
): Promise<Row[]> {
  const found = await transaction
    .selectFrom('erased_ids')
    .select('record_id')
    .where(
      'record_id',
      'in',
      rows.map((row) => row.record_id),
    )
    .execute();
  const erased = new Set(found.map((row) => row.record_id));
  return rows.filter((row) => !erased.has(row.record_id));
}

function sortedBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  return rows.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}
