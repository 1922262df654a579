/**
 * The queue's database: what rests on the device, in which states, and with which local links.
 *
 * IndexedDB, in the background and the extension's own pages. Holds protected records and generalized steps only,
 * never anything raw. The links (app, time on the level's grid) are the person's own view of their data and no part of
 * any record.
 */
import type { DBSchema } from 'idb';
import type { Level } from '../charter/charter.ts';
import type { HeldItem } from '../trace/held-step.ts';
import type { View } from '../trace/episode.ts';
import type { PublishedKind, TraceRecord } from '../trace/record.ts';

/**
 * Where a record is on its way.
 *
 * `waiting` is on hold until `dueAtMs` and due from then on. `sending` belongs to a drawn batch whose outcome is not
 * known. `sent` keeps no content, only what is needed to erase it later. `refused` is kept for inspection.
 */
export const RECORD_STATES = ['waiting', 'sending', 'sent', 'refused'] as const;
export type RecordState = (typeof RECORD_STATES)[number];

export interface QueuedRecord {
  recordId: string;
  /** The number that its secret is made from. */
  counter: number;
  kind: TraceRecord['kind'];
  state: RecordState;
  /** Epoch ms at which it may leave. */
  dueAtMs: number;
  charter: string;
  level: Level;
  /** Where the charter it was recorded under sends to. */
  collectorUrl: string;
  /** Undefined once sent. */
  record: TraceRecord | undefined;
  batchId: string | undefined;
  /** Most records that may travel with this one: halved with each refusal, to find the one at fault. */
  company?: number;
  local: LocalLinks;
}

/** The person's own view of a record; never sent. */
export interface LocalLinks {
  app: string;
  /** Epoch ms on the level's local grid. */
  startMs: number;
  /** Until it is sent. */
  taken?: Taken;
  /** The key that a sighting has counted as met. */
  sightedKey?: string;
}

/** From which tab something came and when (epoch ms), so that it can be dropped if its page turns out to be sensitive. */
export interface Taken {
  tabId: number;
  takenAtMs: number;
}

/** A step on hold, waiting to become part of an episode; at `linked` a movement or typing run of a trace as well. */
export type QueuedStep = HeldItem & {
  dueAtMs: number;
  taken?: Taken;
  collectorUrl: string;
};

/** A drawn batch, byte for byte as it is sent, until its outcome is known. */
export interface QueuedBatch {
  batchId: string;
  body: Uint8Array<ArrayBuffer>;
  collectorUrl: string;
  recordCount: number;
  state: 'sending' | 'refused';
  attempts: number;
  nextAttemptAtMs: number;
  /** Error code of a refusal. */
  refusal: string | undefined;
}

export interface QueuedErasure {
  counter: number;
  dueAtMs: number;
  attempts: number;
  collectorUrl: string;
  participantKey: string;
}

/** How many of what, since installation; what is on its way is counted from the records themselves. */
export interface Totals {
  /** Records made, by kind. */
  motion: number;
  rhythm: number;
  episode: number;
  trace: number;
  sighting: number;
  sent: number;
  deleted: number;
  /** Records, steps and raw fragments dropped because their page turned out to be a sensitive place. */
  dropped: number;
  /** Motions and rhythms left out because the day had more than its share. */
  leftOut: number;
  erased: number;
  /** Erasures that the collector answered for records it did not hold. */
  erasedNotHeld: number;
}

export interface QueueSchema extends DBSchema {
  records: {
    key: string;
    value: QueuedRecord;
    indexes: { 'by-state': [RecordState, number]; 'by-batch': string };
  };
  steps: { key: number; value: QueuedStep; indexes: { 'by-due': number } };
  /** The view that each tab shows, so that a step of a child frame knows it. */
  tabViews: { key: number; value: { tabId: number; viewId: string; view: View } };
  /** The last message taken from each frame, so that a repeat is recognised. */
  frames: {
    key: string;
    value: { frame: string; lastNumber: number; seenAtMs: number };
    indexes: { 'by-seen': number };
  };
  batches: { key: string; value: QueuedBatch; indexes: { 'by-next-attempt': number } };
  erasures: { key: number; value: QueuedErasure; indexes: { 'by-due': number } };
  /** Keys this installation has met, so that each is sighted once. */
  sightings: { key: string; value: { key: string } };
  meta: { key: string; value: MetaValue };
}

/**
 * `deviceKey`: HMAC key of record secrets, not extractable. `counter`: next record number. `sequence`: next step
 * number. `epoch`: grows with each withdrawal, so that nothing captured before one is stored after it.
 * `nextDrawAtMs`: when the next batch may be drawn. `drawn`: what was drawn today by itself.
 * `splits`: this installation's buckets. `madeOfDay`: how many motions and rhythms the latest day
 * has had.
 * `appliedDecision`: names the decision that the queue was last brought in line with.
 */
export type MetaValue = CryptoKey | number | string | Totals | DrawnToday | DrawnSplits | MadeOfDay;

/** `day` in UTC; those left out count as well. */
export interface MadeOfDay {
  day: string;
  motion: number;
  rhythm: number;
}

/** `day` in UTC. */
export interface DrawnToday {
  day: string;
  sizeBytes: number;
}

/** `buckets` is how many there were to draw from. */
export interface DrawnSplits {
  buckets: number;
  splits: Partial<Record<PublishedKind, number>>;
}
