/**
 * Raw typing run -> rhythms: short pieces from inside the run, their timing mapped to the population.
 *
 * Pure, in the background. Never the run's beginning or end, never two neighbouring pieces: so pieces cannot be
 * put together again, and where a text starts or stops is not in the data.
 */
import { RAW_KEY_CLASSES, type RawKeyClass, type RawTypingRun } from '../capture/fragments.ts';
import { MAX_RHYTHM_KEYS, MIN_RHYTHM_KEYS, type KEY_CLASSES } from '../trace/limits.ts';
import type { Rhythm } from '../trace/rhythm.ts';
import { MIN_RANKED_INTERVALS, RHYTHM_RULES, type RhythmRule, type UnlinkedLevel } from './levels.ts';
import { randomInt, type Random } from '../trace/random.ts';

export type RhythmContent = Omit<Rhythm, 'recordId' | 'recordedOn'>;
type MergedClass = (typeof KEY_CLASSES)[number];

const MERGED: Record<RawKeyClass, MergedClass> = {
  letter: 'char',
  digit: 'char',
  punctuation: 'char',
  space: 'char',
  backspace: 'backspace',
  enter: 'enter',
  navigation: 'navigation',
};

/** Keys left out between two pieces: at least this many, and up to `GAP_SPREAD_KEYS` more. */
const MIN_GAP_KEYS = 8;
const GAP_SPREAD_KEYS = 16;
/** A run's first piece begins within so many keys: as many as a piece and the longest gap have. */
const START_SPREAD_KEYS = MAX_RHYTHM_KEYS + MIN_GAP_KEYS + GAP_SPREAD_KEYS;

/**
 * The rhythms that a typing run becomes: none for a short one.
 *
 * @param rule the level's own, but for the audit that looks for better ones.
 */
export function protectTyping(
  raw: RawTypingRun,
  level: UnlinkedLevel,
  random: Random,
  rule: RhythmRule = RHYTHM_RULES[level],
): RhythmContent[] {
  return pieces(raw.keyClass.length, random).map((piece) => protectPiece(raw, piece, rule, random));
}

/** The keys of a run from one (inclusive) to another (exclusive), their times mapped: what a record holds of them. */
export function protectPiece(
  raw: RawTypingRun,
  [from, to]: readonly [number, number],
  rule: RhythmRule,
  random: Random,
): RhythmContent {
  const keyClass = raw.keyClass.slice(from, to).map((index) => MERGED[RAW_KEY_CLASSES[index]!]);
  const intervals = raw.downMs
    .slice(from, to)
    .map((downMs, index, downs) => Math.max(0, downMs - (downs[index - 1] ?? downMs)));
  return { kind: 'rhythm', keyClass, intervalMs: mapIntervals(keyClass, intervals.slice(1), rule, random) };
}

/**
 * Where pieces lie in a run: from (inclusive) and to (exclusive).
 *
 * The first begins anywhere that leaves it whole: who knows how pieces are laid and guesses the text still does not know
 * its place. A random number of keys is left out at the end too: a piece that is shorter than the longest ends where its
 * run does, so its end would else be that of the run but for one key.
 */
function pieces(keyCount: number, random: Random): [number, number][] {
  const found: [number, number][] = [];
  const [first, end] = bounds(keyCount, random);
  let from = first;
  while (end - from >= MIN_RHYTHM_KEYS) {
    const to = Math.min(end, from + MAX_RHYTHM_KEYS);
    found.push([from, to]);
    from = to + MIN_GAP_KEYS + randomInt(random, GAP_SPREAD_KEYS + 1);
  }
  return found;
}

/** Where the first piece begins, and where the last must have ended; the first and last key are always left out. */
function bounds(keyCount: number, random: Random): [from: number, end: number] {
  const roomKeys = keyCount - 2 - MAX_RHYTHM_KEYS;
  if (roomKeys > 0) {
    const from = 1 + randomInt(random, Math.min(roomKeys, START_SPREAD_KEYS) + 1);
    return [from, Math.max(from + MAX_RHYTHM_KEYS, keyCount - 1 - randomInt(random, MIN_GAP_KEYS))];
  }
  const spareKeys = Math.max(0, keyCount - 2 - MIN_RHYTHM_KEYS);
  const leftOut = [0, 1].map(() => randomInt(random, MIN_GAP_KEYS));
  const scale = Math.min(1, spareKeys / Math.max(1, leftOut[0]! + leftOut[1]!));
  return [1 + Math.floor(leftOut[0]! * scale), keyCount - 1 - Math.floor(leftOut[1]! * scale)];
}

/** Each interval as a level of the population: its rank among those of the same pair of classes in the piece. */
function mapIntervals(
  keyClass: readonly MergedClass[],
  intervals: readonly number[],
  rule: RhythmRule,
  random: Random,
): number[] {
  const mapped = new Array<number>(intervals.length).fill(0);
  const byPair = new Map<string, number[]>();
  intervals.forEach((intervalMs, index) => {
    if (intervalMs >= rule.rankBelowMs) {
      mapped[index] = rule.longPausesMs.find((pause) => intervalMs < pause.below)!.becomesMs;
      return;
    }
    const pair = `${keyClass[index]!}>${keyClass[index + 1]!}`;
    byPair.set(pair, [...(byPair.get(pair) ?? []), index]);
  });
  for (const [pair, indexes] of byPair) {
    const levels = rule.levels[pair] ?? rule.levels.any;
    const medianMs = levels[(levels.length >> 1) - 1]!;
    // Equal intervals are ranked by chance: their order in the piece would otherwise show.
    const tieBreaker = new Map(indexes.map((index) => [index, random()]));
    const ranked = [...indexes].sort(
      (one, other) => intervals[one]! - intervals[other]! || tieBreaker.get(one)! - tieBreaker.get(other)!,
    );
    ranked.forEach((index, rank) => {
      const levelMs =
        ranked.length < MIN_RANKED_INTERVALS
          ? medianMs
          : levels[Math.floor(((rank + 0.5) * levels.length) / ranked.length)]!;
      mapped[index] = Math.min(rule.ceilingMs, levelMs);
    });
  }
  return mapped;
}
