import { expect, it } from 'vitest';
import { addCost, readCost } from './recording-cost.ts';
import { NOON_MS } from './testing/builders.ts';

it('adds up what frames tell, over the minutes in which they told something', async () => {
  await addCost(12.5, NOON_MS);
  await addCost(7.5, NOON_MS + 59_999);
  await addCost(10, NOON_MS + 5 * 60_000);
  expect(await readCost(NOON_MS)).toMatchObject({ workMs: 30, minutes: 2 });
});

it('begins anew with the next day, and is nothing before anything was told', async () => {
  expect(await readCost(NOON_MS)).toBeUndefined();
  await addCost(12.5, NOON_MS);
  const tomorrowMs = NOON_MS + 86_400_000;
  expect(await readCost(tomorrowMs)).toBeUndefined();
  await addCost(1, tomorrowMs);
  expect(await readCost(tomorrowMs)).toMatchObject({ workMs: 1, minutes: 1 });
});
