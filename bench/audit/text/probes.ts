/**
 * Identified typings -> what an attacker is shown: the product's own rhythms, or more than it would ever send.
 *
 * Runs in the text audit. Levels are applied by `src/anonymize/protect-typing.ts`, never by a copy. Where a piece lies
 * is found by protecting a run whose intervals count its keys, with the same randomness.
 */
import type { RhythmRule, UnlinkedLevel } from '../../../src/anonymize/levels.ts';
import { RHYTHM_RULES } from '../../../src/anonymize/levels.ts';
import { protectPiece, protectTyping, type RhythmContent } from '../../../src/anonymize/protect-typing.ts';
import { RAW_KEY_CLASSES, type RawTypingRun } from '../../../src/capture/fragments.ts';
import type { Random } from '../../../src/trace/random.ts';
import type { Identified } from './candidates.ts';

/** What is shown of the times: a level of the product, or all. */
export type ShownLevel = 'raw' | UnlinkedLevel;

/** Consecutive keys that an attacker is shown. */
export interface Piece {
  /** Which key of the typing is the first. */
  firstKey: number;
  isChar: boolean[];
  /** Never in a record: shown for scale. */
  isSpace: boolean[];
  /** Time before each key but the first as a symbol: which level, or how long beside the piece's median. */
  symbol: number[];
}

const SPACE = RAW_KEY_CLASSES.indexOf('space');
const RAW_STEP_LOG = 0.15;
const RAW_SYMBOLS = 25;
const LONGEST_RULED_RUN = 2000;

/** A rule under which the time before a key is the key's number in its run. */
const RULER: RhythmRule = {
  levels: { any: [0] },
  rankBelowMs: 0,
  ceilingMs: Infinity,
  longPausesMs: Array.from({ length: LONGEST_RULED_RUN }, (_, key) => ({ below: key + 1, becomesMs: key })),
};

/** How many different symbols pieces of a level have. */
export function symbolCount(level: ShownLevel): number {
  return level === 'raw' ? RAW_SYMBOLS : levelTimes(level).length;
}

/** The records that the product makes of a typing, run by run. */
export function recordPieces(identified: Identified, level: ShownLevel, random: Random): Piece[][] {
  return identified.typed.runs.map(({ run, firstKey }) => {
    const { random: taped, replay } = tape(random);
    const rhythms = protectTyping(run, level === 'raw' ? 'balanced' : level, taped);
    const starts = pieceStarts(run.keyClass.length, level === 'raw' ? 'balanced' : level, replay());
    return rhythms.map((rhythm, index) => {
      const from = starts[index]!.from;
      return pieceOf(rhythm, run, firstKey, from, level);
    });
  });
}

/** The whole typing as one piece, as if a record had no limit of length. */
export function wholePiece(identified: Identified, level: ShownLevel, random: Random): Piece {
  const { typed } = identified;
  const run: RawTypingRun = {
    kind: 'typingRun',
    atMs: 0,
    keyClass: typed.keyClass,
    downMs: typed.downMs,
    holdMs: typed.keyClass.map(() => -1),
  };
  const rule = RHYTHM_RULES[level === 'raw' ? 'balanced' : level];
  return pieceOf(protectPiece(run, [0, run.keyClass.length], rule, random), run, 0, 0, level);
}

/** Where the product lays pieces in a run of so many keys: first key and count. */
export function pieceStarts(
  keyCount: number,
  level: UnlinkedLevel,
  random: Random,
): { from: number; keys: number }[] {
  const numbered: RawTypingRun = {
    kind: 'typingRun',
    atMs: 0,
    keyClass: new Array<number>(keyCount).fill(0),
    downMs: Array.from({ length: keyCount }, (_, key) => (key * (key + 1)) / 2),
    holdMs: new Array<number>(keyCount).fill(-1),
  };
  return protectTyping(numbered, level, random, RULER).map(({ intervalMs }) => ({
    from: intervalMs[0]! - 1,
    keys: intervalMs.length + 1,
  }));
}

function pieceOf(
  rhythm: RhythmContent,
  run: RawTypingRun,
  runFirstKey: number,
  from: number,
  level: ShownLevel,
): Piece {
  const keys = rhythm.keyClass.length;
  return {
    firstKey: runFirstKey + from,
    isChar: rhythm.keyClass.map((keyClass) => keyClass === 'char'),
    isSpace: run.keyClass.slice(from, from + keys).map((index) => index === SPACE),
    symbol:
      level === 'raw'
        ? rawSymbols(run.downMs.slice(from, from + keys))
        : [-1, ...rhythm.intervalMs.map((ms) => levelTimes(level).indexOf(ms))],
  };
}

function rawSymbols(downMs: readonly number[]): number[] {
  const logs = downMs.slice(1).map((ms, index) => Math.log(Math.max(5, ms - downMs[index]!)));
  const middle = [...logs].sort((one, other) => one - other)[logs.length >> 1] ?? 0;
  const steps = logs.map((log) => Math.round((log - middle) / RAW_STEP_LOG) + (RAW_SYMBOLS >> 1));
  return [-1, ...steps.map((step) => Math.min(RAW_SYMBOLS - 1, Math.max(0, step)))];
}

const LEVEL_TIMES = new Map<UnlinkedLevel, number[]>();

/** All times that records of a level can hold, in order. */
function levelTimes(level: UnlinkedLevel): number[] {
  const known = LEVEL_TIMES.get(level);
  if (known) return known;
  const rule = RHYTHM_RULES[level];
  const ranked = Object.values(rule.levels).flatMap((times) =>
    times.map((ms) => Math.min(ms, rule.ceilingMs)),
  );
  const times = [...new Set([...ranked, ...rule.longPausesMs.map((pause) => pause.becomesMs)])];
  times.sort((one, other) => one - other);
  LEVEL_TIMES.set(level, times);
  return times;
}

/** Randomness that can be had once more from its beginning. */
function tape(random: Random): { random: Random; replay: () => Random } {
  const drawn: number[] = [];
  return {
    random: () => {
      const value = random();
      drawn.push(value);
      return value;
    },
    replay: () => {
      let place = 0;
      return () => drawn[place++] ?? random();
    },
  };
}
