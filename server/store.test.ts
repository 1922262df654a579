import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetOld } from './housekeeping.ts';
import { adoptCharter } from './listen.ts';
import { openStore, PRAGMAS, type Store } from './store.ts';
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
import { dumpTables, makeTestDir, openTestCollector } from './testing/collector.ts';

let dataDir: string;
let path: string;
let store: Store;
beforeEach(async () => {
  dataDir = makeTestDir();
  path = join(dataDir, 'proffer.sqlite');
  store = await openStore(path);
});
afterEach(async () => {
  await store.close().catch(() => undefined);
  rmSync(dataDir, { recursive: true, force: true });
});

test('a new file is in WAL mode, readable by its owner only, and every table is ordered by its key', () => {
  const database = new DatabaseSync(path, { readOnly: true });
  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  const tables = database
    .prepare(
      `SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'`,
    )
    .all();
  expect(tables.length).toBeGreaterThan(10);
  for (const table of tables) expect(table).toEqual({ name: table['name'], wr: 1, strict: 1 });
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  database.close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a file that a newer version has written is not opened', async () => {
  await store.close();
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 99');
  database.close();
  await expect(openStore(path)).rejects.toThrow('newer version');
});

test('every connection writes durably, overwrites what it removes, and leaves checkpoints to settling', () => {
  // Each is read back when a store is opened, which fails if SQLite answers anything else.
  expect(PRAGMAS).toMatchObject({
    journal_mode: 'wal',
    synchronous: 2,
    secure_delete: 1,
    wal_autocheckpoint: 0,
  });
});

test('what was acknowledged is there after a restart', async () => {
  const first = await openTestCollector();
  await first.post(aBatch(first.charterHash));
  const before = first.dump();
  await first.store.close();
  const second = await openTestCollector({}, first.dataDir);
  const after = second.dump();
  expect({ ...after, api_keys: [] }).toEqual({ ...before, api_keys: [] });
  expect(after['records']).toHaveLength(3);
  await second.close();
});

test('a transaction that fails half-way leaves nothing', async () => {
  await store.adoptCharter('0'.repeat(64), '{}', TODAY);
  const before = dumpTables(path);
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
  expect(dumpTables(path)).toEqual(before);
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
  const database = new DatabaseSync(path);
  expect(() => database.exec('UPDATE access_log SET rows = 0')).toThrow('only grows');
  expect(() => database.exec('DELETE FROM access_log')).toThrow('only grows');
  database.close();
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
  expect(collector.dump()).toMatchObject({
    records: [{ record_id: recordIdOfNumber(1) }],
    tombstones: [{ record_id: recordIdOfNumber(2), release: 1, published: 0 }],
    seen: [{}],
    sighting_counts: [{}],
  });
  clock.nowEpochMs += 2 * DAY_MS;
  expect(await forgetOld(collector.store, clock.nowEpochMs)).toEqual({ records: 0, batches: 1 });
  clock.nowEpochMs += 50 * DAY_MS;
  await forgetOld(collector.store, clock.nowEpochMs);
  expect(collector.dump()).toMatchObject({ records: [], seen: [], sighting_counts: [], batches: [] });
  await collector.close();
});

test('erased ids outlive the retention, so that nothing comes back', async () => {
  const collector = await openTestCollector({ retentionDays: 10 });
  await collector.erase(secretOf(1));
  await forgetOld(collector.store, collector.clock.nowEpochMs + 69 * DAY_MS);
  expect(collector.dump()['erased_ids']).toHaveLength(1);
  await forgetOld(collector.store, collector.clock.nowEpochMs + 200 * DAY_MS);
  expect(collector.dump()['erased_ids']).toHaveLength(0);
  await collector.close();
});

test('two collectors on one file never seal a record twice', async () => {
  const collector = await openTestCollector();
  const other = await openStore(collector.databasePath);
  for (let number = 1; number <= 20; number += 1) {
    await collector.post(aBatch(collector.charterHash, [aMotion(number)], { batchId: batchIdOf(number) }));
    await Promise.all([collector.seal(), other.seal(NOON_EPOCH_MS, TODAY)]);
  }
  const { records, releases } = collector.dump();
  expect(records).toHaveLength(20);
  expect(releases).toHaveLength(20);
  expect((releases as { motions: number }[]).every((release) => release.motions === 1)).toBe(true);
  await other.close();
  await collector.close();
});
