/**
 * A simulated day -> what it says of 1,000 participants, for `bench/results/capacity.json` and `docs/capacity.md`.
 *
 * Pure. A day that passes `compress` times as fast puts the load of `compress` times as many people on the machine at a
 * time: what it takes of processors is theirs.
 */
import { quantile } from '../capture/results.ts';
import type { CrowdCounts } from './crowd-ledger.ts';
import type { Machine } from './describe-machine.ts';
import type { Settling } from './results.ts';
import { markdownTable } from '../markdown-table.ts';

export interface CapacityRun {
  machine: Machine;
  store: 'sqlite' | 'postgres';
  collectors: number;
  /** That the day stands for; `simulated` of them were played. */
  participants: number;
  simulated: number;
  hours: number;
  compress: number;
  recordsPerDay: number;
  /** What the extension sends now that it keeps a day's share. */
  recordsPerDayWithShare: number;
  tookSeconds: number;
  batches: number;
  wireBytes: number;
  bySize: Record<string, number>;
  refusals: Record<string, number>;
  unsent: number;
  erasures: { asked: number; erased: number; notHeld: number; failed: number };
  records: CrowdCounts;
  sightings: CrowdCounts;
  releases: number;
  latencyMs: { p50: number; p99: number; max: number };
  cpu: { collectorSeconds: number; databaseSeconds: number; senderSeconds: number };
  /** Cores in use in the busiest quarter of an hour of the day. */
  busiest: { collectorCores: number; databaseCores: number; batchesPerSecond: number };
  peakRssBytes: number;
  disk: { settledBytes: number; peakBytes: number };
  /** Sealing what was left at the end of the day, and settling the store after it. */
  sealSeconds: number;
  pull: { rows: number; seconds: number };
}

export type CapacityResults = Record<string, CapacityRun>;

/** One minute of the day, as counted so far. */
export interface MinuteSample {
  collectorCpuMs: number;
  databaseCpuMs: number;
  batches: number;
  realMs: number;
}

const QUARTER_MINUTES = 15;

/** The busiest quarter of an hour, by the processor time of everything that stores. */
export function busiestQuarter(samples: readonly MinuteSample[]): CapacityRun['busiest'] {
  let busiest = { collectorCores: 0, databaseCores: 0, batchesPerSecond: 0 };
  for (let end = 1; end < samples.length; end += 1) {
    const [from, to] = [samples[Math.max(0, end - QUARTER_MINUTES)]!, samples[end]!];
    const realMs = to.realMs - from.realMs;
    const found = {
      collectorCores: rounded((to.collectorCpuMs - from.collectorCpuMs) / realMs),
      databaseCores: rounded((to.databaseCpuMs - from.databaseCpuMs) / realMs),
      batchesPerSecond: rounded((1000 * (to.batches - from.batches)) / realMs),
    };
    const cores = ({ collectorCores, databaseCores }: CapacityRun['busiest']) =>
      collectorCores + databaseCores;
    const isWhole = end >= QUARTER_MINUTES || end === samples.length - 1;
    if (isWhole && cores(found) > cores(busiest)) busiest = found;
  }
  return busiest;
}

