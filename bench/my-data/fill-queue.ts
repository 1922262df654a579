/**
 * Fills the queue of an installed extension with invented work, by the queue's own functions.
 *
 * Bundled and run in a page of the extension, for the bench alone. Thirty days of eight sessions in three apps: steps and
 * movements on hold, and movements that were sent.
 */
import { addBatch, settleAccepted } from '../../src/queue/batches.ts';
import { addStep } from '../../src/queue/add-fragments.ts';
import { changeQueue } from '../../src/queue/books.ts';
import { reserve } from '../../src/queue/counters.ts';
import { numberRecords, type RecordContent } from '../../src/queue/number-records.ts';
import { openQueue, type QueueDatabase } from '../../src/queue/queue.ts';
import type { QueuedRecord } from '../../src/queue/queue-schema.ts';
import { aGeneralStep, aGeneralTarget, aGeneralView, aHeldStep } from '../../src/testing/held-builders.ts';

export interface Filling {
  days: number;
  sessionsADay: number;
  /** In each session. */
  steps: number;
  heldMotions: number;
  sentMotions: number;
}

const APPS = ['service-desk', 'wiki', 'crm'];
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Work in one session spreads over this. */
const SESSION_MS = 50 * MINUTE_MS;

const ORIGIN = {
  charter: 'a'.repeat(64),
  level: 'balanced' as const,
  collectorUrl: 'http://127.0.0.1:1',
  retentionDays: 30,
};

export async function fillQueue(filling: Filling): Promise<void> {
  const queue = await openQueue();
  try {
    for (let day = 0; day < filling.days; day += 1) {
      for (let session = 0; session < filling.sessionsADay; session += 1) {
        const startMs = Date.now() - day * 24 * HOUR_MS - (session + 1) * 2 * HOUR_MS;
        const app = APPS[(day + session) % APPS.length]!;
        await addSteps(queue, app, startMs, filling.steps);
        await addMotions(queue, app, startMs, filling.heldMotions);
        const sent = await addMotions(queue, app, startMs, filling.sentMotions);
        await send(queue, sent);
      }
    }
  } finally {
    queue.close();
  }
}

async function addSteps(queue: QueueDatabase, app: string, startMs: number, count: number): Promise<void> {
  const first = await reserve(queue, 'sequence', count);
  const view = aGeneralView({ app });
  await changeQueue(queue, async (books) => {
    for (let index = 0; index < count; index += 1) {
      const target = aGeneralTarget({ gridX: index % 12, gridY: (index >> 3) % 8 });
      const atMs = startMs + Math.round((index * SESSION_MS) / count);
      await addStep(books, {
        ...aHeldStep({ sequence: first + index, startMs: atMs, view, step: aGeneralStep({ target }) }),
        ...ORIGIN,
        dueAtMs: Date.now() + 24 * HOUR_MS,
      });
    }
  });
}

async function addMotions(
  queue: QueueDatabase,
  app: string,
  startMs: number,
  count: number,
): Promise<QueuedRecord[]> {
  const contents = Array.from({ length: count }, (_, index): RecordContent => ({
    content: {
      kind: 'motion',
      path: { dtMs: [100, 100, 60], dxPx: [16, 64, 8], dyPx: [0, 32, 8] },
      end: 'click',
      endOffset: { xQuarters: 1, yQuarters: 0 },
    },
    app,
    startMs: startMs + Math.round((index * SESSION_MS) / count),
    dueAtMs: Date.now() + 24 * HOUR_MS,
  }));
  const records = await numberRecords(queue, contents, ORIGIN);
  await changeQueue(queue, async (books) => {
    for (const record of records) {
      const { app: inApp, startMs: atMs } = record.local;
      const parts = [{ sessionId: await books.sessionOf(inApp, atMs, undefined), fragments: 1 }];
      const placed = { ...record, local: { ...record.local, parts } };
      books.count(placed, 'captured');
      books.addRecord(placed);
    }
  });
  return records;
}

async function send(queue: QueueDatabase, records: readonly QueuedRecord[]): Promise<void> {
  const batch = {
    batchId: crypto.randomUUID(),
    body: new Uint8Array(4096),
    collectorUrl: ORIGIN.collectorUrl,
    recordCount: records.length,
    state: 'sending' as const,
    attempts: 0,
    nextAttemptAtMs: Date.now(),
    refusal: undefined,
  };
  await addBatch(
    queue,
    batch,
    records.map((record) => record.recordId),
  );
  await settleAccepted(queue, batch.batchId);
}
