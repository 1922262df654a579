/**
 * Contents of simulated days -> records and batches that no collector has seen: ids from fresh secrets, drawn at random.
 *
 * Runs in Node. Packed and padded as the contract says, so that a collector cannot tell them from a device's.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import canonicalize from 'canonicalize';
import { splitBuckets } from '../../src/charter/split-buckets.ts';
import { padToFixedSize, type TraceBatch } from '../../src/trace/batch.ts';
import { SCHEMA_VERSION } from '../../src/trace/limits.ts';
import { randomInt, shuffled, type Random } from '../../src/trace/random.ts';
import type { TraceRecord } from '../../src/trace/record.ts';
import { SENT_KINDS, type DayCounts, type SentKind, type SimulatedDays } from './simulated-day.ts';

export interface FreshRecord {
  record: TraceRecord;
  /** Whoever shows it may erase the record. */
  secret: string;
}

export interface PackedBatch {
  batch: TraceBatch;
  jsonBytes: number;
  gzipped: Uint8Array;
  /** As it is posted; undefined where it is larger than the largest size. */
  body: Uint8Array | undefined;
}

export interface Origin {
  charter: string;
  expectedParticipants: number;
  recordedOn: string;
}

/** A record of this kind, of any of the people, with an id of its own. */
export function freshRecord(
  kind: SentKind,
  days: SimulatedDays,
  { expectedParticipants, recordedOn }: Origin,
  random: Random,
): FreshRecord {
  const secret = randomBytes(32);
  const recordId = createHash('sha256').update(secret).digest().subarray(0, 16).toString('base64url');
  const contents = days.contents[kind];
  const content = contents[randomInt(random, contents.length)]!;
  const buckets = splitBuckets({ expectedParticipants });
  const split = buckets > 0 ? { split: randomInt(random, buckets) } : {};
  const placed =
    content.kind !== 'sighting'
      ? { ...content, ...split }
      : content.seen.what === 'contributed'
        ? { ...content, seen: { ...content.seen, ...split } }
        : content;
  return {
    record: { ...placed, recordId, recordedOn },
    secret: secret.toString('base64url'),
  };
}

/** So many records in the proportions of a day, in random order; sightings travel alone and are left out. */
export function freshRecords(
  count: number,
  counts: DayCounts,
  days: SimulatedDays,
  origin: Origin,
  random: Random,
): FreshRecord[] {
  const kinds = SENT_KINDS.filter((kind) => kind !== 'sighting');
  const total = kinds.reduce((sum, kind) => sum + counts[kind], 0);
  const records: FreshRecord[] = [];
  let [due, made] = [0, 0];
  for (const kind of kinds) {
    due += (count * counts[kind]) / total;
    for (; made < Math.round(due); made += 1) records.push(freshRecord(kind, days, origin, random));
  }
  return shuffled(records, random);
}

export function packRecords(records: TraceRecord[], charter: string): PackedBatch {
  const batch: TraceBatch = {
    schemaVersion: SCHEMA_VERSION,
    batchId: randomUUID(),
    charter,
    level: 'balanced',
    records,
  };
  const json = Buffer.from(JSON.stringify(batch));
  const gzipped = gzipSync(json);
  return { batch, jsonBytes: json.length, gzipped, body: padToFixedSize(gzipped) };
}

/** A record as it lies in the store. */
export interface StoredRow {
  recordedOn: string;
  kind: string;
  recordId: string;
  /** Canonical JSON of the record without the three fields above. */
  body: string;
}

export function rowOf({ recordedOn, kind, recordId, ...rest }: TraceRecord): StoredRow {
  return { recordedOn, kind, recordId, body: canonicalize(rest)! };
}
