/**
 * A stretch of typing as numbers for the attack: tempo, its spread and order, holds, corrections, words.
 *
 * The same for raw typing and for every level; what a level leaves out is missing here too.
 */
import { habitFeatures } from './rhythm-corrections.ts';
import { rankFeatures } from './rhythm-order.ts';
import { autocorrelation, deviation, mean, quantiles, roughness, share, summary } from './statistics.ts';

export interface SeenTyping {
  /** One class name per key, as fine as the level tells them. */
  keyClass: readonly string[];
  /** Press to press, one fewer than keys. */
  intervalMs: readonly number[];
  /** One per key; empty where the level does not tell. */
  holdMs: readonly number[];
}

/** Classes as any level may name them, and what they merge to. */
const MERGED: Record<string, 'char' | 'space' | 'backspace' | 'enter' | 'navigation'> = {
  letter: 'char',
  digit: 'char',
  punctuation: 'char',
  char: 'char',
  space: 'space',
  backspace: 'backspace',
  enter: 'enter',
  navigation: 'navigation',
};
const RAW_CLASSES = ['letter', 'digit', 'punctuation', 'space', 'char', 'backspace', 'enter', 'navigation'];
const PAIRS = [
  'char>char',
  'char>space',
  'space>char',
  'char>backspace',
  'backspace>backspace',
  'backspace>char',
  'backspace>space',
  'space>backspace',
];
/** Fine pairs that raw classes allow. */
const RAW_PAIRS = [
  'letter>punctuation',
  'punctuation>space',
  'punctuation>letter',
  'digit>digit',
  'letter>digit',
];
/** Limits of the interval levels that sequences are read in; the populations' levels fall between them. */
const LEVEL_LIMITS_MS = [90, 115, 138, 160, 188, 228, 300, 500, 1000, 2000];
const BURST_LIMIT_MS = 500;
const MAX_WORD = 10;

/** One or several stretches seen as one; NaN where a feature has no value. */
export function rhythmFeatures(stretches: readonly SeenTyping[]): number[] {
  const classes = stretches.flatMap((stretch) => stretch.keyClass);
  const intervals = stretches.flatMap((stretch) => stretch.intervalMs);
  const logs = intervals.map(logMs);
  return [
    Math.log(classes.length),
    ...summary(logs),
    roughness(logs),
    ...[1, 2, 3, 4, 5].map((lag) =>
      mean(
        stretches
          .map((stretch) => autocorrelation(stretch.intervalMs.map(logMs), lag))
          .filter((value) => !Number.isNaN(value)),
      ),
    ),
    ...[100, 150, 200, 300, 500, 1000, 2000].map((limitMs) => share(intervals, (ms) => ms >= limitMs)),
    ...RAW_CLASSES.map((name) => share(classes, (keyClass) => keyClass === name)),
    ...holdFeatures(stretches),
    ...pairFeatures(stretches),
    ...levelFeatures(stretches),
    ...orderFeatures(stretches),
    ...burstFeatures(stretches),
    ...correctionFeatures(stretches),
    ...wordFeatures(stretches),
    ...rankFeatures(stretches),
    ...habitFeatures(stretches),
  ];
}

function logMs(ms: number): number {
  return Math.log(Math.max(8, ms));
}

function holdFeatures(stretches: readonly SeenTyping[]): number[] {
  const holds = stretches.flatMap((stretch) => stretch.holdMs.filter((ms) => ms >= 0));
  const gaps = stretches.flatMap((stretch) =>
    stretch.holdMs.length === 0
      ? []
      : stretch.intervalMs
          .filter((_ms, index) => stretch.holdMs[index]! >= 0)
          .map((ms, index) => ms - stretch.holdMs[index]!),
  );
  const ofClass = (name: string) =>
    stretches.flatMap((stretch) =>
      stretch.holdMs.filter((ms, index) => ms >= 0 && stretch.keyClass[index] === name),
    );
  return [
    ...summary(holds.map(logMs)),
    roughness(holds.map(logMs)),
    ...quantiles(gaps, [0.1, 0.25, 0.5, 0.75, 0.9]).map((ms) => ms / 100),
    share(gaps, (ms) => ms < 0),
    ...['letter', 'space', 'backspace', 'punctuation'].flatMap((name) => [
      mean(ofClass(name).map(logMs)),
      deviation(ofClass(name).map(logMs)),
    ]),
  ];
}

function pairFeatures(stretches: readonly SeenTyping[]): number[] {
  const byPair = new Map<string, number[]>();
  let count = 0;
  for (const { keyClass, intervalMs } of stretches) {
    intervalMs.forEach((ms, index) => {
      const [from, to] = [keyClass[index]!, keyClass[index + 1]!];
      for (const pair of new Set([`${MERGED[from]!}>${MERGED[to]!}`, `${from}>${to}`])) {
        byPair.set(pair, [...(byPair.get(pair) ?? []), logMs(ms)]);
      }
      count += 1;
    });
  }
  return [...PAIRS, ...RAW_PAIRS].flatMap((pair) => {
    const logs = byPair.get(pair) ?? [];
    return [logs.length / count, mean(logs), deviation(logs), ...quantiles(logs, [0.25, 0.5, 0.75])];
  });
}

