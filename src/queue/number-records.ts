/**
 * Record contents -> records with an id that only this device can prove.
 *
 * Background only. Numbers are reserved first, since WebCrypto cannot be awaited inside an IndexedDB transaction.
 */
import type { Level } from '../charter/charter.ts';
import { dayOf } from '../trace/primitives.ts';
import { recordIdOf, recordSecret } from '../trace/record-id.ts';
import type { TraceRecord } from '../trace/record.ts';
import { deviceKey, reserve } from './counters.ts';
import type { QueueDatabase } from './queue.ts';
import type { LocalLinks, QueuedRecord } from './queue-schema.ts';

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
  dueAtMs: number;
  /** Further local links. */
  links?: Pick<LocalLinks, 'taken' | 'sightedKey'>;
}

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
  origin: { charter: string; level: Level; collectorUrl: string },
): Promise<QueuedRecord[]> {
  if (contents.length === 0) return [];
  const key = await deviceKey(queue);
  const firstCounter = await reserve(queue, 'counter', contents.length);
  return Promise.all(
    contents.map(async ({ content, app, startMs, dueAtMs, links }, index) => {
      const counter = firstCounter + index;
      const recordId = await recordIdOf(await recordSecret(key, counter));
      return {
        recordId,
        counter,
        kind: content.kind,
        state: 'waiting',
        dueAtMs,
        ...origin,
        record: { ...withDay(content, startMs), recordId },
        batchId: undefined,
        local: { app, startMs, ...links },
      } satisfies QueuedRecord;
    }),
  );
}
