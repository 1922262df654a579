import { beforeEach, describe, expect, it } from 'vitest';
import * as fill from '../testing/fill-queue.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import type { Motion } from '../trace/motion.ts';
import { KEPT_A_DAY } from '../trace/limits.ts';
import type { QueueDatabase } from './queue.ts';
import { summarize } from './summary.ts';
import { NOON_MS } from '../testing/builders.ts';

const DAY_MS = 24 * 3_600_000;
const KEPT = KEPT_A_DAY.motion;

let queue: QueueDatabase;

beforeEach(async () => {
  queue = await fill.aQueue();
});

/** One after the other, as messages bring them; each tells its number by its path. */
async function addMotions(from: number, to: number, startMs = NOON_MS): Promise<void> {
  const random = seededRandom(from + 1);
  for (let number = from; number < to; number += 1) {
    const content = { ...fill.MOTION, path: { dtMs: [100], dxPx: [8 * number], dyPx: [0] } };
    await fill.addMotions(queue, 1, { content, startMs, dueAtMs: startMs + DAY_MS, random });
  }
}

async function keptNumbers(): Promise<number[]> {
  const records = await queue.getAll('records');
  return records.map(({ record }) => (record as Motion).path.dxPx[0]! / 8).sort((one, other) => one - other);
}

describe('a day’s share', () => {
  it('keeps all of a day that has no more, and states no loss', async () => {
    await addMotions(0, KEPT);
    expect(await queue.count('records')).toBe(KEPT);
    expect((await summarize(queue, NOON_MS)).accounts.leftOut).toBe(0);
  });

  it('keeps as many of a day that has more, from all of it, and counts the others', async () => {
    await addMotions(0, 4 * KEPT);
    const kept = await keptNumbers();
    expect(kept).toHaveLength(KEPT);
    expect((await summarize(queue, NOON_MS)).accounts.leftOut).toBe(3 * KEPT);
    for (const quarter of [0, 1, 2, 3]) {
      const from = quarter * KEPT;
      expect(kept.filter((number) => number >= from && number < from + KEPT).length).toBeGreaterThan(0);
    }
  });

  it('begins anew with each day', async () => {
    await addMotions(0, KEPT + 3);
    await addMotions(100, 100 + KEPT, NOON_MS + DAY_MS);
    expect(await queue.count('records')).toBe(2 * KEPT);
  });

  it('leaves what has been sent, and takes nothing more of that day', async () => {
    await addMotions(0, KEPT);
    for (const record of await queue.getAll('records'))
      await queue.put('records', { ...record, state: 'sending' });
    await addMotions(100, 110);
    expect(await keptNumbers()).toEqual(Array.from({ length: KEPT }, (_, number) => number));
  });
});
