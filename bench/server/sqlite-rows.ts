/**
 * The store's rows written to a SQLite file with as little as possible around them: no HTTP, no checks, no thread.
 *
 * Runs in Node. It is the floor that the collector is measured beside, and with `synchronous` at NORMAL the stand-in that
 * must lose at a power cut; the product has no such switch. Tables and settings are the product's own: the file was made
 * by a collector.
 */
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { PRAGMAS } from '../../server/store/sqlite.ts';
import type { StoredRow } from './fresh-records.ts';

/** A batch as the store keeps it. */
export interface BatchRows {
  batchKey: string;
  digest: string;
  day: string;
  rows: readonly StoredRow[];
}

export interface RowWriter {
  /** Writes the batches in one transaction. */
  commit: (batches: readonly BatchRows[]) => void;
  close: () => void;
}

/** Above this the write-ahead log is carried into the file, beside the writing as in the product: 64 MB. */
const MAX_LOG_PAGES = 16_384;
const CHECKPOINT_THREAD = new URL('../../server/store/checkpoint-thread.ts', import.meta.url);

export function openRowWriter(path: string, synchronous: 'FULL' | 'NORMAL'): RowWriter {
  const database = new DatabaseSync(path);
  for (const [name, value] of Object.entries({ ...PRAGMAS, synchronous })) {
    database.exec(`PRAGMA ${name} = ${value}`);
  }
  const insertBatch = database.prepare(
    'INSERT INTO batches (batch_key, digest, received_on) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const insertRecord = database.prepare(
    `INSERT INTO records (recorded_on, kind, record_id, charter, level, schema_version, release, body)
     SELECT ?1, ?2, ?3, 1, 'balanced', 1, NULL, ?4
     WHERE NOT EXISTS (SELECT 1 FROM erased_ids WHERE record_id = ?3)
     ON CONFLICT DO NOTHING`,
  );
  const lookAtLog = database.prepare('PRAGMA wal_checkpoint(NOOP)');
  let checkpointing: Worker | undefined;
  return {
    commit: (batches) => {
      database.exec('BEGIN IMMEDIATE');
      for (const { batchKey, digest, day } of batches) insertBatch.run(batchKey, digest, day);
      for (const { recordedOn, kind, recordId, body } of inOrder(batches))
        insertRecord.run(recordedOn, kind, recordId, body);
      database.exec('COMMIT');
      const { log, checkpointed } = lookAtLog.get() as Record<string, number>;
      if (checkpointing !== undefined || log! - checkpointed! <= MAX_LOG_PAGES) return;
      checkpointing = new Worker(CHECKPOINT_THREAD, { workerData: path });
      checkpointing.once('exit', () => (checkpointing = undefined));
    },
    close: () => database.close(),
  };
}

/** By their random ids, as the store does, so that the order of writing tells nothing. */
export function inOrder(batches: readonly BatchRows[]): StoredRow[] {
  return batches.flatMap(({ rows }) => rows).sort((one, other) => (one.recordId < other.recordId ? -1 : 1));
}
