import { afterEach, beforeEach, expect, test } from 'vitest';
import { keyHashOf } from './authorize.ts';
import { addNewKey, rotateKey } from './keys-command.ts';
import { openSecrets } from './secrets.ts';
import { aBatch, aMotion, batchIdOf, DAY_MS } from './testing/builders.ts';
import { openTestCollector, type TestCollector } from './testing/collector.ts';

let collector: TestCollector;
beforeEach(async () => {
  collector = await openTestCollector();
});
afterEach(() => collector.close());

const rotate = (settings: Parameters<typeof rotateKey>[2]) =>
  rotateKey(collector.store, collector.dataDir, settings, collector.clock.nowEpochMs);
const lists = async (key: string) =>
  (await collector.read('/v1/releases', collector.charter.purpose, key)).status;

test('a key is good through its last day and unknown after it', async () => {
  const key = await collector.addKey('reader', 'ada', [collector.charter.purpose], '2026-11-26');
  expect(await lists(key)).toBe(200);
  collector.clock.nowEpochMs += DAY_MS;
  expect(await lists(key)).toBe(200);
  collector.clock.nowEpochMs += DAY_MS;
  expect(await lists(key)).toBe(401);
});

test('a rotated key goes on for the overlap, beside the new one, which has its name, role and purposes', async () => {
  const before = await collector.addKey('reader', 'ada', [collector.charter.purpose]);
  const after = await rotate({ name: 'ada', overlapDays: 2 });
  expect([await lists(before), await lists(after)]).toEqual([200, 200]);
  collector.clock.nowEpochMs += 3 * DAY_MS;
  expect([await lists(before), await lists(after)]).toEqual([401, 200]);
  expect(await collector.store.findKey(keyHashOf(after), '2026-11-28')).toMatchObject({
    role: 'reader',
    name: 'ada',
    purposes: [collector.charter.purpose],
    expiresOn: null,
  });
});

test('rotating does not lengthen a key that ends sooner', async () => {
  const before = await collector.addKey('reader', 'ada', [collector.charter.purpose], '2026-11-25');
  await rotate({ name: 'ada', overlapDays: 30, expiresOn: '2027-11-25' });
  collector.clock.nowEpochMs += DAY_MS;
  expect(await lists(before)).toBe(401);
});

test('revoking ends the old and the new key at once', async () => {
  const before = await collector.addKey('reader', 'ada', [collector.charter.purpose]);
  const after = await rotate({ name: 'ada', overlapDays: 2 });
  expect(await collector.store.revokeKey('ada', '2026-11-25')).toBe(true);
  expect([await lists(before), await lists(after)]).toEqual([401, 401]);
});

test('the join page hands out the rotated participant key', async () => {
  const settings = {
    role: 'participant',
    name: 'all',
    purposes: [],
    joinable: true,
    expiresOn: null,
  } as const;
  const { store, dataDir, clock } = collector;
  await addNewKey(store, dataDir, { ...settings, purposes: [] }, clock.nowEpochMs);
  const after = await rotate({ name: 'all', overlapDays: 1 });
  expect(openSecrets(dataDir).joinKey()).toBe(after);
  await rotate({ name: 'staff 0', overlapDays: 1 });
  expect(openSecrets(dataDir).joinKey()).toBe(after);
});

test('an administrator’s key neither sends nor reads records', async () => {
  const key = await collector.addKey('administrator', 'ops', []);
  expect(await lists(key)).toBe(403);
  const body = aBatch(collector.charterHash, [aMotion(1)], { batchId: batchIdOf(9) });
  const answer = await collector.app.request('/v1/batches', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/gzip' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(403);
});

test.each([
  [{ name: 'nobody', overlapDays: 1 }, 'name: '],
  [{ name: 'staff 0', overlapDays: -1 }, 'overlap-days: '],
  [{ name: 'staff 0', overlapDays: Number.NaN }, 'overlap-days: '],
  [{ name: 'staff 0', overlapDays: 1, expiresOn: '2026-11-24' }, 'expires: '],
  [{ name: 'staff 0', overlapDays: 1, expiresOn: 'soon' }, 'expires: '],
])('the bad rotation %j is refused and changes nothing', async (settings, message) => {
  const before = await collector.dump();
  await expect(rotate(settings)).rejects.toThrow(message);
  expect(await collector.dump()).toEqual(before);
});
