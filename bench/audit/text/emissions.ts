/**
 * What symbol an attacker must expect where a sentence should be slow or fast: learned from other people's pieces.
 *
 * Runs in the text audit. The same protection is put on the typing that it is learned from as on what is attacked.
 */
import { shuffled, type Random } from '../../../src/trace/random.ts';
import type { Identified } from './candidates.ts';
import type { Piece } from './probes.ts';
import { CLIP_LOG, type Template } from './timing-model.ts';

/** What a piece tells, with corrections taken back: the attacker sees which keys were backspaces. */
export interface Evidence {
  /** Keys of the piece. */
  keys: number;
  /** How far the piece gets in the text. */
  advance: number;
  /** How many places it needs from its first on. */
  reach: number;
  /** How many places it needs before its first. */
  behind: number;
  /** Usable times: before which place, counted from the one that the first key writes, and which symbol. */
  clueAdvance: Int32Array;
  clueSymbol: Int32Array;
  /** The same places as stretches: first and one past the last of each, in turn. */
  stretches: Int32Array;
  /** Characters that stay: at which place, and whether they are spaces (which no record tells). */
  markAdvance: Int32Array;
  markIsSpace: Uint8Array;
}

/**
 * Log odds of each symbol beside how often it is anywhere: first by symbol, then by row (`expectedRows`) less the mean
 * step of the piece.
 */
export type Emissions = Float64Array;

const STEP_LOG = 0.06;
/** Steps that an expectation can lie above or below its piece's mean: the whole range of templates. */
const STEPS = Math.ceil((CLIP_LOG.most - CLIP_LOG.least) / STEP_LOG);
const BINS = 2 * STEPS + 1;
/** Lowest number of people in each class of how well a place is known. */
const SUPPORT = [0, 1, 2, 4] as const;
/** Rows of one symbol. */
export const ROWS = SUPPORT.length * BINS;
/** How much neighbouring steps tell of each other, by distance. */
const KERNEL = [1, 0.9, 0.7, 0.45, 0.25] as const;
/** Times that count as having shown every symbol as often as it is shown anywhere. */
const SMOOTHING = 30;

/** What is expected of each place as its row in the tables, were the piece's mean 0. */
export interface Expected {
  row: Int32Array;
  /** Sum of the steps of all places before each. */
  stepsBefore: Int32Array;
}

/** A template in the steps of the tables. */
export function expectedOf({ logTime, supporters }: Template): Expected {
  const step = Int32Array.from(logTime, (log) =>
    Math.round(Math.min(CLIP_LOG.most, Math.max(CLIP_LOG.least, log)) / STEP_LOG),
  );
  const row = step.map((own, place) => {
    const support = SUPPORT.findLastIndex((least) => supporters[place]! >= least);
    return support * BINS + STEPS + own;
  });
  const stepsBefore = new Int32Array(step.length + 1);
  step.forEach((own, place) => (stepsBefore[place + 1] = stepsBefore[place]! + own));
  return { row, stepsBefore };
}

/**
 * Reads a piece.
 *
 * @param told places of its keys counted from the first, if the attacker is told; else they follow from the keys.
 */
export function readPiece(piece: Piece, told?: readonly number[]): Evidence {
  const { places, advance } = told ? { places: told, advance: 0 } : countPlaces(piece);
  const marks = [...places.keys()].filter((key) => !Number.isNaN(places[key]!));
  // A time tells of its place only if the key before wrote the place before.
  const clues = marks.filter((key) => key > 0 && places[key - 1] === places[key]! - 1);
  return {
    keys: piece.isChar.length,
    advance,
    reach: 1 + marks.reduce((most, key) => Math.max(most, places[key]!), 0),
    behind: Math.max(0, 1 - clues.reduce((least, key) => Math.min(least, places[key]!), 1)),
    clueAdvance: Int32Array.from(clues, (key) => places[key]!),
    clueSymbol: Int32Array.from(clues, (key) => piece.symbol[key]!),
    stretches: stretchesOf(clues.map((key) => places[key]!)),
    markAdvance: Int32Array.from(marks, (key) => places[key]!),
    markIsSpace: Uint8Array.from(marks, (key) => Number(piece.isSpace[key])),
  };
}

