/**
 * An index in which the ids of a release are in the order of their bytes, whatever language the database sorts by.
 *
 * Part of the store; was released, so it is never changed. Readers fetch a release by ranges of ids. SQLite compares
 * bytes as it is and has the index already.
 */
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const RECORDS_BY_BYTES = `CREATE INDEX records_in_release_by_bytes ON records (release, kind, record_id COLLATE "C")
  WHERE release IS NOT NULL`;

export function orderIdsByBytes(kind: 'sqlite' | 'postgres'): Migration {
  return {
    up: async (queries: Kysely<unknown>) => {
      if (kind === 'postgres') await sql.raw(RECORDS_BY_BYTES).execute(queries);
    },
  };
}
