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
  /** How much of that the person has added to the charter's hold. */
  extraHoldMs?: number;
  charter: string;
  level: Level;
  /** Where the charter it was recorded under sends to, and how long that collector keeps it. */
  collectorUrl: string;
  /** Undefined where an earlier version has not noted it. */
  retentionDays: number | undefined;
  /** How many movements, typing runs' records and steps it was made from; 0 of a sighting, which is counted apart. */
  fragments: number;
  /** Undefined once sent. */
  record: TraceRecord | undefined;
  /** Its size as JSON; known once it is sent. */
  sizeBytes?: number;
  batchId: string | undefined;
  /** Most records that may travel with this one: halved with each refusal, to find the one at fault. */
  company?: number;
  local: LocalLinks;
  /** What the indexes read; made from the rest whenever it is stored (`books.ts`). */
  keys?: RecordKeys;
}

/** The person's own view of a record; never sent. */
export interface LocalLinks {
  app: string;
  /** Epoch ms on the level's local grid; once sent the beginning of its UTC day. */
  startMs: number;
  /** Epoch ms of its end; undefined for what takes no time. */
  endMs?: number;
  /** The sessions that it is part of: several, where steps of one episode were done in several apps. */
  parts: SessionPart[];
  /** Until it is sent. */
  taken?: Taken;
  /** The key that a sighting has counted as met. */
  sightedKey?: string;
}

/** How many of a record's fragments belong to a session. */
export interface SessionPart {
  sessionId: number;
  fragments: number;
}

/** Each is there only while the record is to be found by it. */
export interface RecordKeys {
  /** While its content is on the device. */
  sessions?: number[];
  /** While a motion or rhythm waits: its session, and when it may leave. */
  due?: [sessionId: number, dueAtMs: number];
  /** Once sent. */
  line?: LineKey;
  /** Once sent: the UTC day from which the collector keeps it no longer. */
  forgetOn?: string;
}

/** From which tab something came and when (epoch ms), so that it can be dropped if its page turns out to be sensitive. */
export interface Taken {
  tabId: number;
  takenAtMs: number;
}

/** A step as it comes to the queue. */
export type NewStep = HeldItem & {
  dueAtMs: number;
  /** How much of that the person has added to the charter's hold. */
  extraHoldMs?: number;
  taken?: Taken;
  collectorUrl: string;
  retentionDays: number | undefined;
  /** Nothing that follows is put into one episode with it: what followed was deleted (docs/decisions/0021). */
  cutAfter?: true;
};
/** A step on hold, waiting to become part of an episode; at `linked` a movement or typing run of a trace as well. */
export type QueuedStep = NewStep & {
  sessionId: number;
  /** A gap is none. */
  fragments: 0 | 1;
};

/**
 * Something deleted that can still be brought back: out of the stores that anything is sent from, until the person has
 * left the page where it was deleted.
 */
export type PutAside = {
  /** Record id, or number of the step. */
  key: string;
  deletionId: string;
  sessionIds: number[];
} & (
  | { record: QueuedRecord & { record: TraceRecord }; mayHaveArrived: boolean }
  | { step: QueuedStep; mayHaveArrived: false }
);

