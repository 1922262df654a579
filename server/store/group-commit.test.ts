import { expect, test } from 'vitest';
import { createGroupCommit } from './group-commit.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test('what comes together is stored together, each with its own outcome', async () => {
  const groups: number[][] = [];
  const add = createGroupCommit({ maxGroup: 3, maxRunning: 1 }, (group: number[]) => {
    groups.push(group);
    return Promise.resolve(group.map((item) => item * 10));
  });
  expect(await Promise.all([1, 2, 3, 4].map(add))).toEqual([10, 20, 30, 40]);
  expect(groups).toEqual([[1, 2, 3], [4]]);
  expect(await add(5)).toBe(50);
});

test('a bad one takes no other along', async () => {
  const stored: number[] = [];
  const add = createGroupCommit({ maxGroup: 10, maxRunning: 1 }, (group: number[]) => {
    if (group.includes(2)) return Promise.reject(new Error('bad'));
    stored.push(...group);
    return Promise.resolve(group);
  });
  const outcomes = await Promise.allSettled([1, 2, 3].map(add));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(stored).toEqual([1, 3]);
});

test('no more groups are under way than allowed', async () => {
  const ends: (() => void)[] = [];
  const add = createGroupCommit({ maxGroup: 1, maxRunning: 2 }, async (group: number[]) => {
    await new Promise<void>((resolve) => ends.push(resolve));
    return group;
  });
  const all = Promise.all([1, 2, 3].map(add));
  await nextTurn();
  await nextTurn();
  expect(ends).toHaveLength(2);
  ends[0]!();
  await nextTurn();
  await nextTurn();
  expect(ends).toHaveLength(3);
  ends.forEach((end) => end());
  expect(await all).toEqual([1, 2, 3]);
});
