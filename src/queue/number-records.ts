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
        record: { ...content, recordId, recordedOn: dayOf(startMs) },
        batchId: undefined,
        local: { app, startMs, ...links },
      } satisfies QueuedRecord;
    }),
  );
}
