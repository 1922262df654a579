/**
 * The store's rows written to PostgreSQL with as little as possible around them: the client library, no HTTP, no checks.
 *
 * Runs in Node: the floor that the collector on PostgreSQL is measured beside, on tables that a collector has made. One
 * transaction and two statements a batch, so many at a time.
 */
import { Pool } from 'pg';
import { inOrder, type BatchRows } from './sqlite-rows.ts';
import { sendAll } from './load-loops.ts';

const INSERT_BATCH =
  'INSERT INTO batches (batch_key, digest, received_on) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';
const INSERT_RECORDS = `
  INSERT INTO records (recorded_on, kind, record_id, charter, level, schema_version, release, body)
  SELECT recorded_on, kind, record_id, 1, 'balanced', 1, NULL, body
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS arrived (recorded_on, kind, record_id, body)
  WHERE NOT EXISTS (SELECT 1 FROM erased_ids WHERE erased_ids.record_id = arrived.record_id)
  ON CONFLICT DO NOTHING`;

export interface PostgresWriter {
  /** Writes all of them, each in a transaction of its own. @returns how long it took, in ms. */
  commitAll: (batches: readonly BatchRows[]) => Promise<number>;
  close: () => Promise<void>;
}

export function openPostgresWriter(url: string, concurrency: number): PostgresWriter {
  const pool = new Pool({ connectionString: url, max: concurrency });
  // A connection that rests may be ended by the server, at the latest when the server is.
  pool.on('error', () => undefined);

  async function commit(batch: BatchRows): Promise<void> {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query({
        name: 'batch',
        text: INSERT_BATCH,
        values: [batch.batchKey, batch.digest, batch.day],
      });
      const rows = inOrder([batch]);
      const column = (of: 'recordedOn' | 'kind' | 'recordId' | 'body') => rows.map((row) => row[of]);
      await client.query({
        name: 'records',
        text: INSERT_RECORDS,
        values: [column('recordedOn'), column('kind'), column('recordId'), column('body')],
      });
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  }

  return {
    commitAll: (batches) => sendAll(batches, concurrency, commit),
    close: () => pool.end(),
  };
}
