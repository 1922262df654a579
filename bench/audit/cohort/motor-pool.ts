/**
 * Movements and typing runs of one person, recorded or synthetic, for a simulated worker to move and type with.
 *
 * Runs in the audit. A worker's hand is somebody's real hand where recorded people are at hand: the nearest movement in
 * direction and length is put where the work needs it, and runs are cut to the length that the work needs.
 */
import type { RawMovement, RawTypingRun } from '../../../src/capture/fragments.ts';
import type { MovementEnd } from '../../../src/trace/limits.ts';
import { randomInt, type Random } from '../../../src/trace/random.ts';
import { movementsOf, typingRunsOf } from './raw-fragments.ts';
import type { Cohort } from './sessions.ts';
import { syntheticPointers } from './synthetic-pointers.ts';
import { syntheticTypists } from './synthetic-typists.ts';

export interface MotorPool {
  movements: readonly RawMovement[];
  typingRuns: readonly RawTypingRun[];
}

const SENTENCES_EACH = 12;
const CANDIDATES = 12;
const MAX_STITCHED_KEYS = 600;
/** Between two sentences that are stitched to one run. */
const BETWEEN_MS = 700;

/** Pools of synthetic people. */
export function syntheticPools(people: number, random: Random): MotorPool[] {
  const pointers = syntheticPointers({ people, random });
  const keys = syntheticTypists({ people, sentencesEach: SENTENCES_EACH, random });
  return poolsOf({ pointers, keys });
}

/**
 * Pools of recorded people: one for each who has enough, hands and typing of different data sets put together.
 *
 * As many as the smaller set has people.
 */
export function poolsOf({ pointers, keys }: Pick<Cohort, 'pointers' | 'keys'>): MotorPool[] {
  const hands = [...Map.groupBy(pointers, ({ person }) => person).values()];
  const typists = [...Map.groupBy(keys, ({ person }) => person).values()];
  return Array.from({ length: Math.min(hands.length, typists.length) }, (_, index) => ({
    movements: hands[index]!.flatMap(movementsOf).map(({ fragment }) => fragment),
    typingRuns: typists[index]!.flatMap(typingRunsOf),
  }));
}

/** A movement of the pool that ends as asked and goes about as far in about that direction; undefined if none does. */
export function drawMovement(
  pool: MotorPool,
  wanted: { end: MovementEnd; dxPx: number; dyPx: number },
  random: Random,
): RawMovement | undefined {
  const fitting = pool.movements.filter(({ end }) => end === wanted.end);
  if (fitting.length === 0) return undefined;
  const drawn = Array.from({ length: CANDIDATES }, () => fitting[randomInt(random, fitting.length)]!);
  const missPx = ({ xPx, yPx }: RawMovement) =>
    Math.hypot(xPx.at(-1)! - xPx[0]! - wanted.dxPx, yPx.at(-1)! - yPx[0]! - wanted.dyPx);
  return drawn.reduce((best, other) => (missPx(other) < missPx(best) ? other : best));
}

/** A run of about as many keys, from a random sentence on. */
export function drawTypingRun(
  pool: MotorPool,
  keyCount: number,
  random: Random,
): Pick<RawTypingRun, 'keyClass' | 'downMs' | 'holdMs'> | undefined {
  if (pool.typingRuns.length === 0) return undefined;
  const wanted = Math.max(1, Math.min(MAX_STITCHED_KEYS, keyCount));
  const run = { keyClass: [] as number[], downMs: [] as number[], holdMs: [] as number[] };
  for (let next = randomInt(random, pool.typingRuns.length); run.keyClass.length < wanted; next += 1) {
    const piece = pool.typingRuns[next % pool.typingRuns.length]!;
    const offsetMs = run.downMs.length === 0 ? 0 : run.downMs.at(-1)! + BETWEEN_MS;
    run.keyClass.push(...piece.keyClass);
    run.downMs.push(...piece.downMs.map((downMs) => downMs + offsetMs));
    run.holdMs.push(...piece.holdMs);
  }
  return {
    keyClass: run.keyClass.slice(0, wanted),
    downMs: run.downMs.slice(0, wanted),
    holdMs: run.holdMs.slice(0, wanted),
  };
}
