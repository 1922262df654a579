/**
 * How someone corrects and pauses: what key classes tell even where all times are flattened.
 */
import { deviation, mean, share } from './statistics.ts';

export interface Typed {
  keyClass: readonly string[];
  intervalMs: readonly number[];
}

const BURST_LIMITS_MS = [500, 1000, 2000];
const RUNS = [1, 2, 3, 4, 5];

/** Corrections and bursts of one or several stretches. */
export function habitFeatures(stretches: readonly Typed[]): number[] {
  const runs = stretches.map((stretch) => runsOf(stretch.keyClass));
  const all = runs.flat();
  const erased = all.filter((run) => run.name === 'backspace').map((run) => run.keys);
  const typed = all.filter((run) => run.name !== 'backspace');
  const keys = stretches.reduce((sum, stretch) => sum + stretch.keyClass.length, 0);
  const between = runs.flatMap((list) =>
    list.filter(
      (run, index) => list[index - 1]?.name === 'backspace' && list[index + 1]?.name === 'backspace',
    ),
  );
  return [
    ...RUNS.map((length) => erased.filter((count) => count === length).length / keys),
    erased.filter((count) => count > RUNS.length).length / keys,
    deviation(erased),
    mean(typed.map((run) => Math.log(run.keys))),
    Math.log(1 + Math.max(0, ...typed.map((run) => run.keys))),
    mean(between.map((run) => Math.log(run.keys))),
    share(between, (run) => run.keys <= 2),
    ...['enter', 'navigation'].map((name) => all.filter((run) => run.name === name).length / keys),
    Number(erased.length > 0),
    ...BURST_LIMITS_MS.flatMap((limitMs) => burstFeatures(stretches, limitMs)),
    ...pauseFeatures(stretches),
  ];
}

interface Run {
  name: string;
  keys: number;
}

/** Neighbouring keys of a kind: erasing, moving, or anything typed. */
function runsOf(keyClass: readonly string[]): Run[] {
  const runs: Run[] = [];
  for (const name of keyClass) {
    const kind = ['backspace', 'enter', 'navigation'].includes(name) ? name : 'char';
    const before = runs.at(-1);
    if (before?.name === kind) before.keys += 1;
    else runs.push({ name: kind, keys: 1 });
  }
  return runs;
}

/** Keys from one pause to the next, those cut off by the stretch's ends left out where there are others. */
function burstFeatures(stretches: readonly Typed[], limitMs: number): number[] {
  const whole: number[] = [];
  const longest: number[] = [];
  for (const { intervalMs } of stretches) {
    const pauses = intervalMs.flatMap((ms, index) => (ms >= limitMs ? [index] : []));
    const lengths = pauses.slice(1).map((at, index) => at - pauses[index]!);
    whole.push(...lengths);
    const places = [-1, ...pauses, intervalMs.length];
    longest.push(Math.max(...places.slice(1).map((at, index) => at - places[index]!)));
  }
  return [
    mean(whole.map(Math.log)),
    deviation(whole.map(Math.log)),
    share(whole, (length) => length === 1),
    share(whole, (length) => length <= 3),
    share(whole, (length) => length >= 5 && length <= 9),
    mean(longest.map(Math.log)),
  ];
}

/** What pauses follow and come before: shares of all intervals. */
function pauseFeatures(stretches: readonly Typed[]): number[] {
  const kinds = ['char>char', 'char>backspace', 'backspace>backspace', 'backspace>char'];
  const counts = new Map<string, number>();
  let total = 0;
  for (const { keyClass, intervalMs } of stretches) {
    const simple = keyClass.map((name) => (name === 'backspace' ? name : 'char'));
    intervalMs.forEach((ms, index) => {
      total += 1;
      if (ms < 500) return;
      const kind = `${simple[index]!}>${simple[index + 1]!}`;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    });
  }
  return kinds.map((kind) => (counts.get(kind) ?? 0) / Math.max(1, total));
}
