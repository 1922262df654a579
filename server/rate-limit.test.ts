import { expect, test } from 'vitest';
import { createRateLimits, DEFAULT_RATES } from './rate-limit.ts';
import { aBatch, aCharter, aMotion, batchIdOf, NOON_EPOCH_MS, secretOf } from './testing/builders.ts';
import { openTestCollector } from './testing/collector.ts';

const MINUTE_MS = 60_000;
const withKey = (key: string) => new Headers({ authorization: `Bearer ${key}` });

function limitsOf(expectedParticipants: number, rates = DEFAULT_RATES) {
  const clock = { nowEpochMs: NOON_EPOCH_MS };
  const charter = aCharter({ expectedParticipants });
  const limits = createRateLimits(charter, rates, () => clock.nowEpochMs);
  const takeMany = (count: number, key = 'a') => {
    for (let taken = 0; taken < count; taken += 1) {
      if (limits.takeBatch(withKey(key))) return taken;
    }
    return count;
  };
  return { limits, clock, charter, takeMany };
}

test('lets ten batches of everyone expected through at once, then one a minute of each', () => {
  const { takeMany, clock } = limitsOf(40);
  expect(takeMany(1000)).toBe(400);
  clock.nowEpochMs += MINUTE_MS;
  expect(takeMany(1000)).toBe(40);
  clock.nowEpochMs += 60 * MINUTE_MS;
  expect(takeMany(1000)).toBe(400);
});

test('does not hold a small study to less than twenty people', () => {
  expect(limitsOf(1).takeMany(1000)).toBe(200);
});

test('says how long to wait until the next one is let through, and no longer', () => {
  const { limits, takeMany, clock } = limitsOf(30);
  takeMany(1000);
  const refusal = limits.takeBatch(withKey('a'));
  expect(refusal).toEqual({ error: 'rate-limited', retryAfterSeconds: 2 });
  clock.nowEpochMs += 2_000;
  expect(limits.takeBatch(withKey('a'))).toBeUndefined();
});

test('counts each key by itself, however the word before it is written', () => {
  const { limits, takeMany } = limitsOf(20);
  expect(takeMany(1000, 'a')).toBe(200);
  expect(takeMany(1000, 'b')).toBe(200);
  expect(limits.takeBatch(new Headers({ authorization: 'bEARER a' }))?.error).toBe('rate-limited');
});

test('gives nothing when the clock is set back', () => {
  const { takeMany, clock } = limitsOf(20);
  takeMany(1000);
  clock.nowEpochMs -= 60 * MINUTE_MS;
  expect(takeMany(1)).toBe(0);
});

test('caps the batches of a day by key and charter, until midnight', () => {
  const { limits, clock, charter } = limitsOf(1, { ...DEFAULT_RATES, batchesPerDay: 2 });
  const take = (hash: string, key = 'a') => limits.takeOfDay(withKey(key), hash, charter);
  for (let count = 0; count < 40; count += 1) expect(take('one')).toBeUndefined();
  expect(take('one')).toEqual({ error: 'daily-cap', retryAfterSeconds: 12 * 3600 });
  expect(take('other')).toBeUndefined();
  expect(take('one', 'b')).toBeUndefined();
  clock.nowEpochMs += 12 * 3_600_000;
  expect(take('one')).toBeUndefined();
});

test('is asked after the key and before anything else of the request is read', async () => {
  const limits = createRateLimits(aCharter({ expectedParticipants: 1 }), DEFAULT_RATES, () => NOON_EPOCH_MS);
  const collector = await openTestCollector({}, undefined, { limits });
  const tooLarge = new Uint8Array(1_000_000);
  for (let count = 0; count < 200; count += 1) {
    expect((await collector.postBody(tooLarge)).status).toBe(413);
  }
  const answer = await collector.postBody(tooLarge);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3']);
  expect(await answer.json()).toMatchObject({ error: 'rate-limited' });
  const withoutKey = await collector.postBody(tooLarge, { authorization: undefined });
  expect(withoutKey.status).toBe(401);
  await collector.close();
});

test('stores nothing beyond the day’s cap', async () => {
  const rates = { ...DEFAULT_RATES, batchesPerDay: 1 };
  const limits = createRateLimits(aCharter({ expectedParticipants: 1 }), rates, () => NOON_EPOCH_MS);
  const collector = await openTestCollector({ expectedParticipants: 1 }, undefined, { limits });
  const post = (number: number) =>
    collector.post(aBatch(collector.charterHash, [aMotion(number)], { batchId: batchIdOf(number) }));
  for (let number = 0; number < 20; number += 1) expect((await post(number)).status).toBe(204);
  const answer = await post(20);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, String(12 * 3600)]);
  expect(await answer.json()).toMatchObject({ error: 'daily-cap' });
  expect((await collector.dump())['records']).toHaveLength(20);
  await collector.close();
});

test('limits erasures apart from batches', async () => {
  const rates = { ...DEFAULT_RATES, erasuresPerMinute: 1 };
  const limits = createRateLimits(aCharter({ expectedParticipants: 1 }), rates, () => NOON_EPOCH_MS);
  const collector = await openTestCollector({}, undefined, { limits });
  for (let number = 0; number < 200; number += 1) {
    expect((await collector.erase(secretOf(number))).status).toBe(200);
  }
  expect((await collector.erase(secretOf(200))).status).toBe(429);
  expect((await collector.post(aBatch(collector.charterHash, [aMotion(1)]))).status).toBe(204);
  await collector.close();
});
