/**
 * Protected records and steps -> the queue, in one transaction with the number of the message they came in.
 *
 * Background only. A message that was already taken changes nothing; one captured before a withdrawal that has
 * happened meanwhile is not stored.
 */
import { addTotals } from './counters.ts';
import { addWithinShare } from './daily-share.ts';
import type { QueueDatabase } from './queue.ts';
import type { QueuedRecord, QueuedStep, Totals } from './queue-schema.ts';
import type { View } from '../trace/episode.ts';
import { cryptoRandom, type Random } from '../trace/random.ts';

export interface Addition {
  /** The message it comes from; undefined for what the background makes itself. */
  message: { frame: string; number: number } | undefined;
  /** `epoch` as it was when consent was checked. */
  epoch: number;
  records: QueuedRecord[];
  steps: QueuedStep[];
  tabView: { tabId: number; viewId: string; view: View } | undefined;
  /** Keys that count as met from now on. */
  sightedKeys: string[];
  /** Steps that became part of one of the records. */
  consumedSequences: number[];
  nowMs: number;
}

/** `too-early`: the message before it has not arrived; taken now, that one would later count as a repeat. */
export type AddOutcome = 'added' | 'repeated' | 'too-early' | 'withdrawn';

export async function addToQueue(
  queue: QueueDatabase,
  addition: Addition,
  random: Random = cryptoRandom,
): Promise<AddOutcome> {
  const transaction = queue.transaction(
    ['records', 'steps', 'tabViews', 'frames', 'sightings', 'meta'],
    'readwrite',
    {
      durability: 'strict',
    },
  );
  const outcome = await (async (): Promise<AddOutcome> => {
    const meta = transaction.objectStore('meta');
    if (((await meta.get('epoch')) ?? 0) !== addition.epoch) return 'withdrawn';
    if (addition.message !== undefined) {
      const { frame, number } = addition.message;
      const frames = transaction.objectStore('frames');
      const known = await frames.get(frame);
      const lastNumber = known?.lastNumber ?? -1;
      if (number <= lastNumber) return 'repeated';
      if (number > lastNumber + 1) return 'too-early';
      await frames.put({ frame, lastNumber: number, seenAtMs: addition.nowMs });
    }
    const made: Partial<Totals> = {};
    let leftOut = 0;
    for (const record of addition.records) {
      leftOut += await addWithinShare(record, { records: transaction.objectStore('records'), meta, random });
      made[record.kind] = (made[record.kind] ?? 0) + 1;
    }
    await addTotals(meta, { ...made, leftOut });
    for (const step of addition.steps) await transaction.objectStore('steps').add(step);
    for (const sequence of addition.consumedSequences)
      await transaction.objectStore('steps').delete(sequence);
    for (const key of addition.sightedKeys) await transaction.objectStore('sightings').put({ key });
    if (addition.tabView !== undefined) await transaction.objectStore('tabViews').put(addition.tabView);
    return 'added';
  })();
  await transaction.done;
  return outcome;
}

/** Longer than a page is left open without a single action; one that is begins anew when it is loaded again. */
const FRAME_MEMORY_MS = 30 * 24 * 3_600_000;

export async function forgetOldFrames(queue: QueueDatabase, nowMs: number): Promise<void> {
  const transaction = queue.transaction('frames', 'readwrite');
  const old = IDBKeyRange.upperBound(nowMs - FRAME_MEMORY_MS);
  for (const frame of await transaction.store.index('by-seen').getAllKeys(old))
    await transaction.store.delete(frame);
  await transaction.done;
}
