/**
 * `npm run bench:server`: how fast the collector takes batches, beside floors that do the least that could be done.
 *
 * Runs on Linux; everything is on loopback and in one folder, which is removed. Rounds are interleaved, so that a slow
 * minute of the computer does not fall on the same contestant each time. Prints a table and writes
 * `bench/results/server.json`, from which the document is generated.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { defineCommand, runMain } from 'citty';
import { charterHash } from '../../src/charter/charter-hash.ts';
import { dayOf } from '../../src/trace/primitives.ts';
import { shuffled, type Random } from '../../src/trace/random.ts';
import { seededRandom } from '../audit/seeded-random.ts';
import {
  openAppendFloor,
  openBare,
  openPostgresPair,
  openSqlitePair,
  type Contestant,
  type ContestantOptions,
  type PreparedBatch,
} from './contestants.ts';
import { describeMachine } from './describe-machine.ts';
import { freshRecords, packRecords, rowOf, type Origin } from './fresh-records.ts';
import { createBombs, type Bombs } from './gzip-bombs.ts';
import { loadCharter } from './load-charter.ts';
import { CONTESTANTS, resultsOf, type ContestantName, type Rounds } from './results.ts';
import { dayOfRecords, simulateDays, type SimulatedDays } from './simulated-day.ts';
import { goalTable, resultTable } from './table.ts';
import { wholeNumber } from './whole-number.ts';
import { withClosers } from './with-closers.ts';

const RESULTS = fileURLToPath(new URL('../results', import.meta.url));
const PEOPLE = 12;
const RECORDS_PER_DAY = 2500;
const SAMPLES = 2000;
/** Longer than a round of the collector's housekeeping. */
const WAKE_MS = 12_000;

const command = defineCommand({
  meta: { name: 'bench:server', description: 'How fast the collector takes batches, beside its floors.' },
  args: {
    rounds: { type: 'string', default: '3', description: 'How often each is measured.' },
    rows: { type: 'string', default: '3000000', description: 'Rows that are there already.' },
    batches: { type: 'string', default: '400', description: 'Batches in a round.' },
    records: { type: 'string', default: '100', description: 'Records in a batch.' },
    concurrency: { type: 'string', default: '16', description: 'Batches under way at a time.' },
    pace: { type: 'string', default: '20', description: 'Batches a second when latency is measured.' },
    seconds: { type: 'string', default: '15', description: 'How long latency is measured in a round.' },
    only: { type: 'string', description: `Of: ${CONTESTANTS.join(', ')}.`, valueHint: 'NAME,NAME' },
    out: { type: 'string', default: RESULTS, description: 'Folder for the results.', valueHint: 'DIR' },
  },
  run: async ({ args }) => {
    const names = (args.only?.split(',') ?? [...CONTESTANTS]) as ContestantName[];
    const unknown = names.find((name) => !CONTESTANTS.includes(name));
    if (unknown !== undefined) throw new Error(`--only: there is no ${unknown}`);
    const number = (name: 'rounds' | 'rows' | 'batches' | 'records' | 'concurrency' | 'pace' | 'seconds') =>
      wholeNumber(name, args[name]);
    mkdirSync(args.out, { recursive: true });
    const results = await measure({
      names,
      rounds: number('rounds'),
      rows: number('rows'),
      batches: number('batches'),
      batchRecords: number('records'),
      concurrency: number('concurrency'),
      pacedPerSecond: number('pace'),
      seconds: number('seconds'),
    });
    console.log(`\n${resultTable(results)}\n\n${goalTable(results)}`);
    writeFileSync(join(args.out, 'server.json'), `${JSON.stringify(results, null, 2)}\n`);
    console.log('\nWritten: server.json. For the document: npm run generate');
  },
});

interface MeasureOptions {
  names: readonly ContestantName[];
  rounds: number;
  rows: number;
  batches: number;
  batchRecords: number;
  concurrency: number;
  pacedPerSecond: number;
  seconds: number;
}

