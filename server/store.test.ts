import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetOld } from './housekeeping.ts';
import { adoptCharter } from './listen.ts';
import { openStore, type Store } from './store.ts';
import {
  aBatch,
  aCharter,
  aMotion,
  aSighting,
  batchIdOf,
  DAY_MS,
  NOON_EPOCH_MS,
  recordIdOfNumber,
  secretOf,
  TODAY,
} from './testing/builders.ts';
import { openTestCollector } from './testing/collector.ts';
import { dumpTables, makeTestDir, openTestStore, removeTestDir, runBeside } from './testing/test-store.ts';
import type { StoreLocation } from './store/database.ts';

let dataDir: string;
let location: StoreLocation;
let store: Store;
beforeEach(async () => {
  dataDir = makeTestDir();
  ({ store, location } = await openTestStore(dataDir));
});
afterEach(async () => {
  await store.close().catch(() => undefined);
  await removeTestDir(dataDir);
});

test('what was acknowledged is there after a restart', async () => {
  const first = await openTestCollector();
  await first.post(aBatch(first.charterHash));
  const before = await first.dump();
  await first.store.close();
  const second = await openTestCollector({}, first.dataDir);
  const after = await second.dump();
  expect({ ...after, api_keys: [] }).toEqual({ ...before, api_keys: [] });
  expect(after['records']).toHaveLength(3);
  await second.close();
});

test('a transaction that fails half-way leaves nothing', async () => {
  await store.adoptCharter('0'.repeat(64), '{}', TODAY);
  const before = await dumpTables(location);
  const record = { recordedOn: TODAY, kind: 'motion', recordId: recordIdOfNumber(1), body: '{}' } as const;
  await expect(
    store.addBatch({
      batchKey: 'key',
      digest: 'digest',
      receivedOn: TODAY,
      charter: 1,
      level: 'balanced',
      schemaVersion: 1,
      records: [record, { ...record, recordId: recordIdOfNumber(2), kind: 'nonsense' as 'motion' }],
      sightings: [],
    }),
  ).rejects.toThrow();
  expect(await dumpTables(location)).toEqual(before);
});

test('the access log cannot be changed or shortened', async () => {
  await store.pullRecords({
    reader: 'ada',
    purpose: 'train-agents',
    release: 1,
    kind: 'motion',
    day: TODAY,
    after: '',
    limit: 10,
  });
  await expect(runBeside(location, 'UPDATE access_log SET rows = 0')).rejects.toThrow('only grows');
  await expect(runBeside(location, 'DELETE FROM access_log')).rejects.toThrow('only grows');
});

test('starting with another charter supersedes the former, and going back revives it', async () => {
  const first = await adoptCharter(store, aCharter(), NOON_EPOCH_MS);
  const second = await adoptCharter(store, aCharter({ holdHours: 48 }), NOON_EPOCH_MS + DAY_MS);
  const states = async () => (await store.listCharters()).map(({ hash, state }) => [hash, state]);
  expect(await states()).toEqual([
    [first, 'superseded'],
    [second, 'current'],
  ]);
  await adoptCharter(store, aCharter(), NOON_EPOCH_MS + 2 * DAY_MS);
  expect(await states()).toEqual([
    [first, 'current'],
    [second, 'superseded'],
  ]);
});

test('a withdrawn charter is not started with', async () => {
  const hash = await adoptCharter(store, aCharter(), NOON_EPOCH_MS);
  await store.withdrawCharter(hash, TODAY);
  await expect(adoptCharter(store, aCharter(), NOON_EPOCH_MS)).rejects.toThrow(
    'charter: this charter was withdrawn',
  );
});

test('time forgets records by their charter’s limit, batches after 7 days and counted ids after 7 weeks', async () => {
  const collector = await openTestCollector({ retentionDays: 10 });
  const { charterHash, clock } = collector;
  await collector.post(
    aBatch(charterHash, [aMotion(1), aMotion(2, { recordedOn: '2026-11-20' }), aSighting(3)]),
  );
  await collector.seal();
  clock.nowEpochMs += 6 * DAY_MS;
  expect(await forgetOld(collector.store, clock.nowEpochMs)).toEqual({ records: 1, batches: 0 });
  expect(await collector.dump()).toMatchObject({
    records: [{ record_id: recordIdOfNumber(1) }],
    tombstones: [{ record_id: recordIdOfNumber(2), release: 1, published: 0 }],
    seen: [{}],
    sighting_counts: [{}],
  });
  clock.nowEpochMs += 2 * DAY_MS;
  expect(await forgetOld(collector.store, clock.nowEpochMs)).toEqual({ records: 0, batches: 1 });
  clock.nowEpochMs += 50 * DAY_MS;
  await forgetOld(collector.store, clock.nowEpochMs);
  expect(await collector.dump()).toMatchObject({ records: [], seen: [], sighting_counts: [], batches: [] });
  await collector.close();
});

test('erased ids outlive the retention, so that nothing comes back', async () => {
  const collector = await openTestCollector({ retentionDays: 10 });
  await collector.erase(secretOf(1));
  await forgetOld(collector.store, collector.clock.nowEpochMs + 69 * DAY_MS);
  expect((await collector.dump())['erased_ids']).toHaveLength(1);
  await forgetOld(collector.store, collector.clock.nowEpochMs + 200 * DAY_MS);
  expect((await collector.dump())['erased_ids']).toHaveLength(0);
  await collector.close();
});

test('two collectors on one file never seal a record twice', async () => {
  const collector = await openTestCollector();
  // In a thread of its own: in this one they would wait for each other.
  const other = await openStore(collector.location);
  for (let number = 1; number <= 20; number += 1) {
    await collector.post(aBatch(collector.charterHash, [aMotion(number)], { batchId: batchIdOf(number) }));
    await Promise.all([collector.seal(), other.seal(NOON_EPOCH_MS, TODAY)]);
  }
  const { records, releases } = await collector.dump();
  expect(records).toHaveLength(20);
  expect(releases).toHaveLength(20);
  expect((releases as { motions: number }[]).every((release) => release.motions === 1)).toBe(true);
  await other.close();
  await collector.close();
});

test('a store that has had no charter yet can be sealed: there is nothing in it', async () => {
  expect(await store.seal(NOON_EPOCH_MS, TODAY)).toEqual({ releases: [], tombstones: 0 });
});
