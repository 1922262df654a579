/**
 * The little linear algebra that the attack needs, on rows of plain numbers.
 *
 * Runs in the audit. Small matrices only; nothing here is fast or clever.
 */
import { randomNormal, type Random } from '../../../src/trace/random.ts';

export type Matrix = Float64Array[];

export function zeros(rows: number, columns: number): Matrix {
  return Array.from({ length: rows }, () => new Float64Array(columns));
}

export function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += one[index]! * other[index]!;
  return sum;
}

/** Mean of the products of two columns each: `left` transposed times `right`, by the number of rows. */
export function crossMoments(left: Matrix, right: Matrix): Matrix {
  const moments = zeros(left[0]!.length, right[0]!.length);
  left.forEach((row, index) => {
    const other = right[index]!;
    for (let i = 0; i < row.length; i += 1) {
      const value = row[i]! / left.length;
      if (value === 0) continue;
      const target = moments[i]!;
      for (let j = 0; j < other.length; j += 1) target[j]! += value * other[j]!;
    }
  });
  return moments;
}

/** Largest eigenvalues of a symmetric matrix with their vectors as rows, by orthogonal iteration. */
export function eigen(matrix: Matrix, count: number, random: Random): { values: number[]; vectors: Matrix } {
  const size = matrix.length;
  const found = Math.min(count, size);
  let vectors: Matrix = Array.from({ length: found }, () =>
    Float64Array.from({ length: size }, () => randomNormal(random)),
  );
  orthonormalize(vectors);
  for (let round = 0; round < 12; round += 1) {
    vectors = vectors.map((vector) => times(matrix, vector));
    orthonormalize(vectors);
  }
  return { values: vectors.map((vector) => dot(vector, times(matrix, vector))), vectors };
}

export function times(matrix: Matrix, vector: ArrayLike<number>): Float64Array {
  return Float64Array.from(matrix, (row) => dot(row, vector));
}

export function transposed(matrix: Matrix): Matrix {
  return Array.from(matrix[0]!, (_value, column) => Float64Array.from(matrix, (row) => row[column]!));
}

/** Gram and Schmidt, in place; a vector that is nothing but the others becomes zero. */
function orthonormalize(vectors: Matrix): void {
  vectors.forEach((vector, index) => {
    for (let before = 0; before < index; before += 1) {
      const share = dot(vector, vectors[before]!);
      for (let i = 0; i < vector.length; i += 1) vector[i]! -= share * vectors[before]![i]!;
    }
    const length = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < vector.length; i += 1) vector[i] = length > 1e-12 ? vector[i]! / length : 0;
  });
}
