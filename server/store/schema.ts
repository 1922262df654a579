/**
 * The tables of the embedded store: all that the collector knows.
 *
 * Runs when a store is opened. Every table is ordered by a key that says nothing of who or when (a random id, a day, a
 * name), never by arrival. Must never gain a column that could join two records of one person.
 */
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './transaction.ts';

/** Number of this set of tables, kept in the file itself. */
const TABLES_VERSION = 2;

/**
 * - `records`: the pool (no release yet) and the sealed releases. `body` is the record in canonical JSON without its
 *   kind, id and day, which have columns.
 * - `batches`: keyed fingerprints, so that a repeated request is known; nothing leads from here to a record.
 * - `sighting_counts`, `seen`: the counts, and the ids that were counted; nothing leads from one to the other.
 * - `erased_ids`: what must not come back. `tombstones`: what releases have lost, published with the next seal.
 */
const TABLES = `
CREATE TABLE charters (
  number INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  json TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('current', 'superseded', 'withdrawn')),
  since_day TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE records (
  recorded_on TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('motion', 'rhythm', 'episode', 'trace')),
  record_id TEXT NOT NULL,
  charter INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('linked', 'balanced', 'strict')),
  schema_version INTEGER NOT NULL,
  release INTEGER,
  body TEXT NOT NULL,
  CHECK ((kind = 'trace') = (level = 'linked')),
  PRIMARY KEY (recorded_on, kind, record_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX records_by_id ON records (record_id);
CREATE INDEX records_in_release ON records (release, kind, record_id) WHERE release IS NOT NULL;

CREATE TABLE batches (
  batch_key TEXT PRIMARY KEY,
  digest TEXT NOT NULL,
  received_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sighting_counts (
  charter INTEGER NOT NULL,
  level TEXT NOT NULL,
  scope TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('contributed', 'app', 'view', 'element')),
  key TEXT NOT NULL,
  week TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (what, key, charter, level, scope, week)
) STRICT, WITHOUT ROWID;
CREATE TABLE seen (record_id TEXT PRIMARY KEY, week TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE erased_ids (record_id TEXT PRIMARY KEY, month TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE tombstones (
  release INTEGER NOT NULL,
  record_id TEXT NOT NULL,
  published INTEGER NOT NULL CHECK (published IN (0, 1)),
  PRIMARY KEY (release, record_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE releases (
  number INTEGER PRIMARY KEY,
  sealed_on TEXT NOT NULL,
  purpose TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
  motions INTEGER NOT NULL,
  rhythms INTEGER NOT NULL,
  episodes INTEGER NOT NULL,
  traces INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE release_charters (
  release INTEGER NOT NULL,
  charter INTEGER NOT NULL,
  PRIMARY KEY (release, charter)
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
  key_hash TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('participant', 'reader')),
  name TEXT NOT NULL,
  purposes TEXT NOT NULL,
  created_on TEXT NOT NULL,
  revoked_on TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE access_log (
  number INTEGER PRIMARY KEY,
  day TEXT NOT NULL,
  reader TEXT NOT NULL,
  purpose TEXT NOT NULL,
  release INTEGER NOT NULL,
  kind TEXT NOT NULL,
  rows INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER access_log_keeps_entries BEFORE DELETE ON access_log
BEGIN SELECT RAISE(ABORT, 'the access log only grows'); END;
CREATE TRIGGER access_log_keeps_values BEFORE UPDATE ON access_log
BEGIN SELECT RAISE(ABORT, 'the access log only grows'); END;

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/**
 * Makes the tables in a new file, and leaves an existing one as it is.
 *
 * @throws Error when a newer collector has written the file, or one from before traces, which was never released.
 */
export function createTables(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version === TABLES_VERSION) return;
  if (version === 1)
    throw new Error('data: was written by a version from before the first release; begin anew');
  if (version > TABLES_VERSION) throw new Error('data: was written by a newer version of the collector');
  inTransaction(database, () => {
    // Another process may have made them while this one waited for the lock.
    if (Number(database.prepare('PRAGMA user_version').get()?.['user_version']) === TABLES_VERSION) return;
    database.exec(TABLES);
    database.exec(`PRAGMA user_version = ${TABLES_VERSION}`);
  });
}
