/**
 * Features -> few numbers without correlation: what both ways of comparing records start from.
 *
 * Runs in the audit. Learned from background people. Each feature is first brought to a normal shape by its ranks, so
 * that counts, sizes and shares weigh alike; a missing value counts as ordinary.
 */
import type { Random } from '../../../src/trace/random.ts';
import { crossMoments, dot, eigen, type Matrix } from './matrix.ts';

export type Whitening = (features: readonly number[]) => Float64Array;

const LEARNED_FROM = 2500;
const RANK_STEPS = 200;

/** @param most how many numbers at most are kept. */
export function learnWhitening(
  rows: readonly (readonly number[])[],
  most: number,
  random: Random,
): Whitening {
  const step = Math.max(1, rows.length / LEARNED_FROM);
  const sample = Array.from(
    { length: Math.min(rows.length, LEARNED_FROM) },
    (_, index) => rows[Math.floor(index * step)]!,
  );
  const shapes = sample[0]!.map((_value, column) => learnShape(sample.map((row) => row[column]!)));
  const shaped = (features: readonly number[]) =>
    Float64Array.from(features, (value, column) => shapes[column]!(value));
  const matrix: Matrix = sample.map(shaped);
  const { values, vectors } = eigen(crossMoments(matrix, matrix), most, random);
  const kept = values.flatMap((value, index) => (value > 1e-3 * values[0]! && value > 1e-9 ? [index] : []));
  // Features that never differ tell nothing.
  if (kept.length === 0) return () => new Float64Array(1);
  return (features) => {
    const row = shaped(features);
    return Float64Array.from(kept, (index) => dot(vectors[index]!, row) / Math.sqrt(values[index]!));
  };
}

/** A value's rank in the sample as a number of normal spread; its mean is 0, its variance at most 1. */
function learnShape(column: readonly number[]): (value: number) => number {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort((one, other) => one - other);
  if (sorted.length === 0 || sorted[0] === sorted.at(-1)) return () => 0;
  const count = Math.min(RANK_STEPS, sorted.length);
  const steps = Array.from(
    { length: count },
    (_, index) => sorted[Math.floor((index / count) * sorted.length)]!,
  );
  const rank = (value: number) => {
    const below = lowerBound(steps, value);
    const upTo = upperBound(steps, value);
    return normalQuantile(((below + upTo) / 2 + 0.5) / (steps.length + 1));
  };
  const ranks = column.map((value) => (Number.isNaN(value) ? 0 : rank(value)));
  const mean = ranks.reduce((sum, value) => sum + value, 0) / ranks.length;
  const spread = Math.sqrt(ranks.reduce((sum, value) => sum + (value - mean) ** 2, 0) / ranks.length) || 1;
  return (value) => (Number.isNaN(value) ? 0 : (rank(value) - mean) / spread);
}

function lowerBound(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function upperBound(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Inverse of the normal distribution, to about three digits (Hastings, 1955). */
function normalQuantile(share: number): number {
  const tail = Math.min(share, 1 - share);
  const t = Math.sqrt(-2 * Math.log(tail));
  const value =
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3);
  return share < 0.5 ? -value : value;
}
