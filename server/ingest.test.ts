import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TraceRecord } from '../src/trace/record.ts';
import {
  aBatch,
  aMotion,
  aSighting,
  batchIdOf,
  keyedHashOf,
  recordIdOfNumber,
  secretOf,
  TODAY,
  WEEK,
} from './testing/builders.ts';
import { openTestCollector, type TestCollector } from './testing/collector.ts';

let collector: TestCollector;
beforeEach(async () => {
  collector = await openTestCollector();
});
afterEach(() => collector.close());

const batch = (records?: TraceRecord[], changes = {}) => aBatch(collector.charterHash, records, changes);

test('is answered 204 and its records are stored', async () => {
  const answer = await collector.post(batch());
  expect(answer.status).toBe(204);
  const { records } = await collector.dump();
  expect(records).toHaveLength(3);
  expect(records).toContainEqual({
    recorded_on: TODAY,
    kind: 'motion',
    record_id: recordIdOfNumber(1),
    charter: 1,
    level: 'balanced',
    schema_version: 1,
    release: null,
    body: expect.not.stringContaining('recordId') as string,
  });
});

test('is stored once however often it comes', async () => {
  await collector.post(batch());
  const before = await collector.dump();
  const again = await collector.post(batch());
  expect(again.status).toBe(204);
  expect(await collector.dump()).toEqual(before);
});

test('is the same batch even if its fields come in another order', async () => {
  const good = batch();
  await collector.post(good);
  const reordered = Object.fromEntries(Object.entries(good).reverse());
  expect((await collector.post(reordered)).status).toBe(204);
});

test('stores a record once that another batch brought before', async () => {
  await collector.post(batch([aMotion(1), aMotion(2)]));
  await collector.post(batch([aMotion(2), aMotion(3)], { batchId: batchIdOf(2) }));
  expect((await collector.dump())['records']).toHaveLength(3);
});

test('publishes a record once that comes again under another day', async () => {
  await collector.post(batch([aMotion(1)]));
  await collector.post(batch([aMotion(1, { recordedOn: '2026-11-24' })], { batchId: batchIdOf(2) }));
  expect((await collector.seal()).releases).toMatchObject([{ motion: 1 }]);
  const page = await collector.read('/v1/releases/1/records?kind=motion');
  expect(((await page.json()) as { rows: unknown[] }).rows).toHaveLength(1);
});

test('does not bring back an erased record', async () => {
  await collector.post(batch([aMotion(1), aMotion(2)]));
  await collector.erase(secretOf(1));
  await collector.erase(secretOf(7));
  await collector.post(batch([aMotion(1), aMotion(7)], { batchId: batchIdOf(2) }));
  const { records } = await collector.dump();
  expect(records).toEqual([expect.objectContaining({ record_id: recordIdOfNumber(2) })]);
});

test('leaves no batch id, order or time behind', async () => {
  await collector.post(batch());
  const everything = JSON.stringify(await collector.dump());
  expect(everything).not.toContain(batchIdOf(1));
  expect(everything).not.toMatch(/\d{2}:\d{2}/);
  expect((await collector.dump())['batches']).toEqual([
    { batch_key: expect.any(String) as string, digest: expect.any(String) as string, received_on: TODAY },
  ]);
});

test('counts sightings, each once, and does not store them as records', async () => {
  const seen = { what: 'view', viewKey: keyedHashOf(5) } as const;
  await collector.post(batch([aSighting(1, { seen })]));
  await collector.post(batch([aSighting(1, { seen }), aSighting(2, { seen })], { batchId: batchIdOf(2) }));
  const tables = await collector.dump();
  expect(tables['records']).toEqual([]);
  expect(tables['sighting_counts']).toEqual([
    {
      charter: 1,
      level: 'balanced',
      scope: 'workflow',
      what: 'view',
      key: keyedHashOf(5),
      week: WEEK,
      count: 2,
    },
  ]);
  expect(tables['seen']).toHaveLength(2);
});

test('near midnight, a device whose clock is ahead may write tomorrow', async () => {
  collector.clock.nowEpochMs += 11.5 * 3_600_000;
  expect((await collector.post(batch([aMotion(1, { recordedOn: '2026-11-26' })]))).status).toBe(204);
});
