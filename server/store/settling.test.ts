import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TraceRecord } from '../../src/trace/record.ts';
import { openStoreHere, type Store } from '../store.ts';
import type { ArrivedBatch } from './batches.ts';
import {
  aMotion,
  anEpisode,
  aRhythm,
  aStep,
  aTarget,
  aTrace,
  keyedHashOf,
  NOON_EPOCH_MS,
  TODAY,
} from '../testing/builders.ts';
import { makeTestDir } from '../testing/test-store.ts';
import {
  bestOf,
  createRandom,
  findPlaces,
  measureAdvantage,
  offsetsOf,
  shuffle,
  type Mark,
  withoutCounters,
} from '../testing/physical-order.ts';

const RECORDS_OF_A_BATCH = 40;

/** What one person records in a day: movements, rhythms, and episodes so long that they overflow their page. */
function aDayOf(person: number): TraceRecord[] {
  const numbers = Array.from({ length: 60 }, (_, index) => person * 10_000 + index * 10);
  const records = numbers.flatMap((number) => [
    aMotion(number),
    aMotion(number + 1),
    aMotion(number + 2),
    aRhythm(number + 3),
    anEpisode(number + 4, {
      // The last thing in the row, far from its head.
      steps: [
        ...Array.from({ length: 12 + (number % 17) }, () => aStep()),
        aStep({ target: aTarget({ elementKey: tailOf(number + 4) }) }),
      ],
    }),
  ]);
  return shuffle(records, createRandom(person));
}

function tailOf(number: number): string {
  return keyedHashOf(1_000_000 + number);
}

const BERTA = aDayOf(1);
const CARLO = aDayOf(2);
const MARKS: Mark[] = [
  ...BERTA.map((record) => ({ record, person: 'Berta' })),
  ...CARLO.map((record) => ({ record, person: 'Carlo' })),
].map(({ record, person }) => ({ text: record.recordId, person }));
const TAIL_MARKS: Mark[] = [1, 2].flatMap((person) =>
  Array.from({ length: 60 }, (_, index) => ({
    text: tailOf(person * 10_000 + index * 10 + 4),
    person: person === 1 ? 'Berta' : 'Carlo',
  })),
);

function inBatches(records: readonly TraceRecord[], size = RECORDS_OF_A_BATCH): TraceRecord[][] {
  return Array.from({ length: Math.ceil(records.length / size) }, (_, index) =>
    records.slice(index * size, (index + 1) * size),
  );
}

const ARRANGEMENTS: Record<string, TraceRecord[][]> = {
  'one after the other': [...inBatches(BERTA), ...inBatches(CARLO)],
  'in turns': inBatches(BERTA).flatMap((batch, index) => [batch, inBatches(CARLO)[index]!]),
};

function anArrivedBatch(records: readonly TraceRecord[], number: number): ArrivedBatch {
  return {
    batchKey: `key ${number}`,
    digest: 'digest',
    receivedOn: TODAY,
    charter: 1,
    level: records[0]?.kind === 'trace' ? 'linked' : 'balanced',
    schemaVersion: 1,
    sightings: [],
    records: records.map(({ kind, recordId, recordedOn, ...rest }) => ({
      kind: kind as 'motion',
      recordId,
      recordedOn,
      body: JSON.stringify(rest),
    })),
  };
}

