/**
 * Measured rounds -> the figures of `bench/results/server.json`.
 *
 * Pure. Throughput is the median of the rounds; latencies are of all rounds together, since a 99th percentile of one
 * round would be its worst request.
 */
import { median, quantile, type Spread } from '../capture/results.ts';
import type { Machine } from './describe-machine.ts';
import { checkGoals, type GoalCheck } from './goals.ts';

export const CONTESTANTS = [
  'bare-204',
  'inflate-parse',
  'append-floor',
  'sqlite-floor',
  'sqlite',
  'postgres-floor',
  'postgres',
] as const;
export type ContestantName = (typeof CONTESTANTS)[number];

/** What was measured of one contestant; latencies and memory only of those that are asked over HTTP. */
export interface Rounds {
  recordsPerSecond: number[];
  pacedMs: number[];
  bombGrowthBytes: number[];
}

export interface ContestantResult {
  recordsPerSecond: number;
  spread: Spread;
  p50Ms?: number;
  p99Ms?: number;
  /** The worst of the rounds. */
  bombGrowthBytes?: number;
}

export type ContestantResults = Partial<Record<ContestantName, ContestantResult>>;

/** Of the SQLite file at the end: rewritten whole, as at every settling. */
export interface Settling {
  sizeBytes: number;
  seconds: number;
}

export interface ServerResults {
  machine: Machine;
  rounds: number;
  /** In each store before it was measured. */
  rows: number;
  batchRecords: number;
  /** In each round. */
  batches: number;
  concurrency: number;
  pacedPerSecond: number;
  /** Where SQLite was measured. */
  settling?: Settling;
  contestants: ContestantResults;
  goals: GoalCheck[];
}

export function summarize({ recordsPerSecond, pacedMs, bombGrowthBytes }: Rounds): ContestantResult {
  return {
    recordsPerSecond: Math.round(median(recordsPerSecond)),
    spread: {
      min: Math.round(Math.min(...recordsPerSecond)),
      max: Math.round(Math.max(...recordsPerSecond)),
    },
    ...(pacedMs.length > 0 && {
      p50Ms: Number(quantile(pacedMs, 0.5).toFixed(2)),
      p99Ms: Number(quantile(pacedMs, 0.99).toFixed(2)),
    }),
    ...(bombGrowthBytes.length > 0 && { bombGrowthBytes: Math.max(...bombGrowthBytes) }),
  };
}

export function resultsOf(
  conditions: Omit<ServerResults, 'contestants' | 'goals'>,
  measured: ReadonlyMap<ContestantName, Rounds>,
): ServerResults {
  const contestants: ContestantResults = Object.fromEntries(
    [...measured].map(([name, rounds]) => [name, summarize(rounds)]),
  );
  return { ...conditions, contestants, goals: checkGoals(contestants) };
}