function levelOf(ms: number): number {
  const level = LEVEL_LIMITS_MS.findIndex((limitMs) => ms < limitMs);
  return level < 0 ? LEVEL_LIMITS_MS.length : level;
}

/** How often each level of interval follows each: eight levels and one for all that is longer. */
function levelFeatures(stretches: readonly SeenTyping[]): number[] {
  const size = 8;
  const single = new Array<number>(LEVEL_LIMITS_MS.length + 1).fill(0);
  const pairs = new Array<number>(size * size).fill(0);
  for (const { intervalMs } of stretches) {
    const levels = intervalMs.map(levelOf);
    levels.forEach((level, index) => {
      single[level]! += 1;
      const before = levels[index - 1];
      if (before !== undefined) pairs[Math.min(size - 1, before) * size + Math.min(size - 1, level)]! += 1;
    });
  }
  const total = Math.max(
    1,
    single.reduce((sum, value) => sum + value, 0),
  );
  return [...single, ...pairs].map((value) => value / total);
}

/** Which of three and of four successive intervals is longest, next and so on: what ranking cannot take away. */
function orderFeatures(stretches: readonly SeenTyping[]): number[] {
  const shapes = new Map<string, number>();
  const peakDistances: number[] = [];
  let total = 0;
  for (const { intervalMs } of stretches) {
    for (const length of [3, 4]) {
      for (let from = 0; from + length <= intervalMs.length; from += 1) {
        const window = intervalMs.slice(from, from + length);
        const order = window.map(
          (ms, at) => window.filter((other, index) => other < ms || (other === ms && index < at)).length,
        );
        shapes.set(order.join(''), (shapes.get(order.join('')) ?? 0) + 1);
        total += 1;
      }
    }
    const peaks = intervalMs.flatMap((ms, index) =>
      ms > (intervalMs[index - 1] ?? 0) && ms > (intervalMs[index + 1] ?? 0) ? [index] : [],
    );
    peakDistances.push(...peaks.slice(1).map((peak, index) => peak - peaks[index]!));
  }
  return [
    ...[...permutations(3), ...permutations(4)].map((order) => (shapes.get(order) ?? 0) / Math.max(1, total)),
    mean(peakDistances),
    deviation(peakDistances),
    ...[2, 3, 4, 5, 6].map((distance) => share(peakDistances, (value) => value === distance)),
  ];
}

function permutations(length: number): string[] {
  if (length === 1) return ['0'];
  return permutations(length - 1).flatMap((shorter) =>
    Array.from({ length }, (_unused, at) => shorter.slice(0, at) + String(length - 1) + shorter.slice(at)),
  );
}

function burstFeatures(stretches: readonly SeenTyping[]): number[] {
  const bursts = stretches.flatMap(({ intervalMs }) => {
    const lengths = [1];
    for (const ms of intervalMs) {
      if (ms >= BURST_LIMIT_MS) lengths.push(1);
      else lengths[lengths.length - 1]! += 1;
    }
    return lengths;
  });
  return [mean(bursts), deviation(bursts), Math.max(...bursts), bursts.length / stretches.length];
}

function correctionFeatures(stretches: readonly SeenTyping[]): number[] {
  const runs: number[] = [];
  const before: number[] = [];
  let keys = 0;
  for (const { keyClass, intervalMs } of stretches) {
    keyClass.forEach((name, index) => {
      keys += 1;
      if (name !== 'backspace') return;
      if (keyClass[index - 1] === 'backspace') runs[runs.length - 1]! += 1;
      else {
        runs.push(1);
        if (index > 0) before.push(logMs(intervalMs[index - 1]!));
      }
    });
  }
  return [runs.length / keys, mean(runs), Math.max(0, ...runs), mean(before)];
}

/** Interval before each place of a word, by place: only where spaces are told apart. */
function wordFeatures(stretches: readonly SeenTyping[]): number[] {
  const byPlace = Array.from({ length: MAX_WORD }, (): number[] => []);
  const lengths: number[] = [];
  for (const { keyClass, intervalMs } of stretches) {
    let place = -1;
    keyClass.forEach((name, index) => {
      if (name === 'space') {
        if (place > 0) lengths.push(place);
        place = 0;
      } else if (place >= 0) {
        if (index > 0) byPlace[Math.min(place, MAX_WORD - 1)]!.push(logMs(intervalMs[index - 1]!));
        place += 1;
      }
    });
  }
  return [...byPlace.map(mean), ...summary(lengths).slice(0, 2)];
}
