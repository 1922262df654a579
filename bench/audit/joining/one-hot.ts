/**
 * Values of lists as numbers that can be averaged and correlated.
 */

/** 1 at the value's place, 0 elsewhere. */
export function oneOf<Value>(values: readonly Value[], value: Value | undefined): number[] {
  return values.map((other) => Number(other === value));
}

/** The bucket that a text falls into (FNV-1a). */
export function bucketOf(buckets: number, text: string): number {
  let mixed = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    mixed = Math.imul(mixed ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return (mixed ^ (mixed >>> 15)) % buckets;
}

/** How often each value comes up, as shares. */
export function sharesOf<Value>(values: readonly Value[], found: readonly (Value | undefined)[]): number[] {
  const counts = new Map<Value | undefined, number>();
  for (const value of found) counts.set(value, (counts.get(value) ?? 0) + 1);
  return values.map((value) => (counts.get(value) ?? 0) / Math.max(1, found.length));
}
