/**
 * Who is measured: floors, the bare framework and the collectors, each with its own rows already there.
 *
 * Runs in Node. What is asked over HTTP runs as a process of its own; the floors run where the client otherwise does, so
 * that each has the computer to itself while it is measured.
 */
import {
  closeSync,
  copyFileSync,
  fdatasyncSync,
  mkdirSync,
  openSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Charter } from '../../src/charter/charter.ts';
import { createCollectorKey, migrateDatabase, openCollectorProcess } from './collector-process.ts';
import { openChildServer } from './child-server.ts';
import type { StoredRow } from './fresh-records.ts';
import { bombGrowthBytes, type Bombs } from './gzip-bombs.ts';
import { openClient, type Client } from './http-client.ts';
import { sendAll, sendPaced } from './load-loops.ts';
import { askPostgres, createCluster, freePort, openPostgres } from './postgres-process.ts';
import { openPostgresWriter } from './postgres-rows.ts';
import { preloadPostgres, preloadSqlite } from './preload.ts';
import type { ContestantName, Settling } from './results.ts';
import { openRowWriter, type BatchRows } from './sqlite-rows.ts';
import type { AddCloser } from './with-closers.ts';

/** A batch in the form that each takes. */
export interface PreparedBatch {
  body: Uint8Array;
  stored: BatchRows;
}

export interface Contestant {
  name: ContestantName;
  /** Takes all of them, once. @returns how long it took, in ms. */
  takeAll: (batches: readonly PreparedBatch[]) => Promise<number>;
  /** Takes them at an even pace. @returns ms to each answer. */
  takePaced?: (batches: readonly PreparedBatch[], perSecond: number) => Promise<number[]>;
  bombGrowthBytes?: (bombs: Bombs) => Promise<number>;
  /** Stops it in order, when all has been measured. */
  settle?: () => Promise<Settling>;
}

export interface ContestantOptions {
  charter: Charter;
  dir: string;
  rows: number;
  samples: readonly StoredRow[];
  concurrency: number;
  onClose: AddCloser;
  tell: (what: string) => void;
}

/** How often the bare servers get each batch: they keep nothing, and one pass would be over too soon. */
const BARE_PASSES = 5;

export async function openBare(
  name: 'bare-204' | 'inflate-parse',
  { concurrency, onClose }: ContestantOptions,
): Promise<Contestant> {
  const server = await openChildServer('bare-server.ts', name === 'bare-204' ? 'read' : 'parse');
  onClose(server.kill);
  const client = openClient(server.url, '', concurrency);
  onClose(client.close);
  return {
    name,
    takeAll: async (batches) => {
      const passes = Array.from({ length: BARE_PASSES }, () => batches).flat();
      return (await sendAll(passes, concurrency, (batch) => post(client, batch))) / BARE_PASSES;
    },
    takePaced: (batches, perSecond) => sendPaced(batches, perSecond, (batch) => post(client, batch)),
  };
}

/** One file, appended to: what a log of batches would cost. */
export function openAppendFloor({ dir, concurrency, onClose }: ContestantOptions): Contestant {
  const file = openSync(join(dir, 'append-floor'), 'a');
  onClose(() => closeSync(file));
  return {
    name: 'append-floor',
    takeAll: (batches) =>
      timed(() => {
        for (const group of groupsOf(batches, concurrency)) {
          writeSync(
            file,
            group.map(({ stored }) => stored.rows.map(({ body }) => body).join('\n')).join('\n'),
          );
          fdatasyncSync(file);
        }
      }),
  };
}

