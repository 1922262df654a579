/**
 * Robust summaries that features are made of.
 */

export function mean(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

export function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

/** Quantiles at the given shares, interpolated; NaN for an empty list. */
export function quantiles(values: readonly number[], shares: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  return shares.map((share) => {
    if (sorted.length === 0) return NaN;
    const at = share * (sorted.length - 1);
    const below = Math.floor(at);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
  });
}

/** Mean, spread and five quantiles. */
export function summary(values: readonly number[]): number[] {
  return [mean(values), deviation(values), ...quantiles(values, [0.1, 0.25, 0.5, 0.75, 0.9])];
}

/** Share of the values that the test holds for; NaN for an empty list. */
export function share<Value>(values: readonly Value[], test: (value: Value) => boolean): number {
  return values.length === 0 ? NaN : values.filter(test).length / values.length;
}

/** Mean absolute difference of neighbours. */
export function roughness(values: readonly number[]): number {
  return mean(values.slice(1).map((value, index) => Math.abs(value - values[index]!)));
}

export function autocorrelation(values: readonly number[], lag: number): number {
  const middle = mean(values);
  const variance = mean(values.map((value) => (value - middle) ** 2));
  if (values.length <= lag + 1 || variance === 0) return NaN;
  return (
    mean(values.slice(lag).map((value, index) => (value - middle) * (values[index]! - middle))) / variance
  );
}

/** Large values of either sign brought together. */
export function signedLog(value: number): number {
  return Math.sign(value) * Math.log1p(Math.abs(value));
}
