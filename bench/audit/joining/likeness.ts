/**
 * How much more likely two records' numbers are if one person made both than if two did.
 *
 * Runs in the audit. Normal numbers without correlation within each side; what is learned from background people is how
 * each number of one side goes with its counterpart of the other. For records of one kind that is the share of a number's
 * variance that persons make; for two kinds, their canonical correlations.
 */
import type { Random } from '../../../src/trace/random.ts';
import { crossMoments, dot, eigen, times, transposed, type Matrix } from './matrix.ts';
import { learnWhitening, type Whitening } from './whitening.ts';

/** A record's features, and the person-day it is of; the attacker knows that of background people only. */
export interface Sample {
  features: readonly number[];
  owner: string;
}

/** Both sides in the numbers to be compared, and how. */
export interface Likeness {
  left: (features: readonly number[]) => Float64Array;
  right: (features: readonly number[]) => Float64Array;
  score: (left: Float64Array, right: Float64Array) => number;
}

const MOST_NUMBERS = 40;
const MOST_CORRELATIONS = 12;

/** For records of one kind; `owner` should name the person, whatever the day. */
export function learnOwnLikeness(samples: readonly Sample[], random: Random): Likeness {
  const whiten = learnWhitening(
    samples.map(({ features }) => features),
    MOST_NUMBERS,
    random,
  );
  const white = samples.map(({ features }) => whiten(features));
  const groups = [...Map.groupBy(white.keys(), (index) => samples[index]!.owner).values()].filter(
    (group) => group.length > 1,
  );
  // Products of pairs of different records of one person, taken through sums.
  const size = white[0]!.length;
  const between: Matrix = Array.from({ length: size }, () => new Float64Array(size));
  for (const group of groups) {
    const rows = group.map((index) => white[index]!);
    const sum = rows.reduce((total, row) => total.map((value, i) => value + row[i]!), new Float64Array(size));
    const weight = 1 / (rows.length * (rows.length - 1) * groups.length);
    for (let i = 0; i < size; i += 1) {
      for (let j = 0; j < size; j += 1) {
        const own = rows.reduce((total, row) => total + row[i]! * row[j]!, 0);
        between[i]![j]! += weight * (sum[i]! * sum[j]! - own);
      }
    }
  }
  const { values, vectors } = eigen(between, size, random);
  const kept = values.flatMap((value, index) => (value > 0.003 ? [index] : []));
  const shares = kept.map((index) => Math.min(0.95, values[index]!));
  const project = (features: readonly number[]) => {
    const row = whiten(features);
    return Float64Array.from(kept, (index) => dot(vectors[index]!, row));
  };
  return { left: project, right: project, score: (left, right) => logRatio(left, right, shares) };
}

/** For records of two kinds; `owner` should name the person-day. */
export function learnCrossLikeness(
  left: readonly Sample[],
  right: readonly Sample[],
  random: Random,
): Likeness {
  const whitenLeft = learnWhitening(
    left.map(({ features }) => features),
    MOST_NUMBERS,
    random,
  );
  const whitenRight = learnWhitening(
    right.map(({ features }) => features),
    MOST_NUMBERS,
    random,
  );
  const means = (samples: readonly Sample[], whiten: Whitening) =>
    new Map(
      [...Map.groupBy(samples, ({ owner }) => owner)].map(([owner, own]) => {
        const rows = own.map(({ features }) => whiten(features));
        return [
          owner,
          Float64Array.from(
            rows[0]!,
            (_value, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length,
          ),
        ];
      }),
    );
  const leftMeans = means(left, whitenLeft);
  const rightMeans = means(right, whitenRight);
  const both = [...leftMeans.keys()].filter((owner) => rightMeans.has(owner));
  const cross = crossMoments(
    both.map((owner) => leftMeans.get(owner)!),
    both.map((owner) => rightMeans.get(owner)!),
  );
  const across = transposed(cross);
  const squared = cross.map((row) => Float64Array.from(cross, (other) => dot(row, other)));
  const { values, vectors } = eigen(squared, MOST_CORRELATIONS, random);
  const kept = values.flatMap((value, index) => (value > 1e-5 ? [index] : []));
  const correlations = kept.map((index) => Math.min(0.95, Math.sqrt(values[index]!)));
  const rightVectors = kept.map((index) =>
    times(across, vectors[index]!).map((value) => value / Math.sqrt(values[index]!)),
  );
  return {
    left: (features) => {
      const row = whitenLeft(features);
      return Float64Array.from(kept, (index) => dot(vectors[index]!, row));
    },
    right: (features) => {
      const row = whitenRight(features);
      return Float64Array.from(rightVectors, (vector) => dot(vector, row));
    },
    score: (one, other) => logRatio(one, other, correlations),
  };
}

/** Logarithm of the likelihood ratio of numbers with unit variance and these correlations. */
function logRatio(one: Float64Array, other: Float64Array, correlations: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < correlations.length; index += 1) {
    const r = correlations[index]!;
    const [x, y] = [one[index]!, other[index]!];
    sum -= 0.5 * Math.log(1 - r * r) + (r * r * (x * x + y * y) - 2 * r * x * y) / (2 * (1 - r * r));
  }
  return sum;
}