/** A session: work in one app without a long break. The person's own view; never sent. */
export interface SessionRow {
  /** A local counter. */
  sessionId: number;
  app: string;
  /** Epoch ms on the local grid. */
  startMs: number;
  endMs: number;
  /** Fragments by what they are now: those of an episode are steps, those of a trace are the trace's. */
  counts: Record<SessionKind, number>;
  /** Fragments on the device that may still leave it, or were refused. */
  unsent: number;
  /** Fragments at the collector, as far as is known, that it was not asked to erase. */
  sent: number;
  /** Fragments deleted that can still be brought back. */
  deleted: number;
  /** Epoch ms at which the first and the last of what waits for its hold to end may leave. */
  nextDueAtMs?: number;
  lastDueAtMs?: number;
}
export const SESSION_KINDS = ['motion', 'rhythm', 'step', 'trace'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/** `rows`: how many rows of the queue name it; with none it is gone. */
export type StoredSession = SessionRow & { rows: number };

/** What was sent of one kind, on one UTC day, in one app. */
export interface LedgerLine {
  day: string;
  /** That of its first step, where an episode was made in several. */
  app: string;
  kind: PublishedKind;
  records: number;
  fragments: number;
  /** As JSON, before it is packed; counted from version 2 of the queue on. */
  sizeBytes: number;
  /** How many of the records the collector is being asked to erase. */
  erasing: number;
}
export type LineKey = [day: string, app: string, kind: PublishedKind];

/** A drawn batch, byte for byte as it is sent, until its outcome is known. */
export interface QueuedBatch {
  batchId: string;
  body: Uint8Array<ArrayBuffer>;
  collectorUrl: string;
  recordCount: number;
  state: 'sending' | 'refused';
  attempts: number;
  nextAttemptAtMs: number;
  /** How long after the last attempt that was; undefined before the first. */
  waitMs?: number;
  /** Error code of a refusal. */
  refusal: string | undefined;
}

export interface QueuedErasure {
  counter: number;
  dueAtMs: number;
  attempts: number;
  collectorUrl: string;
  participantKey: string;
  /** What it takes from the ledger once it is answered; undefined for what was never in it. */
  line?: LineKey;
  isSighting: boolean;
  /** 0 for what counts as deleted: it was asked for in case that it had arrived. */
  fragments: number;
  sizeBytes: number;
}

/** What the collector has answered on one UTC day: counts, never ids. */
export interface ErasureReceipt {
  day: string;
  /** Records. */
  erased: number;
  /** Records that it did not have; should they still arrive, it drops them. */
  notHeld: number;
  /** How many of the erased had been published, by release. */
  publishedIn: Record<number, number>;
  /** The most readers that had pulled one of those releases. */
  pulledBy: number;
  /** Its answers, word for word, with their signatures and how often each was given; they name no record. */
  signed: { answer: string; signature: string; count: number }[];
}

/** Why something that was captured is neither on the device nor at the collector, without the person having deleted it. */
export const LOSS_REASONS = ['dropped', 'storageFull'] as const;
/** `dropped`: its page turned out to be a sensitive place. `storageFull`: it made room for what came later. */
export type LossReason = (typeof LOSS_REASONS)[number];

/**
 * What became of everything captured since consent was given:
 * `captured = waiting + sending + sent + refused + putAside + deleted + lost + leftOut`, at every instant.
 */
export interface Tally {
  captured: number;
  /** On hold or due. */
  waiting: number;
  /** Of those, in episodes and traces: they are due at once. */
  assembled: number;
  sending: number;
  /** Ever, what was erased or forgotten since included. */
  sent: number;
  refused: number;
  putAside: number;
  deleted: number;
  lost: Partial<Record<LossReason, number>>;
  /** Left out because the day had more than its share. */
  leftOut: number;
  erased: number;
  /** Erasures that the collector answered for what it did not hold. */
  erasedNotHeld: number;
}

/** The queue's books, kept by each change itself so that nobody has to count rows. */
export interface StoredAccounts {
  /** In fragments. */
  fragments: Tally;
  /** In sightings. */
  sightings: Tally;
  /** Records there are, by state, sightings included. */
  rows: Record<RecordState, number>;
  /** Records ever made, by kind, and ever sent. */
  made: Record<TraceRecord['kind'], number>;
  recordsSent: number;
  /** Records and steps whose content is on the device, and its bytes as JSON. */
  onDevice: { rows: number; bytes: number };
}

export interface FrameRow {
  frame: string;
  lastNumber: number;
  seenAtMs: number;
  /** Of a top frame that may have something which it has not handed over. */
  openSinceMs?: number;
  page?: RecordedPage;
}

/** A document that is recorded, by its top frame. */
export interface RecordedPage {
  tabId: number;
  /** Undefined where the browser does not tell it. */
  documentId: string | undefined;
  app: string;
  permit: string;
}

export interface QueueSchema extends DBSchema {
  records: {
    key: string;
    value: QueuedRecord;
    indexes: {
      'by-state': [RecordState, number];
      'by-kind': [RecordState, TraceRecord['kind'], number];
      'by-batch': string;
      /** An index of many entries: what is looked up is one of them. */
      'by-session': number[];
      'by-session-due': [number, number];
      'by-line': LineKey;
      'by-forget': string;
    };
  };
  steps: {
    key: number;
    value: QueuedStep;
    indexes: {
      'by-due': number;
      'by-counted': [fragments: number, dueAtMs: number];
      'by-session': [number, number];
      'by-start': number;
    };
  };
  putAside: { key: string; value: PutAside; indexes: { 'by-deletion': string; 'by-session': number[] } };
  sessions: {
    key: number;
    value: StoredSession;
    indexes: { 'by-app': [string, number]; 'by-end': number };
  };
  ledger: { key: LineKey; value: LedgerLine };
  erasureReceipts: { key: string; value: ErasureReceipt };
  /** The view that each tab shows, so that a step of a child frame knows it. */
  tabViews: { key: number; value: { tabId: number; viewId: string; view: View } };
  /** The last message taken from each frame, so that a repeat is recognised. */
  frames: {
    key: string;
    value: FrameRow;
    indexes: { 'by-seen': number; 'by-open': number };
  };
  batches: { key: string; value: QueuedBatch; indexes: { 'by-next-attempt': number } };
  erasures: { key: number; value: QueuedErasure; indexes: { 'by-due': number } };
  /** Keys this installation has met, so that each is sighted once. */
  sightings: { key: string; value: { key: string } };
  meta: { key: string; value: MetaValue };
}

/**
 * `deviceKey`: HMAC key of record secrets, not extractable. `counter`: next record number. `sequence`: next step
 * number. `sessionId`: next session's. `epoch`: grows with each withdrawal, so that nothing captured before one is
 * stored after it. `nextDrawAtMs`: when the next batch may be drawn. `drawn`: what was drawn today.
 * `splits`: this installation's buckets. `madeOfDay`: how many motions and rhythms the latest day
 * has had. `accounts`: the books. `sendPace`: how many batches may go now. `uploadTrouble`, `uploadConflict`: what is in
 * the way of sending. `sendsAll`: the person has said that everything is to be sent at once, and not all of it could be
 * yet. `forgotten`: the span of time that the person has had forgotten last.
 * `withdrawn`: there from a withdrawal until something is captured again.
 * `appliedDecision`: names the decision that the queue was last brought in line with.
 */
export type MetaValue =
  | CryptoKey
  | number
  | string
  | true
  | StoredAccounts
  | DrawnToday
  | DrawnSplits
  | MadeOfDay
  | SendPace
  | Span
  | UploadTrouble;

/** Batches that might go at a moment (epoch ms), with the part of the next one that has been waited for. */
export interface SendPace {
  turns: number;
  atMs: number;
}

/**
 * What an administrator must put right: the collector does not know the key, or no longer knows the charter; or it has
 * something else under a batch's id (`conflict`), which no device should ever bring about.
 */
export interface UploadTrouble {
  kind: 'key' | 'charter' | 'conflict';
  /** Epoch ms. */
  sinceMs: number;
  /** Nothing is sent by itself until then; undefined where other batches may go on. */
  restsUntilMs?: number;
}

/** Epoch ms, both ends included. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/** `day` in UTC; those left out count as well. */
export interface MadeOfDay {
  day: string;
  motion: number;
  rhythm: number;
}

/** `day` in UTC. `sizeBytes`: by itself, as the budget counts; `atOnceBytes`: because the person wanted it. */
export interface DrawnToday {
  day: string;
  sizeBytes: number;
  atOnceBytes?: number;
}

/** `buckets` is how many there were to draw from. */
export interface DrawnSplits {
  buckets: number;
  splits: Partial<Record<PublishedKind, number>>;
}
