/**
 * Columns of numbers -> the entropy of a value, alone or after the one before it.
 *
 * Pure. Counted from the same values (plug-in), which is a little too low where there are many kinds and few values.
 */

/** One list of numbers for each path. */
export type Column = readonly (readonly number[])[];

/** Bits per value. Of order 1, the first of each path is told after nothing. */
export function entropyBits(column: Column, order: 0 | 1): number {
  const counts = new Map<string, Map<number, number>>();
  let total = 0;
  for (const values of column) {
    values.forEach((value, index) => {
      const context = order === 0 ? '' : index === 0 ? 'first' : String(values[index - 1]);
      const inContext = counts.get(context) ?? new Map<number, number>();
      counts.set(context, inContext.set(value, (inContext.get(value) ?? 0) + 1));
      total += 1;
    });
  }
  let bits = 0;
  for (const inContext of counts.values()) {
    const contextTotal = [...inContext.values()].reduce((sum, count) => sum + count, 0);
    for (const count of inContext.values()) bits -= count * Math.log2(count / contextTotal);
  }
  return total === 0 ? 0 : bits / total;
}