/** The collector on its SQLite file, and the floor on a copy of the same file. */
export async function openSqlitePair(options: ContestantOptions): Promise<Contestant[]> {
  const { dir, rows, samples, concurrency, onClose, tell } = options;
  const dataDir = join(dir, 'sqlite');
  const participantKey = createCollectorKey('participant', dataDir);
  const charterFile = writeCharter(options);
  // It makes the tables and takes the charter, which is then number 1.
  const first = await openCollectorProcess({ charterFile, dataDir });
  await first.stop('SIGTERM');
  const path = join(dataDir, 'proffer.sqlite');
  tell(`${rows} rows into SQLite`);
  preloadSqlite(path, rows, samples);
  const floorPath = join(dir, 'floor.sqlite');
  copyFileSync(path, floorPath);
  const floor = openRowWriter(floorPath, 'FULL');
  onClose(floor.close);
  const collector = await openCollectorProcess({ charterFile, dataDir });
  // Where something failed: not in order, what it would settle first is about to be removed.
  onClose(() => collector.stop('SIGKILL'));
  return [
    {
      name: 'sqlite-floor',
      takeAll: (batches) =>
        timed(async () => {
          for (const group of groupsOf(batches, concurrency)) {
            floor.commit(group.map(({ stored }) => stored));
            // What goes on beside the writing is noticed when it has ended.
            await nextTurn();
          }
        }),
    },
    {
      ...collectorContestant('sqlite', collector, participantKey, options),
      settle: async () => {
        const startedMs = performance.now();
        await collector.stop('SIGTERM');
        return {
          sizeBytes: statSync(path).size,
          seconds: Number(((performance.now() - startedMs) / 1000).toFixed(1)),
        };
      },
    },
  ];
}

/** The collector on PostgreSQL, and the floor on another database of the same server. */
export async function openPostgresPair(options: ContestantOptions): Promise<Contestant[]> {
  const { dir, rows, samples, concurrency, onClose, tell } = options;
  const cluster = join(dir, 'cluster');
  await createCluster(cluster);
  // As an operator would set them on such a machine; commits wait for the disk, as by default.
  const postgres = await openPostgres(cluster, await freePort(), {
    shared_buffers: '1GB',
    max_wal_size: '4GB',
  });
  onClose(postgres.close);
  const dataDir = join(dir, 'postgres');
  mkdirSync(dataDir);
  const admin = postgres.urlOf('postgres');
  await askPostgres(admin, 'CREATE DATABASE collector');
  migrateDatabase(postgres.urlOf('collector'));
  tell(`${rows} rows into PostgreSQL`);
  await preloadPostgres(postgres.urlOf('collector'), rows, samples);
  await askPostgres(admin, 'CREATE DATABASE floor TEMPLATE collector STRATEGY file_copy', 'CHECKPOINT');
  const databaseUrl = postgres.urlOf('collector');
  const participantKey = createCollectorKey('participant', dataDir, { databaseUrl });
  const floor = openPostgresWriter(postgres.urlOf('floor'), concurrency);
  onClose(floor.close);
  const collector = await openCollectorProcess({ charterFile: writeCharter(options), dataDir, databaseUrl });
  onClose(() => collector.stop('SIGKILL'));
  return [
    { name: 'postgres-floor', takeAll: (batches) => floor.commitAll(batches.map(({ stored }) => stored)) },
    collectorContestant('postgres', collector, participantKey, options),
  ];
}

function collectorContestant(
  name: 'sqlite' | 'postgres',
  { url, pid }: { url: string; pid: number },
  participantKey: string,
  { concurrency, onClose }: ContestantOptions,
): Contestant {
  const client = openClient(url, participantKey, concurrency);
  // Paced requests must never wait for each other on this side.
  const paced = openClient(url, participantKey);
  onClose(client.close);
  onClose(paced.close);
  return {
    name,
    takeAll: (batches) => sendAll(batches, concurrency, (batch) => post(client, batch)),
    takePaced: (batches, perSecond) => sendPaced(batches, perSecond, (batch) => post(paced, batch)),
    bombGrowthBytes: (bombs) => bombGrowthBytes(() => openClient(url, participantKey), pid, bombs),
  };
}

async function post(client: Client, { body }: PreparedBatch): Promise<void> {
  const { status, error = 'no code' } = await client.postBatch(body);
  // A collector that refuses would be the fastest.
  if (status !== 204) throw new Error(`a batch was answered ${status} ${error}`);
}

function writeCharter({ dir, charter }: ContestantOptions): string {
  const path = join(dir, 'charter.json');
  writeFileSync(path, JSON.stringify(charter));
  return path;
}

/** As many as wait at a time: what group commit could at best make of them. */
function groupsOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

async function timed(work: () => void | Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
