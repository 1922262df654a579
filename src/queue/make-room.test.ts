import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NOON_MS } from '../testing/builders.ts';
import { add, addMotions, addSteps, aQueue, draw } from '../testing/fill-queue.ts';
import { settleRefused } from './batches.ts';
import { makeRoom, MOST_HELD } from './make-room.ts';
import type { QueueDatabase } from './queue.ts';
import { summarize } from './summary.ts';

let queue: QueueDatabase;
beforeEach(async () => {
  queue = await aQueue();
});

const allowed = { ...MOST_HELD };
afterEach(() => {
  Object.assign(MOST_HELD, allowed);
  vi.restoreAllMocks();
});

let number = 0;
/** A message of a page, which is what makes room. */
const hear = () => add(queue, { message: { frame: 'F'.repeat(22), number: number++ } });
beforeEach(() => (number = 0));

const accounts = async () => (await summarize(queue, NOON_MS)).accounts;

describe('a queue that is full', () => {
  it.each([
    ['rows', { rows: 30, bytes: Infinity }],
    ['bytes', { rows: Infinity, bytes: 3000 }],
  ])('gives up the oldest that waits, counted (%s)', async (_of, most) => {
    const early = await addMotions(queue, 15, { dueAtMs: NOON_MS + 1 });
    await addMotions(queue, 14, { dueAtMs: NOON_MS + 2 });
    Object.assign(MOST_HELD, { rows: Infinity, bytes: Infinity });
    await hear();
    expect(await queue.count('records')).toBe(29);
    Object.assign(MOST_HELD, most);
    await addMotions(queue, 1, { dueAtMs: NOON_MS + 3 });
    expect(await queue.count('records')).toBe(30);
    await hear();
    const left = await queue.getAllKeys('records');
    expect(left).toHaveLength(29);
    expect(early.filter((recordId) => left.includes(recordId))).toHaveLength(14);
    expect(await accounts()).toMatchObject({ captured: 30, held: 29, lost: { storageFull: 1 } });
  });

  it('tells where steps are missing, once in each session', async () => {
    await addSteps(queue, 30, { app: 'desk' });
    await addSteps(queue, 30, { app: 'crm' });
    for (let time = 0; time < 20; time += 1) await makeRoom(queue);
    const steps = await queue.getAll('steps');
    const gaps = steps.flatMap((step) => ('gap' in step && step.gap ? [[step.sequence, step.gap]] : []));
    const { lost, held, captured } = await accounts();
    expect(gaps).toEqual([[lost.storageFull! - 1, 'storageFull']]);
    expect(held + lost.storageFull!).toBe(captured);
    // One step more would be the second session's.
    expect(lost.storageFull).toBeLessThanOrEqual(30);
    for (let time = 0; time < 30; time += 1) await makeRoom(queue);
    const all = await queue.getAll('steps');
    expect(all.filter((step) => 'gap' in step && step.gap === 'storageFull')).toHaveLength(2);
  });

  it('gives up what was refused, with its batch', async () => {
    const [recordId] = await addMotions(queue, 1);
    await draw(queue, 'one', [recordId!]);
    await settleRefused(queue, 'one', 'schema-invalid');
    await makeRoom(queue);
    expect(await queue.count('records')).toBe(0);
    expect(await queue.count('batches')).toBe(0);
    expect(await accounts()).toMatchObject({ captured: 1, refused: 0, lost: { storageFull: 1 } });
  });

  it('leaves what is under way, since it may have arrived', async () => {
    const [recordId] = await addMotions(queue, 1);
    await draw(queue, 'one', [recordId!]);
    await makeRoom(queue);
    expect(await accounts()).toMatchObject({ sending: 1, lost: {} });
  });
});

describe('a browser that has no more space', () => {
  const fail = (times: number) => {
    const adding = vi.spyOn(IDBObjectStore.prototype, 'add');
    for (let time = 0; time < times; time += 1)
      adding.mockImplementationOnce(() => {
        throw new DOMException('full', 'QuotaExceededError');
      });
  };

  it('is given room, and what came is stored', async () => {
    await addMotions(queue, 20);
    fail(1);
    await addMotions(queue, 1);
    expect(await accounts()).toMatchObject({ captured: 21, due: 20, lost: { storageFull: 1 } });
  });

  it('that has none even then takes nothing, so that the page keeps it', async () => {
    await addMotions(queue, 20);
    fail(2);
    await expect(addMotions(queue, 1)).rejects.toThrow('full');
    expect(await accounts()).toMatchObject({ captured: 20, due: 19, lost: { storageFull: 1 } });
  });
});
