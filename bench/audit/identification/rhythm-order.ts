/**
 * The order of long and short intervals: what ranking a record's intervals cannot take away.
 *
 * Intervals are seen as their ranks in the stretch, 0 to 1, so that all levels and raw typing look alike.
 */
import { autocorrelation, deviation, mean, share } from './statistics.ts';

export interface Intervals {
  keyClass: readonly string[];
  intervalMs: readonly number[];
}

const LAGS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const PART_LAGS = [1, 2, 3, 4];
const PARTS = 4;
const WAVES = [2, 2.5, 3, 3.5, 4, 5, 6, 7, 9, 12];
const REACH = 4;
const PAUSES_MS = [500, 1000] as const;

/** Order of the intervals of one or several stretches. */
export function rankFeatures(stretches: readonly Intervals[]): number[] {
  const ranked = stretches.map((stretch) => ({ ...stretch, rank: ranks(stretch.intervalMs) }));
  return [
    ...LAGS.map((lag) => known(ranked.map(({ rank }) => autocorrelation(rank, lag)))),
    ...PART_LAGS.flatMap((lag) => partPairs(ranked, lag)),
    ...partTriples(ranked),
    ...WAVES.map((wave) => known(ranked.map(({ rank }) => strength(rank, wave)))),
    ...runFeatures(ranked),
    ...aroundFeatures(ranked),
    ...skew(ranked),
  ];
}

interface Ranked extends Intervals {
  rank: readonly number[];
}

/** Rank of each value among all, 0 to 1; equal values share theirs. */
export function ranks(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  return values.map((value) => {
    let [below, upTo] = [0, 0];
    for (const other of sorted) {
      if (other < value) below += 1;
      if (other <= value) upTo += 1;
    }
    return (below + upTo) / 2 / values.length;
  });
}

function known(values: readonly number[]): number {
  return mean(values.filter((value) => !Number.isNaN(value)));
}

function partOf(rank: number, parts: number): number {
  return Math.min(parts - 1, Math.floor(rank * parts));
}

/** How often each quarter of the ranks follows each, so many intervals later. */
function partPairs(stretches: readonly Ranked[], lag: number): number[] {
  const counts = new Array<number>(PARTS * PARTS).fill(0);
  for (const { rank } of stretches) {
    for (let at = lag; at < rank.length; at += 1)
      counts[partOf(rank[at - lag]!, PARTS) * PARTS + partOf(rank[at]!, PARTS)]! += 1;
  }
  return shares(counts);
}

function partTriples(stretches: readonly Ranked[]): number[] {
  const counts = new Array<number>(27).fill(0);
  for (const { rank } of stretches) {
    const parts = rank.map((value) => partOf(value, 3));
    for (let at = 2; at < parts.length; at += 1)
      counts[parts[at - 2]! * 9 + parts[at - 1]! * 3 + parts[at]!]! += 1;
  }
  return shares(counts);
}

function shares(counts: readonly number[]): number[] {
  const total = Math.max(
    1,
    counts.reduce((sum, count) => sum + count, 0),
  );
  return counts.map((count) => count / total);
}

/** How strongly ranks swing with a wave of so many intervals. */
function strength(rank: readonly number[], wave: number): number {
  if (rank.length < 8) return NaN;
  let [real, imaginary] = [0, 0];
  rank.forEach((value, index) => {
    real += (value - 0.5) * Math.cos((2 * Math.PI * index) / wave);
    imaginary += (value - 0.5) * Math.sin((2 * Math.PI * index) / wave);
  });
  return Math.log(0.05 + (real * real + imaginary * imaginary) / rank.length);
}

/** Stretches above and below the middle, and how far the longest lie apart. */
function runFeatures(stretches: readonly Ranked[]): number[] {
  const above: number[] = [];
  const below: number[] = [];
  const distances: number[] = [];
  const changes: number[] = [];
  for (const { rank } of stretches) {
    let run = 0;
    rank.forEach((value, index) => {
      run += 1;
      const next = rank[index + 1];
      if (next !== undefined && next >= 0.5 === value >= 0.5) return;
      (value >= 0.5 ? above : below).push(run);
      run = 0;
    });
    const longest = rank.flatMap((value, index) => (value >= 0.8 ? [index] : []));
    distances.push(...longest.slice(1).map((at, index) => at - longest[index]!));
    changes.push(...rank.slice(1).map((value, index) => Math.abs(value - rank[index]!)));
  }
  return [
    mean(above),
    mean(below),
    deviation(above),
    deviation(below),
    ...[1, 2, 3, 4, 5, 6, 7].map((distance) => share(distances, (value) => value === distance)),
    mean(distances),
    deviation(distances),
    mean(changes),
    deviation(changes),
    share(changes, (change) => change < 0.1),
    share(changes, (change) => change > 0.6),
  ];
}

/** Mean rank of the intervals before and after pauses, the longest and the shortest of them, and corrections. */
function aroundFeatures(stretches: readonly Ranked[]): number[] {
  const events: ((stretch: Ranked, at: number) => boolean)[] = [
    ...PAUSES_MS.map((limitMs) => (stretch: Ranked, at: number) => stretch.intervalMs[at]! >= limitMs),
    ({ rank }, at) => rank[at]! >= 0.85,
    ({ rank }, at) => rank[at]! <= 0.15,
    ({ keyClass }, at) => keyClass[at + 1] === 'backspace' && keyClass[at] !== 'backspace',
    ({ keyClass }, at) => keyClass[at] === 'backspace' && keyClass[at + 1] !== 'backspace',
  ];
  return events.flatMap((isEvent) => {
    const around = Array.from({ length: 2 * REACH + 1 }, (): number[] => []);
    for (const stretch of stretches) {
      stretch.rank.forEach((_value, at) => {
        if (!isEvent(stretch, at)) return;
        for (let off = -REACH; off <= REACH; off += 1) {
          const rank = stretch.rank[at + off];
          if (rank !== undefined) around[off + REACH]!.push(rank);
        }
      });
    }
    return around.map(mean);
  });
}

/** Whether ranks climb slowly and fall at once, or the other way round. */
function skew(stretches: readonly Ranked[]): number[] {
  const changes = stretches.flatMap(({ rank }) => rank.slice(1).map((value, index) => value - rank[index]!));
  return [mean(changes.map((change) => change ** 3)), share(changes, (change) => change > 0)];
}
