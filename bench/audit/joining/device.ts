/**
 * One person's device: what their pages tell becomes records on hold, then batches, by the product's own code.
 *
 * Runs in the audit. The queue is the product's on an IndexedDB in memory; numbering, drawing, packing, settling and
 * erasing are the product's too. Only what decides when to call them is here, since `pipeline` needs a browser.
 */
import 'fake-indexeddb/auto';
import { assembleEpisodes } from '../../../src/anonymize/assemble-episodes.ts';
import type { KeyedHasher } from '../../../src/anonymize/keyed-hash.ts';
import { protectFragments } from '../../../src/anonymize/protect-fragments.ts';
import type { UnlinkedLevel } from '../../../src/anonymize/levels.ts';
import { sightingsOf } from '../../../src/anonymize/sightings.ts';
import type { Charter } from '../../../src/charter/charter.ts';
import { splitBuckets } from '../../../src/charter/split-buckets.ts';
import { addToQueue, type Addition } from '../../../src/queue/add-fragments.ts';
import { nextBatch, settleAccepted } from '../../../src/queue/batches.ts';
import { deviceKey, readNumber, reserve } from '../../../src/queue/counters.ts';
import { dueErasures, requestErasures, settleErasure } from '../../../src/queue/erasures.ts';
import { endOfHold } from '../../../src/queue/hold.ts';
import { numberRecords, type RecordContent } from '../../../src/queue/number-records.ts';
import { openQueue } from '../../../src/queue/queue.ts';
import type { NewStep } from '../../../src/queue/queue-schema.ts';
import { readHeldSteps } from '../../../src/queue/held-steps.ts';
import { partsOf } from '../../../src/queue/session-rows.ts';
import { readSplits } from '../../../src/queue/splits.ts';
import { deleteUnsent } from '../../../src/queue/withdraw.ts';
import { dayOf } from '../../../src/trace/primitives.ts';
import type { View } from '../../../src/trace/episode.ts';
import { appOf, onLocalGrid } from '../../../src/trace/held-step.ts';
import type { Random } from '../../../src/trace/random.ts';
import { recordSecret } from '../../../src/trace/record-id.ts';
import { drawBatch } from '../../../src/upload/draw-batch.ts';
import type { WorkMessage } from '../cohort/work-messages.ts';

const HOUR_MS = 3_600_000;
/** As in `pipeline`. */
const SIGHTING_SPREAD_MS = 7 * 24 * HOUR_MS;
/** As the background spreads the erasures of who withdraws. */
const ERASURE_SPREAD_MS = 24 * HOUR_MS;

export interface DeviceOptions {
  name: string;
  charter: Charter;
  charterHash: string;
  level: UnlinkedLevel;
  hasher: KeyedHasher;
  random: Random;
  /** Where requests go; a batch must be taken, an erasure is answered in any case. */
  collector: {
    postBatch: (body: Uint8Array<ArrayBuffer>) => Promise<void>;
    postErasure: (secret: string) => Promise<void>;
  };
  /** Is told of each record that is made. */
  onRecord: (recordId: string) => void;
}

export type Device = Awaited<ReturnType<typeof openDevice>>;

