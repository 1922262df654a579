import { beforeEach, describe, expect, it } from 'vitest';
import { addToQueue } from './add-fragments.ts';
import { addBatch, settleAccepted } from './batches.ts';
import { deviceKey, readNumber } from './counters.ts';
import { numberRecords } from './number-records.ts';
import { openQueue, type QueueDatabase } from './queue.ts';
import { summarize } from './summary.ts';
import { dueErasures, forgetSent, requestErasures, settleErasure } from './erasures.ts';
import { deleteUnsent } from './withdraw.ts';
import { NOON_MS } from '../testing/builders.ts';
import { recordIdOf, recordSecret } from '../trace/record-id.ts';
import type { Motion } from '../trace/motion.ts';

const COLLECTOR = { collectorUrl: 'https://collector.example.com', participantKey: 'A'.repeat(43) };
const ANSWER = { answeredOn: '2026-11-24', release: null, pulledBy: 0 } as const;
const content: Omit<Motion, 'recordId' | 'recordedOn'> = {
  kind: 'motion',
  path: { dtMs: [100], dxPx: [8], dyPx: [0] },
  end: 'none',
  endOffset: null,
};

let queue: QueueDatabase;

beforeEach(async () => {
  queue = await openQueue(`test ${Math.random()}`);
});

async function addMotions(count: number): Promise<string[]> {
  const contents = Array.from({ length: count }, () => ({
    content,
    app: 'desk',
    startMs: NOON_MS,
    dueAtMs: NOON_MS,
  }));
  const records = await numberRecords(queue, contents, {
    charter: 'c',
    level: 'balanced',
    collectorUrl: COLLECTOR.collectorUrl,
    retentionDays: 365,
  });
  await addToQueue(queue, {
    message: undefined,
    epoch: await readNumber(queue, 'epoch'),
    records,
    steps: [],
    tabView: undefined,
    sightedKeys: ['app desk', 'contributed pointer'],
    consumedSequences: [],
    nowMs: NOON_MS,
  });
  return records.map((record) => record.recordId);
}

const draw = (batchId: string, recordIds: string[]) =>
  addBatch(
    queue,
    {
      batchId,
      body: new Uint8Array(1),
      collectorUrl: COLLECTOR.collectorUrl,
      recordCount: recordIds.length,
      state: 'sending',
      attempts: 0,
      nextAttemptAtMs: NOON_MS,
      refusal: undefined,
    },
    recordIds,
  );

describe('withdrawal', () => {
  it('deletes what waits, and keeps of what was or may have been sent only what can erase it', async () => {
    const ids = await addMotions(6);
    await draw('sent', ids.slice(0, 2));
    await settleAccepted(queue, 'sent');
    await draw('on its way', ids.slice(2, 3));
    await deleteUnsent(queue);
    const left = await queue.getAll('records');
    expect(left.map((record) => record.recordId).sort()).toEqual(ids.slice(0, 3).sort());
    expect(left.every((record) => record.state === 'sent' && record.record === undefined)).toBe(true);
    expect(await queue.count('batches')).toBe(0);
    expect(await queue.getAllKeys('sightings')).toEqual([]);
    expect((await summarize(queue, NOON_MS)).accounts).toMatchObject({ captured: 3, sent: 3, deleted: 0 });
  });

  it('of one scope deletes what waits of it and lets the others be', async () => {
    const ids = await addMotions(3);
    await draw('on its way', ids.slice(0, 1));
    await deleteUnsent(queue, ['pointer']);
    expect(await queue.count('records')).toBe(3);
    await deleteUnsent(queue, ['keys', 'workflow']);
    expect((await queue.getAll('records')).map((record) => [record.recordId, record.state])).toEqual([
      [ids[0], 'sent'],
    ]);
    expect(await queue.count('batches')).toBe(0);
  });

  it('lets a batch that is answered afterwards change nothing', async () => {
    const ids = await addMotions(1);
    await draw('late', ids);
    await deleteUnsent(queue);
    await settleAccepted(queue, 'late');
    expect((await summarize(queue, NOON_MS)).totals.sent).toBe(1);
  });
});

describe('erasure', () => {
  it('makes one request for each sent record, with the secret that its id comes from', async () => {
    const ids = await addMotions(3);
    await draw('sent', ids);
    await settleAccepted(queue, 'sent');
    let dueAtMs = NOON_MS;
    expect(await requestErasures(queue, { ...COLLECTOR, dueAtMs: () => (dueAtMs += 1000) })).toBe(3);
    expect(await dueErasures(queue, NOON_MS + 2000, 50)).toHaveLength(2);
    const key = await deviceKey(queue);
    const proven = await Promise.all(
      (await dueErasures(queue, NOON_MS + 9000, 50)).map(async (erasure) =>
        recordIdOf(await recordSecret(key, erasure.counter)),
      ),
    );
    expect(proven.sort()).toEqual([...ids].sort());
  });

  it('counts what the collector held and what it did not', async () => {
    const ids = await addMotions(2);
    await draw('sent', ids);
    await settleAccepted(queue, 'sent');
    await requestErasures(queue, { ...COLLECTOR, dueAtMs: () => NOON_MS });
    const [first, second] = await dueErasures(queue, NOON_MS, 50);
    await settleErasure(queue, first!.counter, { ...ANSWER, result: 'erased' });
    await settleErasure(queue, second!.counter, { ...ANSWER, result: 'not-held' });
    expect(await summarize(queue, NOON_MS)).toMatchObject({
      erasuresPending: 0,
      totals: { erased: 1, erasedNotHeld: 1 },
    });
  });

  it('is no longer possible once what was sent is forgotten', async () => {
    const ids = await addMotions(1);
    await draw('sent', ids);
    await settleAccepted(queue, 'sent');
    await forgetSent(queue);
    expect(await requestErasures(queue, { ...COLLECTOR, dueAtMs: () => NOON_MS })).toBe(0);
  });
});

describe('drawing', () => {
  it('takes no record twice and none that was deleted meanwhile', async () => {
    const ids = await addMotions(2);
    expect(await draw('one', ids)).toBe(true);
    expect(await draw('two', ids)).toBe(false);
    await deleteUnsent(queue);
    expect(await draw('three', ids)).toBe(false);
    expect(await queue.count('batches')).toBe(0);
  });
});
