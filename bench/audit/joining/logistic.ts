/**
 * Weighs evidence: logistic regression from pairs whose truth is known.
 *
 * Runs in the audit. Newton's method with a ridge; features are standardized first.
 */

/** Log odds that a pair with this evidence is of one person. */
export type Weighing = (evidence: ArrayLike<number>) => number;

const RIDGE = 1;
const ROUNDS = 8;

export function learnWeighing(evidence: readonly ArrayLike<number>[], isSame: readonly boolean[]): Weighing {
  const width = evidence[0]!.length;
  const shift = new Float64Array(width);
  const scale = new Float64Array(width);
  for (let i = 0; i < width; i += 1) {
    const column = evidence.map((row) => row[i]!);
    shift[i] = column.reduce((sum, value) => sum + value, 0) / column.length;
    scale[i] = Math.sqrt(column.reduce((sum, value) => sum + (value - shift[i]!) ** 2, 0) / column.length);
  }
  const standard = (row: ArrayLike<number>) =>
    Float64Array.from({ length: width + 1 }, (_, i) => {
      if (i === width) return 1;
      if (scale[i]! < 1e-9) return 0;
      return Math.min(8, Math.max(-8, (row[i]! - shift[i]!) / scale[i]!));
    });
  const rows = evidence.map(standard);
  const weights = new Float64Array(width + 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = new Float64Array(width + 1);
    const curvature = Array.from({ length: width + 1 }, () => new Float64Array(width + 1));
    rows.forEach((row, index) => {
      let odds = 0;
      for (let i = 0; i <= width; i += 1) odds += weights[i]! * row[i]!;
      const share = 1 / (1 + Math.exp(-odds));
      const miss = Number(isSame[index]) - share;
      const spread = Math.max(1e-6, share * (1 - share));
      for (let i = 0; i <= width; i += 1) {
        gradient[i]! += miss * row[i]!;
        const target = curvature[i]!;
        const value = spread * row[i]!;
        for (let j = 0; j <= i; j += 1) target[j]! += value * row[j]!;
      }
    });
    for (let i = 0; i <= width; i += 1) {
      if (i < width) {
        gradient[i]! -= RIDGE * weights[i]!;
        curvature[i]![i]! += RIDGE;
      }
      for (let j = i + 1; j <= width; j += 1) curvature[i]![j] = curvature[j]![i]!;
    }
    const change = solve(curvature, gradient);
    for (let i = 0; i <= width; i += 1) weights[i]! += change[i]!;
  }
  return (row) => {
    const values = standard(row);
    let odds = 0;
    for (let i = 0; i <= width; i += 1) odds += weights[i]! * values[i]!;
    return odds;
  };
}

/** Gauss's elimination with pivots; changes what it is given. */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1)
      if (Math.abs(matrix[row]![column]!) > Math.abs(matrix[pivot]![column]!)) pivot = row;
    [matrix[column], matrix[pivot]] = [matrix[pivot]!, matrix[column]!];
    [right[column], right[pivot]] = [right[pivot]!, right[column]!];
    const top = matrix[column]!;
    if (Math.abs(top[column]!) < 1e-12) continue;
    for (let row = column + 1; row < size; row += 1) {
      const share = matrix[row]![column]! / top[column]!;
      if (share === 0) continue;
      for (let i = column; i < size; i += 1) matrix[row]![i]! -= share * top[i]!;
      right[row]! -= share * right[column]!;
    }
  }
  const solved = new Float64Array(size);
  for (let row = size - 1; row >= 0; row -= 1) {
    let rest = right[row]!;
    for (let i = row + 1; i < size; i += 1) rest -= matrix[row]![i]! * solved[i]!;
    solved[row] = Math.abs(matrix[row]![row]!) < 1e-12 ? 0 : rest / matrix[row]![row]!;
  }
  return solved;
}