export function latencyOf(latenciesMs: readonly number[]): CapacityRun['latencyMs'] {
  const at = (share: number) => rounded(quantile(latenciesMs, share));
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

export interface PerThousand {
  /** How many people the machine had at a time, as far as its processors can tell. */
  atATime: number;
  bytesPerRecord: number;
  diskBytesPerDay: number;
  wireBytesPerDay: number;
  coreSecondsPerDay: number;
  /** In the busiest quarter of an hour. */
  busiestCores: number;
  /** How many people one core could serve then, if nothing else were in the way. */
  participantsPerCore: number;
}

/** Cores that are kept free for what no simulation has thought of. */
export const USED_SHARE = 0.7;

export function perThousand(run: CapacityRun): PerThousand {
  const { records, disk, simulated, compress, cpu, busiest, wireBytes } = run;
  const atATime = simulated * compress;
  const held = records.stored + records.unanswered;
  const bytesPerRecord = disk.settledBytes / held;
  const busiestCores = ((busiest.collectorCores + busiest.databaseCores) * 1000) / atATime;
  return {
    atATime,
    bytesPerRecord,
    diskBytesPerDay: (disk.settledBytes / simulated) * 1000,
    wireBytesPerDay: (wireBytes / simulated) * 1000,
    coreSecondsPerDay: ((cpu.collectorSeconds + cpu.databaseSeconds) / simulated) * 1000,
    busiestCores,
    participantsPerCore: (USED_SHARE * 1000) / busiestCores,
  };
}

/** How long what is kept stays on disk, in the figures of a full store. */
export const RETENTION_DAYS = 90;

/**
 * How much of a SQLite file can be settled within a minute, and how many people fill it in `RETENTION_DAYS`.
 *
 * @param settling how long a file of millions of rows took.
 * @returns undefined for PostgreSQL, where only the parts are rewritten that a seal has touched.
 */
export function settledInAMinute(
  run: CapacityRun,
  settling: Settling,
): { bytes: number; people: number } | undefined {
  if (run.store !== 'sqlite') return undefined;
  const bytes = (60 * settling.sizeBytes) / settling.seconds;
  return { bytes, people: bytes / ((perThousand(run).diskBytesPerDay / 1000) * RETENTION_DAYS) };
}

/** Every figure of every run in one table. */
export function capacityTable(results: CapacityResults): string {
  const runs = Object.entries(results);
  const rows: [string, (run: CapacityRun) => string][] = [
    ['people at a time, as the processors saw it', (run) => whole(perThousand(run).atATime)],
    ['batches a second, busiest quarter of an hour', (run) => run.busiest.batchesPerSecond.toFixed(1)],
    ['bytes on disk for a record, settled', (run) => whole(perThousand(run).bytesPerRecord)],
    ['**MB on disk for 1,000 people and day**', (run) => megabytes(perThousand(run).diskBytesPerDay)],
    ['MB received for 1,000 people and day', (run) => megabytes(perThousand(run).wireBytesPerDay)],
    ['**core-seconds for 1,000 people and day**', (run) => perThousand(run).coreSecondsPerDay.toFixed(1)],
    ['cores in the busiest quarter, collectors', (run) => run.busiest.collectorCores.toFixed(2)],
    ['cores in the busiest quarter, database', (run) => run.busiest.databaseCores.toFixed(2)],
    [
      `**people for each core, ${100 * USED_SHARE} % used in that quarter**`,
      (run) => roughly(perThousand(run).participantsPerCore),
    ],
    ['memory of a collector at its most, MB', (run) => megabytes(run.peakRssBytes)],
    ['most on disk while it ran, MB', (run) => megabytes(run.disk.peakBytes)],
    [
      'answer, p50 / p99 / longest, ms',
      ({ latencyMs }) => [latencyMs.p50, latencyMs.p99, latencyMs.max].map(whole).join(' / '),
    ],
    ['last seal and settling of the day, s', ({ sealSeconds }) => sealSeconds.toFixed(1)],
    ['rows pulled in a second', ({ pull }) => whole(pull.rows / pull.seconds)],
  ];
  return markdownTable(
    ['', ...runs.map(([name]) => name)],
    rows.map(([title, cell]) => [title, ...runs.map(([, run]) => cell(run))]),
  );
}

/** What was acknowledged, and where it is. */
export function accountTable(results: CapacityResults): string {
  const runs = Object.entries(results);
  const rows: [string, (run: CapacityRun) => number][] = [
    ['records answered with 204', ({ records }) => records.answered],
    ['of these repeated, and dropped', ({ records }) => records.repeated],
    ['in the store', ({ records }) => records.stored],
    ['erased', ({ records }) => records.erased],
    ['lost', ({ records }) => records.lost],
    ['twice in the store', ({ records }) => records.duplicated],
    ['in the store and never sent', ({ records }) => records.foreign],
    ['sightings counted, of those answered', ({ sightings }) => sightings.stored],
    ['sightings lost', ({ sightings }) => sightings.lost],
    [
      'batches put off, and sent again',
      ({ refusals }) => Object.values(refusals).reduce((sum, one) => sum + one, 0),
    ],
    ['batches unsent in the end', ({ unsent }) => unsent],
  ];
  return markdownTable(
    ['', ...runs.map(([name]) => name)],
    rows.map(([title, of]) => [title, ...runs.map(([, run]) => whole(of(run)))]),
  );
}

export function whole(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 0 });
}

export function megabytes(bytes: number): string {
  const value = bytes / 1e6;
  return value < 10 ? value.toFixed(1) : whole(value);
}

/** Two digits: no more than such a figure can say. */
export function roughly(value: number): string {
  return whole(Number(value.toPrecision(2)));
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
