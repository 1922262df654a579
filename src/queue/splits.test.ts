import { beforeEach, describe, expect, it } from 'vitest';
import { cryptoRandom } from '../trace/random.ts';
import { PUBLISHED_KINDS } from '../trace/record.ts';
import { openQueue, type QueueDatabase } from './queue.ts';
import { readSplits } from './splits.ts';
import { deleteUnsent } from './withdraw.ts';

let queue: QueueDatabase;
beforeEach(async () => {
  queue = await openQueue(`test ${Math.random()}`);
});

describe('the buckets of an installation', () => {
  it('are kept from one time to the next', async () => {
    const first = await readSplits(queue, 10, cryptoRandom);
    for (let time = 0; time < 20; time += 1) {
      expect(await readSplits(queue, 10, cryptoRandom)).toEqual(first);
    }
  });

  it('are one draw for two that ask at once', async () => {
    const asked = await Promise.all(Array.from({ length: 8 }, () => readSplits(queue, 10, cryptoRandom)));
    expect(new Set(asked.map((splits) => JSON.stringify(splits))).size).toBe(1);
  });

  it('are none where the charter has none, and nothing is drawn', async () => {
    expect(await readSplits(queue, 0, cryptoRandom)).toBeUndefined();
    expect(await queue.get('meta', 'splits')).toBeUndefined();
  });

  it('are drawn anew when their number has changed', async () => {
    const lowest = await readSplits(queue, 10, () => 0);
    const highest = await readSplits(queue, 4, () => 0.999);
    expect(Object.values(lowest!)).toEqual(PUBLISHED_KINDS.map(() => 0));
    expect(Object.values(highest!)).toEqual(PUBLISHED_KINDS.map(() => 3));
  });

  it('are gone with a withdrawal, and stay when only a scope is switched off', async () => {
    await readSplits(queue, 10, () => 0);
    await deleteUnsent(queue, ['pointer']);
    expect((await readSplits(queue, 10, () => 0.999))?.motion).toBe(0);
    await deleteUnsent(queue);
    expect((await readSplits(queue, 10, () => 0.999))?.motion).toBe(9);
  });

  it('of one kind say nothing of those of another', async () => {
    const installations = 2000;
    const buckets = 4;
    const pairs = new Map<string, number>();
    for (let index = 0; index < installations; index += 1) {
      await queue.delete('meta', 'splits');
      const splits = await readSplits(queue, buckets, cryptoRandom);
      for (const [one, other] of [
        ['motion', 'rhythm'],
        ['motion', 'episode'],
        ['rhythm', 'episode'],
        ['motion', 'trace'],
        ['rhythm', 'trace'],
        ['episode', 'trace'],
      ] as const) {
        const pair = `${one} ${splits![one]} ${other} ${splits![other]}`;
        pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
      }
    }
    // Each of the 96 cells: 125 expected, standard deviation 10.8; six of them pass once in 5 million runs.
    expect(pairs.size).toBe(6 * buckets ** 2);
    for (const count of pairs.values())
      expect(Math.abs(count - installations / buckets ** 2)).toBeLessThan(65);
  });
});
