/**
 * A simulated crowd against real collectors: opened, played, sealed, pulled and counted.
 *
 * Runs on Linux; everything is on loopback and in one folder, which is removed.
 */
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { charterHash } from '../../src/charter/charter-hash.ts';
import type { Charter } from '../../src/charter/charter.ts';
import { PATHS, PURPOSE_HEADER, type RecordsPage, type ReleaseList } from '../../src/trace/collector-api.ts';
import { dayOf } from '../../src/trace/primitives.ts';
import { PUBLISHED_KINDS } from '../../src/trace/record.ts';
import { seededRandom } from '../audit/seeded-random.ts';
import { busiestQuarter, latencyOf, type CapacityRun, type MinuteSample } from './capacity-results.ts';
import {
  createCollectorKey,
  migrateDatabase,
  openCollectorProcess,
  runCollectorCommand,
  type CollectorProcess,
} from './collector-process.ts';
import { openCrowdLedger } from './crowd-ledger.ts';
import { describeMachine } from './describe-machine.ts';
import { openClient, type Client } from './http-client.ts';
import { loadCharter } from './load-charter.ts';
import {
  askPostgres,
  createCluster,
  freePort,
  openPostgres,
  type PostgresProcess,
} from './postgres-process.ts';
import { peakRssBytes, treeCpuMs } from './process-cost.ts';
import { listStoredIds } from './stored-ids.ts';
import { createDevice } from './simulated-device.ts';
import { dayOfRecords, sharedDay, simulateDays } from './simulated-day.ts';
import { playDay } from './simulated-crowd.ts';
import type { AddCloser } from './with-closers.ts';

export interface SimulationOptions {
  store: 'sqlite' | 'postgres';
  collectors: number;
  participants: number;
  sample: number;
  hours: number;
  compress: number;
  recordsPerDay: number;
  seed: number;
  tell: (what: string) => void;
}

const HOUR_MS = 3_600_000;
const PEOPLE = 24;
const MIN_CONTRIBUTORS = 10;
const ERASED_SHARE = 0.002;
const LOST_ANSWER_SHARE = 0.005;
/** What the connection of so many devices to one collector comes to on one machine. */
const MAX_CONNECTIONS = 256;
const PAGE_ROWS = 10_000;
const DATABASE = 'collector';

export async function simulate(
  options: SimulationOptions,
  dir: string,
  onClose: AddCloser,
): Promise<CapacityRun> {
  const { participants, sample, hours, compress, recordsPerDay, seed, tell } = options;
  const random = seededRandom(seed);
  const simulated = Math.max(1, Math.round(participants * sample));
  const charter = loadCharter({
    expectedParticipants: participants,
    // A sample has fewer contributors than those it stands for, whose releases are to be sealed.
    minContributors: Math.min(MIN_CONTRIBUTORS, Math.max(1, Math.floor(simulated / 100))),
    // A simulated hour.
    release: { everyHours: 1 / compress, minRecords: 1000 },
  });
  const place = await openPlace(options, charter, dir, onClose);
  const days = await simulateDays(PEOPLE, random);
  const counts = dayOfRecords(days, recordsPerDay);
  const origin = {
    charter: await charterHash(charter),
    expectedParticipants: participants,
    recordedOn: dayOf(Date.now()),
  };
  tell(
    `${simulated} devices, each ${JSON.stringify(counts)}, for ${((hours * 60) / compress).toFixed(1)} min`,
  );
  const dayMs = hours * HOUR_MS;
  const devices = Array.from({ length: simulated }, () =>
    createDevice({ counts, days, origin, dayMs, random }),
  );
  const [ledger, sightings] = [openCrowdLedger(), openCrowdLedger()];
  const startedMs = performance.now();
  const sender = process.cpuUsage();
  const before = place.cpuMs();
  const watch = createWatch(place, tell);
  const told = await playDay(
    {
      devices,
      clients: place.clients,
      ledger,
      sightings,
      random,
      dayMs,
      compress,
      erasedShare: ERASED_SHARE,
      lostAnswerShare: LOST_ANSWER_SHARE,
    },
    watch.onMinute,
  );
  const tookSeconds = (performance.now() - startedMs) / 1000;
  const after = place.cpuMs();
  const { user, system } = process.cpuUsage(sender);
  const peakRss = Math.max(...place.collectors.map(({ pid }) => peakRssBytes(pid)));
  tell('sealing and pulling');
  const sealStartedMs = performance.now();
  place.seal();
  const sealSeconds = Number(((performance.now() - sealStartedMs) / 1000).toFixed(1));
  const pull = await pullAll(place.collectors[0]!.url, place.readerKey, charter.purpose);
  tell('settling and counting');
  for (const collector of place.collectors) await collector.stop('SIGTERM');
  const settledBytes = await place.storeBytes();
  await listStoredIds(place.location, {
    record: ledger.found,
    sighting: sightings.found,
    erased: (recordId) => {
      ledger.foundErased(recordId);
      sightings.foundErased(recordId);
    },
  });
  const { latenciesMs, ...sent } = told;
  const share = sharedDay(days);
  return {
    machine: describeMachine(),
    store: options.store,
    collectors: options.collectors,
    participants,
    simulated,
    hours,
    compress,
    recordsPerDay,
    recordsPerDayWithShare: Object.values(share).reduce((sum, one) => sum + one, 0),
    tookSeconds: Math.round(tookSeconds),
    ...sent,
    records: ledger.counts(),
    sightings: sightings.counts(),
    releases: pull.releases,
    latencyMs: latencyOf(latenciesMs),
    cpu: {
      collectorSeconds: (after.collector - before.collector) / 1000,
      databaseSeconds: (after.database - before.database) / 1000,
      senderSeconds: Math.round((user + system) / 1e6),
    },
    busiest: busiestQuarter(watch.samples),
    peakRssBytes: peakRss,
    disk: { settledBytes, peakBytes: watch.peakBytes() },
    sealSeconds,
    pull: { rows: pull.rows, seconds: pull.seconds },
  };
}