/** The same evidence with its times in another order. */
export function withShuffledTimes(evidence: Evidence, random: Random): Evidence {
  return { ...evidence, clueSymbol: Int32Array.from(shuffled([...evidence.clueSymbol], random)) };
}

/** Place of each key counted from the first's, NaN for those that write nothing that stays. */
function countPlaces(piece: Piece): { places: number[]; advance: number } {
  const places: number[] = [];
  const standing: number[] = [];
  let advance = 0;
  piece.isChar.forEach((isChar, key) => {
    places.push(isChar ? advance : NaN);
    advance += isChar ? 1 : -1;
    if (isChar) standing.push(key);
    else {
      const taken = standing.pop();
      if (taken !== undefined) places[taken] = NaN;
    }
  });
  return { places, advance };
}

/** Places of a piece's keys in its sentence, NaN for those that write nothing that stays. */
export function truePlaces(identified: Identified, piece: Piece): number[] {
  return identified.placeOfKey
    .slice(piece.firstKey, piece.firstKey + piece.isChar.length)
    .map((place) => (place < 0 ? NaN : place));
}

/** Learns from pieces whose places are known; what is expected must not rest on the piece's own typist. */
export function learnEmissions(
  known: Iterable<{ identified: Identified; piece: Piece; expected: Expected }>,
  symbols: number,
): Emissions {
  const counts = new Float64Array(symbols * ROWS);
  const any = new Float64Array(symbols).fill(1);
  for (const { identified, piece, expected } of known) {
    const evidence = readPiece(piece, truePlaces(identified, piece));
    const { clueAdvance, clueSymbol } = evidence;
    const mean = meanStep(expected, evidence, 0);
    clueAdvance.forEach((place, clue) => {
      const symbol = clueSymbol[clue]!;
      counts[symbol * ROWS + expected.row[place]! - mean]! += 1;
      any[symbol]! += 1;
    });
  }
  return logOddsOf(counts, any);
}

/** Mean of what is expected of a piece's times, its first key writing this place. */
export function meanStep(
  { stepsBefore }: Expected,
  { stretches, clueAdvance }: Evidence,
  from: number,
): number {
  let sum = 0;
  for (let index = 0; index < stretches.length; index += 2)
    sum += stepsBefore[from + stretches[index + 1]!]! - stepsBefore[from + stretches[index]!]!;
  return clueAdvance.length === 0 ? 0 : Math.round(sum / clueAdvance.length);
}

function stretchesOf(places: readonly number[]): Int32Array {
  const found: number[] = [];
  for (const place of places) {
    if (found.at(-1) === place) found[found.length - 1] = place + 1;
    else found.push(place, place + 1);
  }
  return Int32Array.from(found);
}

function logOddsOf(counts: Float64Array, any: Float64Array): Emissions {
  const total = any.reduce((sum, count) => sum + count, 0);
  const smooth = new Float64Array(counts.length);
  const rowTotal = new Float64Array(ROWS);
  counts.forEach((count, index) => {
    const row = index % ROWS;
    const bin = row % BINS;
    for (let other = Math.max(0, bin - 4); other <= Math.min(BINS - 1, bin + 4); other += 1) {
      const shared = KERNEL[Math.abs(other - bin)]! * count;
      smooth[index + other - bin]! += shared;
      rowTotal[row + other - bin]! += shared;
    }
  });
  return smooth.map((count, index) => {
    const share = any[Math.floor(index / ROWS)]! / total;
    return Math.log((count + SMOOTHING * share) / (rowTotal[index % ROWS]! + SMOOTHING) / share);
  });
}
