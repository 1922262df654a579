import { beforeEach, describe, expect, it } from 'vitest';
import { settleAccepted } from './batches.ts';
import { deviceKey } from './counters.ts';
import { putAside } from './delete.ts';
import { dueErasures, forgetSent, requestErasures, settleErasure } from './erasures.ts';
import type { QueueDatabase } from './queue.ts';
import { readSplits } from './splits.ts';
import { summarize } from './summary.ts';
import { deleteUnsent } from './withdraw.ts';
import { NOON_MS } from '../testing/builders.ts';
import * as fill from '../testing/fill-queue.ts';
import { recordIdOf, recordSecret } from '../trace/record-id.ts';

const TERMS = { participantKey: 'A'.repeat(43), dueAtMs: () => NOON_MS };
const ANSWER = { result: 'erased', answeredOn: '2026-11-24', release: null, pulledBy: 0 } as const;

let queue: QueueDatabase;

beforeEach(async () => {
  queue = await fill.aQueue();
});

const addMotions = (count: number) =>
  fill.addMotions(queue, count, { sightedKeys: ['app desk', 'contributed'] });
const draw = (batchId: string, recordIds: string[]) => fill.draw(queue, batchId, recordIds);

/** Every store that is not empty, with its keys. */
async function whatIsLeft(): Promise<Record<string, unknown[]>> {
  const stores = await Promise.all(
    [...queue.objectStoreNames].map(async (name) => [name, await queue.getAllKeys(name)] as const),
  );
  return Object.fromEntries(stores.filter(([, keys]) => keys.length > 0));
}

/** Something in every store. */
async function aFullQueue(): Promise<string[]> {
  const ids = await addMotions(6);
  await fill.addSteps(queue, 3);
  const view = { tabId: 1, viewId: 'v', view: fill.aHeldView() };
  await fill.add(queue, { message: { frame: 'f', number: 0 }, tabView: view });
  await readSplits(queue, 10, Math.random);
  await queue.put('meta', NOON_MS, 'nextDrawAtMs');
  await queue.put('meta', { day: '2026-11-23', sizeBytes: 4096 }, 'drawn');
  await queue.put('meta', { fromMs: 0, toMs: 1 }, 'forgotten');
  await draw('sent', ids.slice(0, 2));
  await settleAccepted(queue, 'sent');
  await draw('on its way', ids.slice(2, 4));
  await putAside(queue, { kind: 'records', recordIds: [ids[3]!], sequences: [1] });
  await draw('again on its way', [ids[2]!]);
  return ids;
}

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

describe('what a withdrawal leaves in the queue', () => {
  it('is, where what was sent can still be erased, the keys for that, their counts and what bars late messages', async () => {
    const ids = await aFullQueue();
    expect(Object.keys(await whatIsLeft())).toHaveLength(10);
    await deleteUnsent(queue);
    const left = await whatIsLeft();
    expect(left).toEqual({
      // Two were sent, two may have arrived.
      records: ids.slice(0, 4).sort(),
      ledger: [['2026-11-23', 'desk', 'motion']],
      meta: ['accounts', 'counter', 'deviceKey', 'epoch', 'withdrawn'],
    });
    for (const record of await queue.getAll('records')) {
      expect(record.record).toBeUndefined();
      expect(record.local).toEqual({ app: 'desk', startMs: Date.UTC(2026, 10, 23), parts: [] });
    }
    expect((await summarize(queue, NOON_MS)).accounts).toMatchObject({ captured: 4, sent: 4, deleted: 0 });
  });

  it('is, while erasures are not answered, these; then the receipt of counts and what bars late messages', async () => {
    await aFullQueue();
    await deleteUnsent(queue);
    await requestErasures(queue, TERMS);
    expect(Object.keys(await whatIsLeft())).toEqual(['erasures', 'ledger', 'meta']);
    for (const { counter } of await dueErasures(queue, NOON_MS, 9))
      await settleErasure(queue, counter, ANSWER);
    expect(await whatIsLeft()).toEqual({ erasureReceipts: ['2026-11-24'], meta: ['epoch'] });
    expect((await summarize(queue, NOON_MS)).totals).toMatchObject({ sent: 0, erased: 4 });
  });

  it('is, when what was sent is forgotten or was never, what bars late messages', async () => {
    await aFullQueue();
    await deleteUnsent(queue);
    await forgetSent(queue);
    expect(await whatIsLeft()).toEqual({ meta: ['epoch'] });
    queue = await fill.aQueue();
    await addMotions(2);
    await deleteUnsent(queue);
    expect(await whatIsLeft()).toEqual({ meta: ['epoch'] });
  });

  it('is not touched by the last erasure of who has come back meanwhile', async () => {
    await aFullQueue();
    await deleteUnsent(queue);
    await requestErasures(queue, TERMS);
    const [kept] = await addMotions(1);
    for (const { counter } of await dueErasures(queue, NOON_MS, 9))
      await settleErasure(queue, counter, ANSWER);
    expect(await queue.getAllKeys('records')).toEqual([kept]);
    expect((await whatIsLeft()).meta).toContain('deviceKey');
    expect((await summarize(queue, NOON_MS)).accounts).toMatchObject({
      captured: 5,
      sent: 4,
      erased: 4,
      due: 1,
    });
  });
});

describe('erasure', () => {
  it('makes one request for each sent record, with the secret that its id comes from', async () => {
    const ids = await addMotions(3);
    await draw('sent', ids);
    await settleAccepted(queue, 'sent');
    let dueAtMs = NOON_MS;
    expect(await requestErasures(queue, { ...TERMS, dueAtMs: () => (dueAtMs += 1000) })).toBe(3);
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
    await requestErasures(queue, TERMS);
    const [first, second] = await dueErasures(queue, NOON_MS, 50);
    await settleErasure(queue, first!.counter, ANSWER);
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
    expect(await requestErasures(queue, TERMS)).toBe(0);
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
