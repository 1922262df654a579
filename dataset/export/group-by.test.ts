import { expect, it } from 'vitest';
import { groupBy } from './group-by.ts';

it('keeps the order of groups and of the items in each', () => {
  const groups = groupBy([3, 1, 4, 1, 5, 9], (digit) => digit % 2);
  expect([...groups]).toEqual([
    [1, [3, 1, 1, 5, 9]],
    [0, [4]],
  ]);
});