let dataDir: string;
let path: string;
let store: Store;
beforeEach(async () => {
  dataDir = makeTestDir();
  path = join(dataDir, 'proffer.sqlite');
  store = await openStoreHere({ path });
  await store.adoptCharter('0'.repeat(64), '{}', TODAY);
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function addAll(batches: readonly (readonly TraceRecord[])[]): Promise<void> {
  for (const [index, records] of batches.entries()) await store.addBatch(anArrivedBatch(records, index));
}

/** The tables' own history: when they were made differs between files, and says nothing of any record. */
function forgetWhenMigrated(otherPath: string): void {
  const database = new DatabaseSync(otherPath);
  database.exec("UPDATE kysely_migration SET timestamp = ''");
  database.close();
}

async function forgetBatches(): Promise<void> {
  await store.forget({ batchDay: '9999-12-31', seenWeek: '', erasedMonth: '', charters: [] });
}

describe.each(Object.entries(ARRANGEMENTS))('two persons who send %s', (_name, batches) => {
  test('cannot be told apart by where their records lie in the settled file', async () => {
    await addAll(batches);
    expect(await store.settle()).toBe('settled');
    const file = readFileSync(path);
    for (const marks of [MARKS, TAIL_MARKS]) {
      const places = findPlaces(file, marks);
      expect(places.length).toBeGreaterThanOrEqual(marks.length);
      expect(bestOf(measureAdvantage(places))).toBeLessThan(4);
    }
  });

  test('could be told apart before settling, which is why it is done', async () => {
    await addAll(batches);
    await store.relieve();
    const file = readFileSync(path);
    expect(bestOf(measureAdvantage(findPlaces(file, TAIL_MARKS)))).toBeGreaterThan(6);
  });

  test('could be told apart in a table that is ordered by arrival', () => {
    const arrivalPath = join(dataDir, 'by-arrival.sqlite');
    const database = new DatabaseSync(arrivalPath);
    database.exec('CREATE TABLE records (number INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT)');
    const insert = database.prepare('INSERT INTO records (body) VALUES (?)');
    database.exec('BEGIN');
    for (const record of batches.flat()) insert.run(JSON.stringify(record));
    database.exec('COMMIT');
    database.exec('VACUUM');
    database.close();
    const file = readFileSync(arrivalPath);
    expect(bestOf(measureAdvantage(findPlaces(file, MARKS)))).toBeGreaterThan(6);
    expect(bestOf(measureAdvantage(findPlaces(file, TAIL_MARKS)))).toBeGreaterThan(6);
  });
});

test('two volunteers cannot be told apart by where their traces lie in the settled file', async () => {
  const aLinkedDayOf = (person: number) =>
    Array.from({ length: 60 }, (_, index) => {
      const number = person * 10_000 + index * 10 + 4;
      const steps = Array.from({ length: 12 + (number % 17) }, () => aStep());
      return aTrace(number, {
        steps: [...steps, aStep({ target: aTarget({ elementKey: tailOf(number) }) })],
      });
    });
  const [berta, carlo] = [aLinkedDayOf(1), aLinkedDayOf(2)];
  await addAll([...inBatches(berta, 10), ...inBatches(carlo, 10)]);
  await store.relieve();
  expect(bestOf(measureAdvantage(findPlaces(readFileSync(path), TAIL_MARKS)))).toBeGreaterThan(6);
  expect(await store.settle()).toBe('settled');
  const marks = [berta, carlo].flatMap((records, person) =>
    records.map(({ recordId }) => ({ text: recordId, person: String(person) })),
  );
  for (const kind of [marks, TAIL_MARKS]) {
    const places = findPlaces(readFileSync(path), kind);
    expect(places.length).toBeGreaterThanOrEqual(kind.length);
    expect(bestOf(measureAdvantage(places))).toBeLessThan(4);
  }
});

test('the settled file is the same to the byte, whatever the order and the batches were', async () => {
  const all = [...BERTA, ...CARLO];
  const histories = [
    ARRANGEMENTS['one after the other']!,
    ARRANGEMENTS['in turns']!,
    inBatches(shuffle(all, createRandom(3)), 7),
    inBatches(all.toReversed(), 200),
  ];
  const files: Buffer[] = [];
  for (const [index, batches] of histories.entries()) {
    const otherPath = join(dataDir, `history-${index}.sqlite`);
    const other = await openStoreHere({ path: otherPath });
    await other.adoptCharter('0'.repeat(64), '{}', TODAY);
    for (const [number, records] of batches.entries()) {
      await other.addBatch(anArrivedBatch(records, number));
      // Settling in between must not leave a trace either.
      if (index === 1 && number % 5 === 0) await other.settle();
    }
    await other.forget({ batchDay: '9999-12-31', seenWeek: '', erasedMonth: '', charters: [] });
    forgetWhenMigrated(otherPath);
    await other.close();
    files.push(withoutCounters(readFileSync(otherPath)));
  }
  for (const file of files) expect(file.equals(files[0]!)).toBe(true);
});

test('nothing but the records’ own rows mentions them, and each once', async () => {
  await addAll(ARRANGEMENTS['in turns']!);
  await store.settle();
  const file = readFileSync(path);
  for (const mark of [...MARKS, ...TAIL_MARKS]) expect(offsetsOf(file, mark.text)).toHaveLength(1);
  expect(statSync(`${path}-wal`).size).toBe(0);
});

test('what was erased is nowhere in the files once settled', async () => {
  await addAll(ARRANGEMENTS['in turns']!);
  await store.settle();
  await forgetBatches();
  for (const { recordId } of BERTA) await store.eraseRecord(recordId, '2026-11');
  await store.settle();
  const file = readFileSync(path);
  for (const { text } of TAIL_MARKS.filter((mark) => mark.person === 'Berta')) {
    expect(offsetsOf(file, text)).toEqual([]);
  }
  expect(statSync(`${path}-wal`).size).toBe(0);
});

test('a settled file has no free pages', async () => {
  await addAll(ARRANGEMENTS['in turns']!);
  for (const { recordId } of CARLO) await store.eraseRecord(recordId, '2026-11');
  await store.settle();
  const database = new DatabaseSync(path, { readOnly: true });
  expect(database.prepare('PRAGMA freelist_count').get()).toEqual({ freelist_count: 0 });
  database.close();
});

/** Changes each time the write-ahead log begins anew (https://www.sqlite.org/walformat.html, salt-1). */
function saltOfLog(): number {
  return readFileSync(`${path}-wal`).readUInt32BE(16);
}

test('the write-ahead log begins anew while batches go on coming', async () => {
  let written = 0;
  const over = new AbortController();
  const writing = (async () => {
    while (!over.signal.aborted) {
      written += 1;
      await store.addBatch(anArrivedBatch([anEpisode(written)], written));
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  const writtenMore = async (count: number) => {
    const enough = written + count;
    while (written < enough) await new Promise((resolve) => setImmediate(resolve));
  };
  await writtenMore(100);
  const salts = new Set([saltOfLog()]);
  for (let times = 0; times < 12; times += 1) {
    await store.relieve();
    await writtenMore(20);
    salts.add(saltOfLog());
  }
  over.abort();
  await writing;
  // A moment without anybody writing may not be found each time.
  expect(salts.size).toBeGreaterThan(4);
});

test('closing settles, and a store that was killed is settled when it is opened again', async () => {
  await addAll(ARRANGEMENTS['one after the other']!);
  // Another connection keeps the write-ahead log alive, as a kill would leave it.
  const bystander = new DatabaseSync(path);
  bystander.prepare('SELECT count(*) FROM records').get();
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
  const second = await openStoreHere({ path });
  expect(statSync(`${path}-wal`).size).toBe(0);
  expect(bestOf(measureAdvantage(findPlaces(readFileSync(path), TAIL_MARKS)))).toBeLessThan(4);
  bystander.close();
  await second.close();
});

test('a settled store has nothing to settle', async () => {
  await addAll(ARRANGEMENTS['in turns']!);
  expect(await store.settle()).toBe('settled');
  expect(await store.settle()).toBe('nothing-to-do');
  await store.lastSealEpochMs(NOON_EPOCH_MS);
  expect(await store.settle()).toBe('settled');
});