type Place = Awaited<ReturnType<typeof openPlace>>;

/** Notes minute by minute what the day has taken so far. */
function createWatch(place: Place, tell: (what: string) => void) {
  const startedMs = performance.now();
  const samples: MinuteSample[] = [];
  let peakBytes = 0;
  return {
    samples,
    peakBytes: () => peakBytes,
    onMinute: (minute: number, batches: number) => {
      const { collector, database } = place.cpuMs();
      const realMs = performance.now() - startedMs;
      samples.push({ collectorCpuMs: collector, databaseCpuMs: database, batches, realMs });
      peakBytes = Math.max(peakBytes, folderBytes(place.storeDir));
      if (minute % 60 === 0) tell(`hour ${minute / 60}: ${batches} batches`);
    },
  };
}

async function openPlace(options: SimulationOptions, charter: Charter, dir: string, onClose: AddCloser) {
  const charterFile = join(dir, 'charter.json');
  writeFileSync(charterFile, JSON.stringify(charter));
  const dataDir = join(dir, 'data');
  mkdirSync(dataDir);
  const postgres = options.store === 'postgres' ? await openDatabase(dir, onClose) : undefined;
  const databaseUrl = postgres?.urlOf(DATABASE);
  const participantKey = createCollectorKey('participant', dataDir, { databaseUrl });
  const readerKey = createCollectorKey('reader', dataDir, { databaseUrl, purpose: charter.purpose });
  const collectors: CollectorProcess[] = [];
  const clients: Client[] = [];
  for (let number = 0; number < options.collectors; number += 1) {
    const collector = await openCollectorProcess({ charterFile, dataDir, databaseUrl });
    onClose(() => collector.stop('SIGKILL'));
    const client = openClient(collector.url, participantKey, MAX_CONNECTIONS);
    onClose(client.close);
    collectors.push(collector);
    clients.push(client);
  }
  const path = join(dataDir, 'proffer.sqlite');
  return {
    collectors,
    clients,
    readerKey,
    storeDir: postgres ? join(dir, 'cluster') : dataDir,
    location: databaseUrl === undefined ? { path } : { url: databaseUrl },
    seal: () => runCollectorCommand(['seal', '--charter', charterFile, '--data', dataDir], databaseUrl),
    cpuMs: () => ({
      collector: collectors.reduce((sum, { pid }) => sum + treeCpuMs(pid), 0),
      database: postgres ? treeCpuMs(postgres.pid) : 0,
    }),
    storeBytes: async () => {
      if (databaseUrl === undefined) return statSync(path).size;
      const size = `SELECT pg_database_size('${DATABASE}')::float8 AS bytes`;
      return Number((await askPostgres(databaseUrl, size))[0]!['bytes']);
    },
  };
}

async function openDatabase(dir: string, onClose: AddCloser): Promise<PostgresProcess> {
  await createCluster(join(dir, 'cluster'));
  const postgres = await openPostgres(join(dir, 'cluster'), await freePort(), { shared_buffers: '1GB' });
  onClose(postgres.close);
  await askPostgres(postgres.urlOf('postgres'), `CREATE DATABASE ${DATABASE}`);
  migrateDatabase(postgres.urlOf(DATABASE));
  return postgres;
}

/** Everything that was released, as a data team pulls it. */
async function pullAll(url: string, readerKey: string, purpose: string) {
  // A connection of its own: those of the day were closed while this process waited for the seal.
  const client = openClient(url, readerKey);
  const headers = { authorization: `Bearer ${readerKey}`, [PURPOSE_HEADER]: purpose };
  const startedMs = performance.now();
  const ask = async (path: string): Promise<unknown> => {
    const { status, text, error = '' } = await client.get(path, headers);
    if (status !== 200) throw new Error(`a reader was answered ${status} ${error}`);
    return JSON.parse(text);
  };
  const { releases } = (await ask(PATHS.releases)) as ReleaseList;
  let rows = 0;
  for (const { number } of releases)
    for (const kind of PUBLISHED_KINDS) {
      let next: string | null = '';
      while (next !== null) {
        const after: string = next === '' ? '' : `&after=${next}`;
        const page = (await ask(
          `${PATHS.releases}/${number}/records?kind=${kind}&limit=${PAGE_ROWS}${after}`,
        )) as RecordsPage;
        rows += page.rows.length;
        ({ next } = page);
      }
    }
  client.close();
  return { releases: releases.length, rows, seconds: (performance.now() - startedMs) / 1000 };
}

function folderBytes(dir: string): number {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce(
      (sum, entry) =>
        sum + (statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
}
