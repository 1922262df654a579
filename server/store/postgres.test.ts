import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forgetOld } from '../housekeeping.ts';
import { openStore, type Store } from '../store.ts';
import { aBatch, aMotion, aSighting, batchIdOf, DAY_MS, secretOf, TODAY } from '../testing/builders.ts';
import { openTestCollector, type TestCollector } from '../testing/collector.ts';
import { runBeside } from '../testing/test-store.ts';
import { openPostgres } from './postgres.ts';

let collector: TestCollector;
let other: Store;
beforeEach(async () => {
  collector = await openTestCollector();
  other = await openStore(collector.location);
});
afterEach(async () => {
  await other.close();
  await collector.close();
});

const ask = (statement: string) =>
  runBeside(collector.location, statement) as Promise<Record<string, string>[]>;
const send = (numbers: number[], batch: number) =>
  collector.post(
    aBatch(
      collector.charterHash,
      numbers.map((number) => aMotion(number)),
      { batchId: batchIdOf(batch) },
    ),
  );
const parts = async () =>
  (
    await ask(`SELECT c.relname FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
      WHERE relkind = 'r' ORDER BY 1`)
  ).map((row) => row['relname']);
const places = () => ask('SELECT record_id, ctid::text, xmin::text FROM records ORDER BY ctid');

describe('the place of rows', () => {
  test('tells who came together before a release is sealed', async () => {
    await send([5, 1, 9], 1);
    await send([4, 8, 2], 2);
    const transactions = (await places()).map((row) => row['xmin']);
    expect(new Set(transactions).size).toBe(2);
    expect(transactions.toSorted()).toEqual(transactions);
  });

  test('says nothing once it is: one transaction, and the order of the random ids', async () => {
    await send([5, 1, 9], 1);
    await send([4, 8, 2], 2);
    await collector.seal();
    expect(await collector.store.settle()).toBe('settled');
    const rows = await places();
    expect(new Set(rows.map((row) => row['xmin'])).size).toBe(1);
    const ids = rows.map((row) => row['record_id']);
    expect(ids).toEqual(ids.toSorted());
    expect(await collector.store.settle()).toBe('nothing-to-do');
  });

  test('keeps no dead copy of what was erased', async () => {
    await send([1, 2, 3], 1);
    await collector.seal();
    await collector.erase(secretOf(1));
    expect(await isInFile(aMotion(1).recordId)).toBe(true);
    await collector.store.settle();
    expect(await isInFile(aMotion(1).recordId)).toBe(false);
  });

  async function isInFile(recordId: string): Promise<boolean> {
    await ask('CHECKPOINT');
    const [file] = await ask(`SELECT position('${recordId}'::bytea IN
      pg_read_binary_file(pg_relation_filepath('records_2026_11_25'))) > 0 AS found`);
    return Boolean(file!['found']);
  }
});

test('records lie in a part for each day, which goes when nothing is left in it', async () => {
  await collector.post(aBatch(collector.charterHash, [aMotion(1), aMotion(2, { recordedOn: '2026-11-20' })]));
  expect(await parts()).toEqual(['records_2026_11_20', 'records_2026_11_25']);
  collector.clock.nowEpochMs += (collector.charter.retentionDays - 3) * DAY_MS;
  await forgetOld(collector.store, collector.clock.nowEpochMs);
  expect(await parts()).toEqual(['records_2026_11_25']);
});

test('two collectors that store the same batches at once store each record once and count each sighting once', async () => {
  const batches = Array.from({ length: 12 }, (_, batch) => ({
    batchKey: `key ${batch % 6}`,
    digest: 'digest',
    receivedOn: TODAY,
    charter: 1,
    level: 'balanced' as const,
    schemaVersion: 1,
    records: Array.from({ length: 30 }, (_, index) => ({
      recordedOn: TODAY,
      kind: 'motion' as const,
      recordId: aMotion((batch % 3) * 20 + index).recordId,
      body: '{}',
    })),
    sightings: Array.from({ length: 10 }, (_, index) => ({
      recordId: aSighting(1000 + (batch % 3) * 5 + index).recordId,
      scope: 'workflow' as const,
      what: 'view' as const,
      key: `view ${index % 4}`,
      week: '2026-W48',
    })),
  }));
  const outcomes = await Promise.all(
    batches.map((batch, index) => (index % 2 ? other : collector.store).addBatch(batch)),
  );
  expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(6);
  expect(outcomes.filter((outcome) => outcome === 'repeated')).toHaveLength(6);
  const { records, seen, sighting_counts: counts } = await collector.dump();
  expect(records).toHaveLength(70);
  const counted = (counts as { count: number }[]).reduce((sum, { count }) => sum + count, 0);
  expect(counted).toBe(seen!.length);
});