export async function openDevice(options: DeviceOptions) {
  const { name, charter, charterHash, level, hasher, random, collector, onRecord } = options;
  const queue = await openQueue(name);
  const { collectorUrl, retentionDays } = charter;
  const origin = { charter: charterHash, level, collectorUrl, retentionDays };
  const tabViews = new Map<number, { viewId: string; view: View }>();

  async function add(addition: Partial<Addition>, nowMs: number): Promise<void> {
    for (const { recordId } of addition.records ?? []) onRecord(recordId);
    await addToQueue(queue, {
      message: undefined,
      epoch: await readNumber(queue, 'epoch'),
      records: [],
      steps: [],
      tabView: undefined,
      sightedKeys: [],
      consumedSequences: [],
      nowMs,
      ...addition,
    });
  }

  async function releaseEpisodes(nowMs: number): Promise<void> {
    const held = await readHeldSteps(queue);
    const bySequence = new Map(held.map((step) => [step.sequence, step]));
    for (const episode of assembleEpisodes(held, nowMs)) {
      const steps = episode.sequences.map((sequence) => bySequence.get(sequence)!);
      if (steps.some((step) => step.dueAtMs > nowMs)) continue;
      const contents: RecordContent[] = episode.content
        ? [
            {
              content: episode.content,
              app: appOf(steps[0]!),
              startMs: episode.startMs,
              dueAtMs: nowMs,
              parts: partsOf(steps),
            },
          ]
        : [];
      const records = await numberRecords(queue, contents, origin);
      await add({ records, consumedSequences: episode.sequences }, nowMs);
    }
  }

  return {
    /** Takes what a page tells: protected, numbered, on hold. */
    receive: async ({
      app,
      tabId,
      isTopFrame,
      topUrl,
      sentMs: atMs,
      message,
    }: WorkMessage): Promise<void> => {
      const made = await protectFragments(message, {
        scopes: charter.scopes,
        level,
        app,
        isTopFrame,
        topUrl,
        tabView: tabViews.get(tabId),
        hasher,
        random,
      });
      if (made.tabView) tabViews.set(tabId, made.tabView);
      const dueAtMs = () => endOfHold(atMs, charter.holdHours, random);
      const stepsDueAtMs = dueAtMs();
      const splits = await readSplits(queue, splitBuckets(charter), random);
      const sightings = [];
      if (charter.minContributors > 0) {
        for (const possible of sightingsOf(made, { charterHash, level }, splits, atMs)) {
          if ((await queue.getKey('sightings', possible.key)) === undefined) sightings.push(possible);
        }
      }
      const contents: RecordContent[] = [
        ...made.records.map(({ content, ...record }) => ({
          ...record,
          content: { ...content, ...(splits && { split: splits[content.kind] }) },
          dueAtMs: dueAtMs(),
        })),
        ...sightings.map(({ content }) => ({
          content,
          app: '',
          startMs: onLocalGrid(atMs),
          dueAtMs: atMs + charter.holdHours * HOUR_MS + Math.round(random() * SIGHTING_SPREAD_MS),
        })),
      ];
      const firstSequence = await reserve(queue, 'sequence', made.steps.length);
      const steps: NewStep[] = made.steps.map(({ atMs: stepMs, ...step }, index) => ({
        ...step,
        ...origin,
        split: splits?.episode,
        sequence: firstSequence + index,
        startMs: onLocalGrid(stepMs),
        dueAtMs: stepsDueAtMs,
      }));
      const records = await numberRecords(queue, contents, origin);
      await add({ records, steps, sightedKeys: sightings.map(({ key }) => key) }, atMs);
    },

    /** Sends what is due: sightings each alone, all else in batches. */
    send: async (nowMs: number): Promise<void> => {
      await releaseEpisodes(nowMs);
      while ((await drawBatch(queue, nowMs, random, 'sighting')) > 0);
      while ((await drawBatch(queue, nowMs, random)) > 0);
      for (let batch = await nextBatch(queue, nowMs); batch; batch = await nextBatch(queue, nowMs)) {
        await collector.postBatch(batch.body);
        await settleAccepted(queue, batch.batchId);
      }
    },

    /** The person withdraws: what was not sent is gone, what was sent is to be erased over the next day. */
    withdraw: async (nowMs: number): Promise<void> => {
      await deleteUnsent(queue);
      const dueAtMs = () => nowMs + Math.round(random() * ERASURE_SPREAD_MS);
      await requestErasures(queue, { participantKey: 'key', dueAtMs });
    },

    /** Asks for the erasures whose time has come, one record each. */
    sendErasures: async (nowMs: number): Promise<void> => {
      const key = await deviceKey(queue);
      for (let due = await nextErasures(); due.length > 0; due = await nextErasures()) {
        for (const erasure of due) {
          await collector.postErasure(await recordSecret(key, erasure.counter));
          const answer = { result: 'erased', answeredOn: dayOf(nowMs), release: null, pulledBy: 0 } as const;
          await settleErasure(queue, erasure.counter, answer);
        }
      }
      function nextErasures() {
        return dueErasures(queue, nowMs, 50);
      }
    },

    /** Forgets everything. */
    close: (): void => {
      queue.close();
      indexedDB.deleteDatabase(name);
    },
  };
}
