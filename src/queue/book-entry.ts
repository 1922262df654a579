/**
 * What one row of the queue means to the books: how much it counts, where, for which sessions and which ledger line.
 *
 * Pure; used by `books.ts` alone. Every derived number of the queue follows from these functions.
 */
import { dayOf } from '../trace/primitives.ts';
import type {
  LineKey,
  PutAside,
  QueuedRecord,
  QueuedStep,
  RecordKeys,
  RecordState,
  SessionKind,
  SessionPart,
} from './queue-schema.ts';

export interface Entry {
  /** The account that it stands in. */
  place: 'waiting' | 'sending' | 'sent' | 'refused' | 'putAside';
  isSighting: boolean;
  /** Fragments; 1 for a sighting. */
  amount: number;
  isAssembled: boolean;
  parts: readonly SessionPart[];
  sessionKind: SessionKind;
  inSession: 'unsent' | 'sent' | 'deleted';
  /** Undefined for what is no row of the store of records. */
  row: RecordState | undefined;
  line: { key: LineKey; sizeBytes: number } | undefined;
  /** Of the content that is on the device, as JSON; 0 where there is none. */
  contentBytes: number;
}

export function bookRecord(record: QueuedRecord): Entry {
  const { state, kind, fragments, sizeBytes = 0, local } = record;
  const isSighting = kind === 'sighting';
  const key = lineOf(record);
  return {
    place: state,
    isSighting,
    amount: isSighting ? 1 : fragments,
    isAssembled: isAssembled(record),
    parts: local.parts,
    sessionKind: kind === 'episode' || kind === 'sighting' ? 'step' : kind,
    inSession: state === 'sent' ? 'sent' : 'unsent',
    row: state,
    line: key && { key, sizeBytes },
    contentBytes: bytesOf(record.record),
  };
}

export function bookStep(step: QueuedStep): Entry {
  const { sessionId, fragments } = step;
  return {
    place: 'waiting',
    isSighting: false,
    amount: fragments,
    isAssembled: false,
    parts: [{ sessionId, fragments }],
    sessionKind: 'motion' in step ? 'motion' : 'rhythm' in step ? 'rhythm' : 'step',
    inSession: 'unsent',
    row: undefined,
    line: undefined,
    contentBytes: bytesOf(step),
  };
}

/** Of JSON that has no letters but ASCII's. */
function bytesOf(content: object | undefined): number {
  return content === undefined ? 0 : JSON.stringify(content).length;
}

export function bookAside(aside: PutAside): Entry {
  const entry = 'record' in aside ? bookRecord(aside.record) : bookStep(aside.step);
  return { ...entry, place: 'putAside', inSession: 'deleted', row: undefined, line: undefined };
}

/** Episodes and traces take their form when their hold is over. */
export function isAssembled({ kind }: Pick<QueuedRecord, 'kind'>): boolean {
  return kind === 'episode' || kind === 'trace';
}

/** The ledger's line that a sent record belongs to; sightings are in none. */
export function lineOf({ state, kind, local }: QueuedRecord): LineKey | undefined {
  return state === 'sent' && kind !== 'sighting' ? [dayOf(local.startMs), local.app, kind] : undefined;
}

export function keysOf(record: QueuedRecord): RecordKeys {
  const { state, kind, dueAtMs, retentionDays, local } = record;
  if (state === 'sent') {
    const line = lineOf(record);
    return {
      ...(line && { line }),
      ...(retentionDays && { forgetOn: forgetOn(local.startMs, retentionDays) }),
    };
  }
  const sessions = local.parts.map((part) => part.sessionId);
  const waitsAlone = state === 'waiting' && (kind === 'motion' || kind === 'rhythm') && sessions.length > 0;
  return { sessions, ...(waitsAlone && { due: [sessions[0]!, dueAtMs] }) };
}

const DAY_MS = 24 * 3_600_000;

/** The collector deletes what is older than its retention within a day. */
function forgetOn(startMs: number, retentionDays: number): string {
  return dayOf(startMs + (retentionDays + 2) * DAY_MS);
}
