/**
 * How long people take before each place of each candidate sentence, learned from other people's raw typing.
 *
 * Runs in the text audit, as the attacker. Two parts: habits that hold for any text (place in the word, lengths of
 * words, class pairs, capitals, place in the sentence), added up; and how much slower or faster than these the others
 * were at that very place, shrunk by how few they were.
 */
import { RAW_KEY_CLASSES } from '../../../src/capture/fragments.ts';
import type { Candidate, Identified } from './candidates.ts';

/** Expected log time before each place of a candidate, and how many people it rests on. */
export interface Template {
  logTime: Float64Array;
  supporters: Uint8Array;
}

/** What was learned; a typing that it was learned from can be taken out of its sentence's template. */
export interface TimingModel {
  template: (candidate: number, without?: Identified) => Template;
}

/** Log time before each place, beside the typing's median: NaN where the keys before and after are not known. */
type PlaceTimes = Float64Array;

const SPACE = String(RAW_KEY_CLASSES.indexOf('space'));
const LETTER = String(RAW_KEY_CLASSES.indexOf('letter'));
/** Times outside count as these: a long pause says little more than a pause. */
export const CLIP_LOG = { least: -1.5, most: 1.2 } as const;
const PASSES = 4;
/** A habit seen this often counts half. */
const HABIT_SHRINKAGE = 10;
const LONGEST_WORD = 15;

/** What a place has of each habit; the codes of one habit never meet another's. */
export function placeHabits(candidate: Candidate): Int32Array[] {
  const { text, isModified } = candidate;
  const words = wordPlaces(text);
  return Array.from(text, (kind, place) => {
    const { inWord, wordLength, lengthBefore, lengthAfter, word, words: count } = words[place]!;
    const before = text[place - 1] ?? SPACE;
    const isStart = Math.min(2, inWord);
    const capital = Number(isModified[place]);
    const sentencePart = Math.floor((8 * place) / text.length);
    const codes = [
      Number(before) * 10 + Number(kind) + 100 * capital + 200 * Number(text[place + 1] === SPACE),
      wordLength * 20 + inWord,
      lengthBefore * 3 + isStart,
      (kind === SPACE ? lengthAfter : 16 + isStart) + 20 * Number((text[place - 2] ?? LETTER) !== LETTER),
      sentencePart * 4 + (kind === SPACE ? 3 : isStart),
      Math.min(word, 3) * 4 + Math.min(count - 1 - word, 3) * 16 + isStart,
    ];
    return Int32Array.from(codes, (code, habit) => habit * 1000 + code);
  });
}

/** Learns from typings of people whom the attacker may know. */
export function learnTiming(
  typings: readonly Identified[],
  habits: readonly Int32Array[][],
  placeTimes: ReadonlyMap<Identified, PlaceTimes>,
): TimingModel {
  const observed = typings.flatMap((typing) => {
    const times = placeTimes.get(typing)!;
    return Array.from(times, (logTime, place) => ({ candidate: typing.candidate, place, logTime })).filter(
      ({ logTime }) => !Number.isNaN(logTime),
    );
  });
  const effects = learnHabits(observed, habits);
  const usual = habits.map((places) =>
    Float64Array.from(places, (codes) => codes.reduce((sum, code) => sum + effects[code]!, 0)),
  );
  const surplus = usual.map((places) => new Float64Array(places.length));
  const supporters = usual.map((places) => new Uint8Array(places.length));
  for (const { candidate, place, logTime } of observed) {
    surplus[candidate]![place]! += logTime - usual[candidate]![place]!;
    supporters[candidate]![place]! += 1;
  }
  const shrinkage = placeShrinkage(observed, usual, surplus, supporters);

  return {
    template(candidate, without) {
      const own = without && placeTimes.get(without)!;
      const known = supporters[candidate]!.slice();
      const logTime = Float64Array.from(usual[candidate]!, (habit, place) => {
        let sum = surplus[candidate]![place]!;
        if (own && !Number.isNaN(own[place]!)) {
          sum -= own[place]! - habit;
          known[place]! -= 1;
        }
        return habit + sum / (known[place]! + shrinkage);
      });
      return { logTime, supporters: known };
    },
  };
}

/** What one typing tells of each place of its sentence. */
export function timesByPlace({ typed, placeOfKey }: Identified, candidate: Candidate): PlaceTimes {
  const times = new Float64Array(candidate.text.length).fill(NaN);
  placeOfKey.forEach((place, key) => {
    if (key === 0 || place < 1 || placeOfKey[key - 1] !== place - 1) return;
    times[place] = Math.log(Math.max(5, typed.downMs[key]! - typed.downMs[key - 1]!));
  });
  const known = times.filter((logTime) => !Number.isNaN(logTime)).sort();
  const median = known[known.length >> 1] ?? 0;
  return times.map((logTime) => Math.min(CLIP_LOG.most, Math.max(CLIP_LOG.least, logTime - median)));
}

interface Observed {
  candidate: number;
  place: number;
  logTime: number;
}

/** Effects that add up, each fitted to what the others leave (backfitting; Breiman and Friedman, 1985). */
function learnHabits(observed: readonly Observed[], habits: readonly Int32Array[][]): Float64Array {
  const habitCount = habits[0]?.[0]?.length ?? 0;
  const effects = new Float64Array(habitCount * 1000);
  const left = Float64Array.from(observed, ({ logTime }) => logTime);
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (let habit = 0; habit < habitCount; habit += 1) {
      const sum = new Float64Array(1000);
      const count = new Float64Array(1000);
      const codes = observed.map(({ candidate, place }) => habits[candidate]![place]![habit]! % 1000);
      codes.forEach((code, index) => {
        sum[code]! += left[index]! + effects[habit * 1000 + code]!;
        count[code]! += 1;
      });
      const fitted = sum.map((total, code) => total / (count[code]! + HABIT_SHRINKAGE));
      codes.forEach((code, index) => (left[index]! += effects[habit * 1000 + code]! - fitted[code]!));
      effects.set(fitted, habit * 1000);
    }
  }
  return effects;
}

/** How many people count as much as the habits: the variance between people over that between places. */
function placeShrinkage(
  observed: readonly Observed[],
  usual: readonly Float64Array[],
  surplus: readonly Float64Array[],
  supporters: readonly Uint8Array[],
): number {
  let squares = 0;
  let products = 0;
  let pairs = 0;
  for (const { candidate, place, logTime } of observed) {
    const own = logTime - usual[candidate]![place]!;
    squares += own ** 2;
    products += own * (surplus[candidate]![place]! - own);
    pairs += supporters[candidate]![place]! - 1;
  }
  const total = squares / Math.max(1, observed.length);
  const shared = Math.max(0.02 * total, products / Math.max(1, pairs));
  return (total - shared) / shared;
}

function wordPlaces(text: string) {
  const lengths = text.split(SPACE).map((word) => Math.min(LONGEST_WORD, word.length));
  let word = 0;
  let start = 0;
  return Array.from(text, (kind, place) => {
    const found = {
      inWord:
        kind === SPACE ? Math.min(LONGEST_WORD, place - start) : Math.min(LONGEST_WORD - 1, place - start),
      wordLength: lengths[word]!,
      lengthBefore: lengths[word - 1] ?? 0,
      lengthAfter: lengths[word + 1] ?? 0,
      word,
      words: lengths.length,
    };
    if (kind === SPACE) {
      word += 1;
      start = place + 1;
    }
    return found;
  });
}
