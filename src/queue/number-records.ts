/**
 * Record contents -> records with an id that only this device can prove.
 *
 * Background only. Numbers are reserved first, since WebCrypto cannot be awaited inside an IndexedDB transaction.
 */
import { dayOf } from '../trace/primitives.ts';
import { recordIdOf, recordSecret } from '../trace/record-id.ts';
import type { TraceRecord } from '../trace/record.ts';
import { deviceKey, reserve } from './counters.ts';
import type { QueueDatabase } from './queue.ts';
import type { LocalLinks, QueuedRecord, SessionPart } from './queue-schema.ts';

/** A record but for its id and day. */
type Content = TraceRecord extends infer Kind
  ? Kind extends TraceRecord
    ? Omit<Kind, 'recordId' | 'recordedOn'>
    : never
  : never;

export interface RecordContent {
  content: Content;
  app: string;
  /** Epoch ms. */
  startMs: number;
  /** Epoch ms of its end; undefined for what takes no time. */
  endMs?: number;
  dueAtMs: number;
  extraHoldMs?: number;
  /** Of an episode or trace: the sessions of its steps, and how many they are; a record is one fragment else. */
  parts?: SessionPart[];
  /** Further local links. */
  links?: Pick<LocalLinks, 'taken' | 'sightedKey'>;
}

/** What records have from the charter that they were recorded under. */
export type RecordOrigin = Pick<QueuedRecord, 'charter' | 'level' | 'collectorUrl' | 'retentionDays'>;

/**
 * The record but for its id: all of what will be sent that says anything.
 *
 * What is put into the queue is made by this, and so is what a person is shown of an episode that has no id yet.
 */
export function withDay<Made extends Content>(content: Made, startMs: number) {
  return { ...content, recordedOn: dayOf(startMs) };
}

/** Numbers records, which take their final form here: nothing is added or changed until they are sent. */
export async function numberRecords(
  queue: QueueDatabase,
  contents: readonly RecordContent[],
  origin: RecordOrigin,
): Promise<QueuedRecord[]> {
  if (contents.length === 0) return [];
  const key = await deviceKey(queue);
  const firstCounter = await reserve(queue, 'counter', contents.length);
  return Promise.all(
    contents.map(async ({ content, app, startMs, endMs, dueAtMs, extraHoldMs, parts, links }, index) => {
      const counter = firstCounter + index;
      const recordId = await recordIdOf(await recordSecret(key, counter));
      return {
        recordId,
        counter,
        kind: content.kind,
        state: 'waiting',
        dueAtMs,
        ...(extraHoldMs !== undefined && { extraHoldMs }),
        ...origin,
        fragments: fragmentsOf(content.kind, parts),
        record: { ...withDay(content, startMs), recordId },
        batchId: undefined,
        local: { app, startMs, ...(endMs !== undefined && { endMs }), parts: parts ?? [], ...links },
      } satisfies QueuedRecord;
    }),
  );
}

function fragmentsOf(kind: QueuedRecord['kind'], parts: readonly SessionPart[] | undefined): number {
  if (kind === 'sighting') return 0;
  return parts === undefined ? 1 : parts.reduce((sum, part) => sum + part.fragments, 0);
}
