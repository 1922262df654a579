/**
 * The model that any other has to beat: what most often followed the last two steps.
 *
 * Pure. Where these two were never seen together, what most often followed the last one; else what is commonest of all.
 */

/** The steps before, the latest last, and what came. */
export interface Followed {
  before: readonly [string, string];
  next: string;
}

/** Learns from what followed; answers what comes next. Ties go to what was met first. */
export function learnMarkov(seen: readonly Followed[]): (before: Followed['before']) => string {
  const byContext = new Map<string, Map<string, number>>();
  for (const { before, next } of seen)
    for (const context of contextsOf(before)) {
      const counts = byContext.get(context) ?? new Map<string, number>();
      counts.set(next, (counts.get(next) ?? 0) + 1);
      byContext.set(context, counts);
    }
  const commonest = new Map([...byContext].map(([context, counts]) => [context, mostCounted(counts)]));
  return (before) => {
    const known = contextsOf(before).find((context) => commonest.has(context));
    if (known === undefined) throw new RangeError('a model that has seen nothing has no answer');
    return commonest.get(known)!;
  };
}

/** From the longest to none at all. */
function contextsOf([first, second]: Followed['before']): string[] {
  return [JSON.stringify([first, second]), JSON.stringify([second]), '[]'];
}

function mostCounted(counts: ReadonlyMap<string, number>): string {
  return [...counts].reduce((most, other) => (other[1] > most[1] ? other : most))[0];
}
