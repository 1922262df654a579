/**
 * Pseudo-sentences for the synthetic typists: words that are random strings, drawn as a language draws its words.
 *
 * Runs in the audit, where no recorded data is at hand. The letters exist so that timing can depend on them, as it
 * does for people; no session holds them.
 */
import { randomInt, randomNormal, type Random } from '../../../src/trace/random.ts';

/** Letters are 0 to 25; the others are told by these. */
export const SPACE = 26;
export const PUNCTUATION = 27;
export const DIGIT = 28;
/** How many different characters a sentence can have. */
export const CHARACTERS = 29;

/** One sentence as a typist sees it. */
export interface PseudoSentence {
  characters: readonly number[];
  isCapital: readonly boolean[];
  /** How rare the word is that each character is of, 0 for the commonest to 1. */
  rarity: readonly number[];
}

const WORDS = 2500;
/** Shares of letters in English text, per mille, from a to z (Lewand, 2000). */
const LETTER_WEIGHTS = [
  82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1,
];
const CAPITAL_SHARE = 0.04;
const COMMA_SHARE = 0.05;
const NUMBER_SHARE = 0.02;

/** As many sentences as asked for, from one list of words, the same for the same randomness. */
export function pseudoSentences(count: number, random: Random): PseudoSentence[] {
  const words = Array.from({ length: WORDS }, (_, rank) => pseudoWord(rank, random));
  return Array.from({ length: count }, () => pseudoSentence(words, random));
}

/** Common words are short (Zipf's law of abbreviation). */
function pseudoWord(rank: number, random: Random): number[] {
  const meanLength = 2.2 + 0.62 * Math.log(1 + rank);
  const length = Math.max(1, Math.min(14, Math.round(meanLength + 1.4 * randomNormal(random))));
  return Array.from({ length }, () => drawn(LETTER_WEIGHTS, random));
}

function pseudoSentence(words: readonly number[][], random: Random): PseudoSentence {
  const sentence = { characters: [] as number[], isCapital: [] as boolean[], rarity: [] as number[] };
  const write = (character: number, isCapital: boolean, rarity: number) => {
    sentence.characters.push(character);
    sentence.isCapital.push(isCapital);
    sentence.rarity.push(rarity);
  };
  const wordCount = 3 + randomInt(random, 12);
  for (let place = 0; place < wordCount; place += 1) {
    // Log-uniform ranks follow Zipf's law.
    const rank = Math.floor(WORDS ** random()) - 1;
    const rarity = Math.log(1 + rank) / Math.log(WORDS);
    const isNumber = random() < NUMBER_SHARE;
    const word = isNumber ? Array.from({ length: 1 + randomInt(random, 4) }, () => DIGIT) : words[rank]!;
    const startsCapital = !isNumber && (place === 0 || random() < CAPITAL_SHARE);
    word.forEach((character, index) => write(character, startsCapital && index === 0, rarity));
    if (place === wordCount - 1) break;
    if (random() < COMMA_SHARE) write(PUNCTUATION, false, rarity);
    write(SPACE, false, rarity);
  }
  write(PUNCTUATION, false, 0);
  return sentence;
}

function drawn(weights: readonly number[], random: Random): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  const index = weights.findIndex((weight) => (left -= weight) < 0);
  return index < 0 ? weights.length - 1 : index;
}