function measure(options: MeasureOptions) {
  const { names, rounds, rows, batches, batchRecords, concurrency, pacedPerSecond, seconds } = options;
  return withClosers(async (dir, onClose) => {
    const random = seededRandom(1);
    const charter = loadCharter();
    const days = await simulateDays(PEOPLE, random);
    const origin: Origin = {
      charter: await charterHash(charter),
      expectedParticipants: charter.expectedParticipants,
      recordedOn: dayOf(Date.now()),
    };
    const prepare = (count: number) => prepareBatches(count, batchRecords, days, origin, random);
    const samples = freshRecords(SAMPLES, dayOfRecords(days, RECORDS_PER_DAY), days, origin, random);
    const contestants = await openContestants(names, {
      charter,
      dir,
      rows,
      samples: samples.map(({ record }) => rowOf(record)),
      concurrency,
      onClose,
      tell,
    });
    const bombs = createBombs();
    const measured = new Map<ContestantName, Rounds>(
      CONTESTANTS.filter((name) => names.includes(name)).map((name) => [
        name,
        { recordsPerSecond: [], pacedMs: [], bombGrowthBytes: [] },
      ]),
    );
    // The first is not counted: code is compiled, caches fill.
    for (let round = 0; round <= rounds; round += 1) {
      const ofRound = { all: prepare(batches), paced: prepare(seconds * pacedPerSecond) };
      for (const contestant of shuffled(contestants, random)) {
        tell(`round ${round} of ${rounds}: ${contestant.name}`);
        const figures = await measureOne(contestant, ofRound, pacedPerSecond, bombs);
        if (round === 0) continue;
        const of = measured.get(contestant.name)!;
        of.recordsPerSecond.push((batches * batchRecords * 1000) / figures.tookMs);
        of.pacedMs.push(...figures.pacedMs);
        of.bombGrowthBytes.push(...figures.bombGrowthBytes);
      }
    }
    tell('settling');
    const settling = await contestants.find(({ settle }) => settle)?.settle?.();
    return resultsOf(
      {
        machine: describeMachine(),
        rounds,
        rows,
        batchRecords,
        batches,
        concurrency,
        pacedPerSecond,
        ...(settling && { settling }),
      },
      measured,
    );
  });
}

async function measureOne(
  { takeAll, takePaced, bombGrowthBytes }: Contestant,
  { all, paced }: { all: PreparedBatch[]; paced: PreparedBatch[] },
  perSecond: number,
  bombs: Bombs,
) {
  // Connections that were closed while a floor held this process up are noticed first.
  await pause(100);
  const tookMs = await takeAll(all);
  // An even pace is measured as one, and not in the wake of what was sent as fast as possible.
  if (takePaced) await pause(WAKE_MS);
  return {
    tookMs,
    pacedMs: (await takePaced?.(paced, perSecond)) ?? [],
    bombGrowthBytes: bombGrowthBytes ? [await bombGrowthBytes(bombs)] : [],
  };
}

async function openContestants(
  names: readonly ContestantName[],
  options: ContestantOptions,
): Promise<Contestant[]> {
  const has = (name: ContestantName) => names.includes(name);
  const opened: Contestant[] = [];
  for (const name of ['bare-204', 'inflate-parse'] as const)
    if (has(name)) opened.push(await openBare(name, options));
  if (has('append-floor')) opened.push(openAppendFloor(options));
  if (has('sqlite') || has('sqlite-floor')) opened.push(...(await openSqlitePair(options)));
  if (has('postgres') || has('postgres-floor')) opened.push(...(await openPostgresPair(options)));
  return opened.filter(({ name }) => has(name));
}

function prepareBatches(
  count: number,
  records: number,
  days: SimulatedDays,
  origin: Origin,
  random: Random,
): PreparedBatch[] {
  const counts = dayOfRecords(days, RECORDS_PER_DAY);
  return Array.from({ length: count }, () => {
    const fresh = freshRecords(records, counts, days, origin, random).map(({ record }) => record);
    const { body } = packRecords(fresh, origin.charter);
    if (body === undefined) throw new Error(`--records: ${records} do not fit into a batch`);
    return {
      body,
      stored: { batchKey: randomKey(), digest: randomKey(), day: origin.recordedOn, rows: fresh.map(rowOf) },
    };
  });
}

/** As long as the store's own. */
function randomKey(): string {
  return randomBytes(32).toString('base64url');
}

function tell(what: string): void {
  process.stderr.write(`${what}\n`);
}

await runMain(command);
