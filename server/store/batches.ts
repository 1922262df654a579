/**
 * Where batches end: their records in the pool, their sightings in the counts, whole or not at all.
 *
 * Part of the store. A batch leaves two fingerprints and a day, so that the same request is known when it is
 * repeated. Must never keep what would tell which records came together, or in which order.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Level, Scope } from '../../src/charter/charter.ts';
import type { PublishedKind } from '../../src/trace/record.ts';
import type { Sighting } from '../../src/trace/sighting.ts';
import { inTransaction } from './transaction.ts';

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
  what: Sighting['seen']['what'];
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

export function createBatchTables(database: DatabaseSync) {
  const findBatch = database.prepare('SELECT digest FROM batches WHERE batch_key = ?');
  const insertBatch = database.prepare(
    'INSERT INTO batches (batch_key, digest, received_on) VALUES (?, ?, ?)',
  );
  const insertRecord = database.prepare(
    `INSERT INTO records (recorded_on, kind, record_id, charter, level, schema_version, release, body)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, NULL, ?7
     WHERE NOT EXISTS (SELECT 1 FROM erased_ids WHERE record_id = ?3)
     ON CONFLICT DO NOTHING`,
  );
  const insertSeen = database.prepare(
    `INSERT INTO seen (record_id, week)
     SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM erased_ids WHERE record_id = ?1)
     ON CONFLICT DO NOTHING`,
  );
  const addToCount = database.prepare(
    `INSERT INTO sighting_counts (charter, level, scope, what, key, week, count) VALUES (?, ?, ?, ?, ?, ?, 1)
     ON CONFLICT DO UPDATE SET count = count + 1`,
  );

  return {
    /**
     * Stores a batch durably, once: records and sightings that are there already, and erased ones, are passed over.
     *
     * `repeated`: the same batch was stored before. `different`: another batch bore this id; nothing was stored.
     */
    addBatch: (batch: ArrivedBatch): 'stored' | 'repeated' | 'different' =>
      inTransaction(database, () => {
        const before = findBatch.get(batch.batchKey);
        if (before) return before['digest'] === batch.digest ? 'repeated' : 'different';
        insertBatch.run(batch.batchKey, batch.digest, batch.receivedOn);
        const { charter, level, schemaVersion } = batch;
        // In the order of their random ids, so that even the write-ahead log does not show the batch's own.
        for (const record of batch.records.toSorted((a, b) => (a.recordId < b.recordId ? -1 : 1))) {
          const { recordedOn, kind, recordId, body } = record;
          insertRecord.run(recordedOn, kind, recordId, charter, level, schemaVersion, body);
        }
        for (const { recordId, scope, what, key, week } of batch.sightings) {
          const isNew = insertSeen.run(recordId, week).changes === 1;
          if (isNew) addToCount.run(charter, level, scope, what, key, week);
        }
        return 'stored';
      }),
  };
}
