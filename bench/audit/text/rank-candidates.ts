/**
 * How well a candidate sentence explains a piece, at a place or at all places it could be from.
 *
 * Runs in the text audit, as the attacker. Scores are log likelihood ratios to a sentence that says nothing.
 */
import { RAW_KEY_CLASSES } from '../../../src/capture/fragments.ts';
import type { Candidate } from './candidates.ts';
import { meanStep, ROWS, type Emissions, type Evidence, type Expected } from './emissions.ts';

const SPACE = String(RAW_KEY_CLASSES.indexOf('space'));
/** Log odds against a space where the sentence has none, or none where it has one: mistakes left in. */
const SPACE_PENALTY = 5;
/** Keys between two pieces of a run. */
const GAP = { least: 2, most: 24 } as const;

/** Terms this much below the largest add nothing to a sum. */
const NEGLIGIBLE = 25;

/** A score that nothing makes up for. */
export const IMPOSSIBLE = -1e9;

/** A sentence and what is expected of its times. */
export interface KnownSentence {
  candidate: Candidate;
  expected: Expected;
}

/** Which part of the evidence the attacker uses. */
export type Reading = 'times' | 'spaces' | 'nothing';

/** Log likelihood ratio of a piece, its first key writing this place of a sentence. */
export function scoreAt(
  from: number,
  evidence: Evidence,
  { candidate, expected }: KnownSentence,
  emissions: Emissions,
  reading: Reading,
): number {
  let score = 0;
  if (reading === 'spaces') {
    const { markAdvance, markIsSpace } = evidence;
    for (let mark = 0; mark < markAdvance.length; mark += 1) {
      const isSpace = candidate.text[from + markAdvance[mark]!] === SPACE;
      if (isSpace !== (markIsSpace[mark] === 1)) score -= SPACE_PENALTY;
    }
  }
  if (reading === 'times') {
    const { clueAdvance, clueSymbol } = evidence;
    const { row } = expected;
    // A plain loop: this runs a thousand million times.
    const mean = meanStep(expected, evidence, from);
    const clues = clueAdvance.length;
    for (let clue = 0; clue < clues; clue += 1)
      score += emissions[clueSymbol[clue]! * ROWS + row[from + clueAdvance[clue]!]! - mean]!;
  }
  return score;
}

/** The same at each place that the piece can be from; impossible where it would begin before the sentence. */
export function scoresByPlace(
  evidence: Evidence,
  known: KnownSentence,
  emissions: Emissions,
  reading: Reading,
): Float64Array {
  const scores = new Float64Array(Math.max(0, known.candidate.text.length - evidence.reach + 1));
  if (reading === 'nothing') return scores;
  for (let from = 0; from < scores.length; from += 1)
    scores[from] = from < evidence.behind ? IMPOSSIBLE : scoreAt(from, evidence, known, emissions, reading);
  return scores;
}

/** Of the pieces of one run in their order, or of one: the mixture over all places they could be from. */
export function mixtureScore(
  pieces: readonly { scores: Float64Array; advance: number }[],
  prior: Float64Array,
): number {
  let reached = prior;
  for (const { scores, advance } of pieces.slice(0, -1)) reached = afterGap(scores, reached, advance);
  const { most, upTo } = sumsUpTo(pieces.at(-1)!.scores, reached);
  return most + Math.log(upTo.at(-1)!);
}

/** The places that the next piece can be from, once this one is from a place. */
function afterGap(scores: Float64Array, reached: Float64Array, advance: number): Float64Array {
  const { most, upTo } = sumsUpTo(scores, reached);
  const last = upTo.length - 1;
  const sumTo = (place: number) => upTo[Math.min(last, Math.max(0, place))]!;
  const width = GAP.most - GAP.least + 1;
  return Float64Array.from({ length: Math.max(0, last + advance + GAP.most) }, (_, place) => {
    const sum = sumTo(place - advance - GAP.least + 1) - sumTo(place - advance - GAP.most);
    return sum > 0 ? most + Math.log(sum / width) : IMPOSSIBLE;
  });
}

/** Two columns of logarithms added: the largest sum, and beside it what all places before each come to. */
function sumsUpTo(scores: Float64Array, reached: Float64Array): { most: number; upTo: Float64Array } {
  const places = Math.min(scores.length, reached.length);
  const upTo = new Float64Array(places + 1);
  let most = IMPOSSIBLE;
  for (let place = 0; place < places; place += 1) most = Math.max(most, scores[place]! + reached[place]!);
  for (let place = 0; place < places; place += 1) {
    const beside = scores[place]! + reached[place]! - most;
    // An exponential costs more than to see that it is nothing.
    upTo[place + 1] = upTo[place]! + (beside > -NEGLIGIBLE && most > IMPOSSIBLE ? Math.exp(beside) : 0);
  }
  return { most, upTo };
}
