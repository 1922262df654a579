/**
 * The tables of the store as its queries see them: the same on SQLite and on PostgreSQL.
 *
 * Part of the store. Every table is ordered by a key that says nothing of who or when (a random id, a day, a name),
 * never by arrival. Must never gain a column that could join two records of one person.
 */
import type { Level, Scope } from '../../src/charter/charter.ts';
import type { PublishedKind } from '../../src/trace/record.ts';
import type { Sighting } from '../../src/trace/sighting.ts';
import type { CharterState } from './charters.ts';
import type { Role } from './keys.ts';

export interface CharterRow {
  /** How records name it inside the store. */
  number: number;
  hash: string;
  /** Canonical JSON: its SHA-256 is the hash. */
  json: string;
  state: CharterState;
  /** UTC day since which the state holds. */
  since_day: string;
}

/** The pool (no release yet) and the sealed releases. */
export interface RecordRow {
  recorded_on: string;
  kind: PublishedKind;
  record_id: string;
  charter: number;
  level: Level;
  schema_version: number;
  release: number | null;
  /** Canonical JSON of the record without kind, id and day. */
  body: string;
}

/** Keyed fingerprints, so that a repeated request is known; nothing leads from here to a record. */
export interface BatchRow {
  batch_key: string;
  digest: string;
  received_on: string;
}

/** Nothing leads from a count to the sightings that it counts. */
export interface SightingCountRow {
  charter: number;
  level: Level;
  scope: Scope;
  what: Sighting['seen']['what'];
  key: string;
  week: string;
  count: number;
}

export interface ReleaseRow {
  number: number;
  sealed_on: string;
  purpose: string;
  schema_version: number;
  withdrawn: 0 | 1;
  motions: number;
  rhythms: number;
  episodes: number;
  traces: number;
}

export interface KeyRow {
  key_hash: string;
  role: Role;
  name: string;
  /** JSON list. */
  purposes: string;
  created_on: string;
  /** Last day on which it is in force; null for no end. */
  expires_on: string | null;
  revoked_on: string | null;
}

export interface AccessLogRow {
  number: number;
  day: string;
  reader: string;
  purpose: string;
  release: number;
  kind: PublishedKind;
  rows: number;
  /** Over the hash before it and this entry (`access-chain.ts`). */
  hash: string;
}

export interface Tables {
  charters: CharterRow;
  records: RecordRow;
  batches: BatchRow;
  sighting_counts: SightingCountRow;
  /** Ids of sightings that were counted. */
  seen: { record_id: string; week: string };
  /** What must not come back. */
  erased_ids: { record_id: string; month: string };
  /** What releases have lost, published with the next seal. */
  tombstones: { release: number; record_id: string; published: 0 | 1 };
  releases: ReleaseRow;
  release_charters: { release: number; charter: number };
  api_keys: KeyRow;
  access_log: AccessLogRow;
  settings: { name: string; value: string };
}
