/**
 * Fills a queue for tests, by the product's own ways: motions and steps on hold, batches drawn and answered.
 */
import { addToQueue, type Addition } from '../queue/add-fragments.ts';
import { addBatch, settleAccepted } from '../queue/batches.ts';
import { readNumber, reserve } from '../queue/counters.ts';
import { numberRecords, type RecordContent, type RecordOrigin } from '../queue/number-records.ts';
import { openQueue, type QueueDatabase } from '../queue/queue.ts';
import type { NewStep } from '../queue/queue-schema.ts';
import type { View } from '../trace/episode.ts';
import type { Motion } from '../trace/motion.ts';
import type { Random } from '../trace/random.ts';
import { NOON_MS } from './builders.ts';

export const ORIGIN: RecordOrigin = {
  charter: 'A'.repeat(43),
  level: 'balanced',
  collectorUrl: 'https://collector.example.com',
  retentionDays: 365,
};

export const MOTION: Omit<Motion, 'recordId' | 'recordedOn'> = {
  kind: 'motion',
  path: { dtMs: [100], dxPx: [8], dyPx: [0] },
  end: 'none',
  endOffset: null,
};

export function aQueue(): Promise<QueueDatabase> {
  return openQueue(`test ${Math.random()}`);
}

export async function add(
  queue: QueueDatabase,
  addition: Partial<Addition>,
  random?: Random,
): Promise<string> {
  const none = { message: undefined, tabView: undefined, sightedKeys: [], consumedSequences: [] };
  const epoch = await readNumber(queue, 'epoch');
  return addToQueue(queue, { ...none, epoch, records: [], steps: [], nowMs: NOON_MS, ...addition }, random);
}

type Made = Partial<RecordContent> & { random?: Random; sightedKeys?: string[] };

/** @returns their ids, in the order in which they were made. */
export async function addMotions(
  queue: QueueDatabase,
  count: number,
  { random, sightedKeys = [], ...changes }: Made = {},
): Promise<string[]> {
  const motion = { content: MOTION, app: 'desk', startMs: NOON_MS, dueAtMs: NOON_MS, ...changes };
  const records = await numberRecords(queue, Array<RecordContent>(count).fill(motion), ORIGIN);
  await add(queue, { records, sightedKeys }, random);
  return records.map(({ recordId }) => recordId);
}

export function aHeldView(app = 'desk'): View {
  return {
    app,
    viewKey: 'B'.repeat(22),
    navigation: 'load',
    width: 'wide',
    pointerType: 'mouse',
    inventory: { roles: {}, landmarks: {} },
    coverage: { unreachableFrames: '0', closedShadowRoots: '0', canvasShareQuarters: 0 },
  };
}

export function aHeldStep(sequence: number, changes: Partial<NewStep> & { app?: string } = {}): NewStep {
  const { app = 'desk', ...others } = changes;
  const { charter, level, collectorUrl, retentionDays } = ORIGIN;
  return {
    charter,
    level,
    collectorUrl,
    retentionDays,
    sequence,
    startMs: NOON_MS + sequence * 1000,
    dueAtMs: NOON_MS + 3_600_000,
    split: undefined,
    viewId: `view of ${app}`,
    view: aHeldView(app),
    step: { action: 'click', pathFlags: [], scrollPosition: 'top', effect: 'none' },
    gap: undefined,
    ...others,
  };
}

/** So many steps, a second apart. @returns their numbers. */
export async function addSteps(
  queue: QueueDatabase,
  count: number,
  changes: Partial<NewStep> & { app?: string } = {},
): Promise<number[]> {
  const first = await reserve(queue, 'sequence', count);
  const sequences = Array.from({ length: count }, (_, index) => first + index);
  await add(queue, { steps: sequences.map((sequence) => aHeldStep(sequence, changes)) });
  return sequences;
}

export function draw(queue: QueueDatabase, batchId: string, recordIds: readonly string[]): Promise<boolean> {
  const batch = {
    batchId,
    body: new Uint8Array(1),
    collectorUrl: ORIGIN.collectorUrl,
    recordCount: recordIds.length,
    state: 'sending' as const,
    attempts: 0,
    nextAttemptAtMs: NOON_MS,
    refusal: undefined,
  };
  return addBatch(queue, batch, recordIds);
}

export async function drawAndAccept(queue: QueueDatabase, recordIds: readonly string[]): Promise<void> {
  const batchId = crypto.randomUUID();
  await draw(queue, batchId, recordIds);
  await settleAccepted(queue, batchId);
}
