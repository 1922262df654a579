/**
 * The first tables.
 *
 * Part of the store; was released, so it is never changed. SQLite has no rowids, PostgreSQL no sequences: nothing
 * counts arrivals. On PostgreSQL records lie in one part for each day, and every key begins with what a distributed
 * database can place rows by.
 */
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const RECORDS = `
  recorded_on TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('motion', 'rhythm', 'episode', 'trace')),
  record_id TEXT NOT NULL,
  charter INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('linked', 'balanced', 'strict')),
  schema_version INTEGER NOT NULL,
  release INTEGER,
  body TEXT NOT NULL,
  CHECK ((kind = 'trace') = (level = 'linked')),
  PRIMARY KEY (recorded_on, kind, record_id)`;

/** Name and columns. */
const OTHERS: Record<string, string> = {
  charters: `
  number INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  json TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('current', 'superseded', 'withdrawn')),
  since_day TEXT NOT NULL`,
  batches: `
  batch_key TEXT PRIMARY KEY,
  digest TEXT NOT NULL,
  received_on TEXT NOT NULL`,
  sighting_counts: `
  charter INTEGER NOT NULL,
  level TEXT NOT NULL,
  scope TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('contributed', 'app', 'view', 'element')),
  key TEXT NOT NULL,
  week TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (what, key, charter, level, scope, week)`,
  seen: `
  record_id TEXT PRIMARY KEY,
  week TEXT NOT NULL`,
  erased_ids: `
  record_id TEXT PRIMARY KEY,
  month TEXT NOT NULL`,
  tombstones: `
  release INTEGER NOT NULL,
  record_id TEXT NOT NULL,
  published INTEGER NOT NULL CHECK (published IN (0, 1)),
  PRIMARY KEY (release, record_id)`,
  releases: `
  number INTEGER PRIMARY KEY,
  sealed_on TEXT NOT NULL,
  purpose TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
  motions INTEGER NOT NULL,
  rhythms INTEGER NOT NULL,
  episodes INTEGER NOT NULL,
  traces INTEGER NOT NULL`,
  release_charters: `
  release INTEGER NOT NULL,
  charter INTEGER NOT NULL,
  PRIMARY KEY (release, charter)`,
  api_keys: `
  key_hash TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('participant', 'reader', 'administrator')),
  name TEXT NOT NULL,
  purposes TEXT NOT NULL,
  created_on TEXT NOT NULL,
  expires_on TEXT,
  revoked_on TEXT`,
  access_log: `
  number INTEGER PRIMARY KEY,
  day TEXT NOT NULL,
  reader TEXT NOT NULL,
  purpose TEXT NOT NULL,
  release INTEGER NOT NULL,
  kind TEXT NOT NULL,
  rows INTEGER NOT NULL,
  hash TEXT NOT NULL`,
  settings: `
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL`,
};

const RECORDS_IN_RELEASE =
  'CREATE INDEX records_in_release ON records (release, kind, record_id) WHERE release IS NOT NULL';

const ONLY_ON_SQLITE = ['UPDATE', 'DELETE'].map(
  (deed) => `CREATE TRIGGER access_log_refuses_${deed.toLowerCase()} BEFORE ${deed} ON access_log
    BEGIN SELECT RAISE(ABORT, 'the access log only grows'); END`,
);
// No index of the ids alone on SQLite: each row of a batch would write a page of it, which is half of all that is
// written. An id is looked up in each day instead.
const ONLY_ON_POSTGRES = [
  // Not unique: a table in parts by day cannot promise it, and only a forger makes one id for two days.
  'CREATE INDEX records_by_id ON records (record_id)',
  // Sealing counts the pool: an index for it, since all the parts together may be too much to read.
  `CREATE INDEX records_in_pool ON records (charter, level, schema_version, kind, recorded_on) WHERE release IS NULL`,
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the access log only grows'; END $$`,
  `CREATE TRIGGER access_log_keeps_entries BEFORE UPDATE OR DELETE OR TRUNCATE ON access_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
];

export function createFirstTables(kind: 'sqlite' | 'postgres'): Migration {
  const isSqlite = kind === 'sqlite';
  const suffix = isSqlite ? 'STRICT, WITHOUT ROWID' : '';
  return {
    up: async (queries: Kysely<unknown>) => {
      const statements = [
        `CREATE TABLE records (${RECORDS}) ${isSqlite ? suffix : 'PARTITION BY LIST (recorded_on)'}`,
        ...Object.entries(OTHERS).map(([name, columns]) => `CREATE TABLE ${name} (${columns}) ${suffix}`),
        RECORDS_IN_RELEASE,
        ...(isSqlite ? ONLY_ON_SQLITE : ONLY_ON_POSTGRES),
      ];
      for (const statement of statements) await sql.raw(statement).execute(queries);
    },
  };
}