test('a seal and an erasure that cross leave no record without its tombstone', async () => {
  for (let round = 0; round < 10; round += 1) {
    const numbers = Array.from({ length: 8 }, (_, index) => 100 * round + index);
    await send(numbers, round + 1);
    await Promise.all([
      collector.seal(),
      other.seal(collector.clock.nowEpochMs, TODAY),
      ...numbers.slice(0, 3).map((number) => collector.erase(secretOf(number))),
    ]);
  }
  await collector.seal();
  const [lost] = await ask(`SELECT
    (SELECT sum(motions) FROM releases) AS published,
    (SELECT count(*) FROM records WHERE release IS NOT NULL) AS held,
    (SELECT count(*) FROM tombstones) AS buried,
    (SELECT count(*) FROM records JOIN erased_ids USING (record_id)) AS left`);
  expect(Number(lost!['published'])).toBe(Number(lost!['held']) + Number(lost!['buried']));
  expect(Number(lost!['left'])).toBe(0);
});

/** Runs `meanwhile` while a transaction of another program is open that has done `statements`. */
async function whileOpen<Result>(
  statements: string[],
  meanwhile: () => Promise<Result>,
  openMs = 300,
): Promise<Result> {
  const client = new Client({ connectionString: (collector.location as { url: string }).url });
  await client.connect();
  await client.query('BEGIN');
  for (const statement of statements) await client.query(statement);
  const result = meanwhile();
  // Time enough to get as far as it can.
  await new Promise((resolve) => setTimeout(resolve, openMs));
  await client.query('COMMIT');
  await client.end();
  return result;
}

test('an upload that crosses an erasure of its record is not published', async () => {
  await send([1], 1);
  const late = aMotion(2).recordId;
  const copy = `INSERT INTO records SELECT recorded_on, kind, '${late}', charter, level, schema_version, NULL, body FROM records`;
  expect(await whileOpen([copy], () => collector.store.eraseRecord(late, '2026-11'))).toMatchObject({
    result: 'not-held',
  });
  expect(await ask('SELECT record_id FROM records')).toHaveLength(2);
  await collector.seal();
  expect(await ask('SELECT record_id FROM records')).toEqual([{ record_id: aMotion(1).recordId }]);
});

test('retention waits for a seal that is under way, so that what it takes away has its tombstone', async () => {
  await send([1, 2], 1);
  const sealing = [
    `UPDATE settings SET value = value WHERE name = 'last-seal-epoch-ms'`,
    'UPDATE records SET release = 7',
  ];
  await collector.store.lastSealEpochMs(collector.clock.nowEpochMs);
  const future = collector.clock.nowEpochMs + (collector.charter.retentionDays + 1) * DAY_MS;
  expect(await whileOpen(sealing, () => forgetOld(collector.store, future))).toMatchObject({ records: 2 });
  expect(await ask('SELECT release FROM tombstones')).toEqual([{ release: 7 }, { release: 7 }]);
});

test('a part that somebody writes to is not waited for: it is settled another time, and holds nobody up', async () => {
  await send([1, 2], 1);
  await collector.seal();
  const writing = [
    `INSERT INTO records SELECT recorded_on, kind, 'late', 1, level, 1, NULL, '' FROM records LIMIT 1`,
  ];
  const settling = () => collector.store.settle();
  expect(await whileOpen(writing, settling, 1_000)).toBe('busy');
  expect(await settling()).toBe('settled');
});

test('a database without its tables, or of a newer version, is not used', async () => {
  const url = (collector.location as { url: string }).url;
  await ask(`INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-of-tomorrow', '')`);
  await expect(openPostgres(url)).rejects.toThrow('newer version');
  const empty = new URL(url);
  empty.pathname = '/postgres';
  await expect(openPostgres(empty.href)).rejects.toThrow('proffer-server migrate');
  empty.pathname = '/no-such-database';
  await expect(openPostgres(empty.href)).rejects.toThrow('DATABASE_URL: the database cannot be used (3D000)');
  empty.port = '1';
  await expect(openPostgres(empty.href)).rejects.toThrow(
    'DATABASE_URL: the database cannot be used (ECONNREFUSED)',
  );
});
