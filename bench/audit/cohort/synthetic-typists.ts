/**
 * Synthetic typists: people with habits of their own typing sentences of one common pool, for audits without data.
 *
 * Runs in the audit and its tests. A press-to-press time is the product of: the person's pace, drifting from
 * sentence to sentence; the pair of characters, mostly alike for all (as the keyboard is) and partly the person's
 * own; boundaries of words, the rarer the word the slower; correlated noise; pauses to read or think. A hold time
 * depends on person, class and character. Mistakes are noticed late and taken back, or not at all. Means and spreads
 * of people follow those measured on 400 people of the Aalto 136M keystrokes study. It must never be mistaken for
 * people: its figures show that an audit works, not how safe a level is.
 */
import { randomInt, randomNormal, shuffled, type Random } from '../../../src/trace/random.ts';
import type { KeySession } from './sessions.ts';
import {
  CHARACTERS,
  DIGIT,
  PUNCTUATION,
  SPACE,
  pseudoSentences,
  type PseudoSentence,
} from './synthetic-sentences.ts';

/** How many people type how many sentences, of a pool of how many. */
export interface TypistOptions {
  people: number;
  sentencesEach: number;
  random: Random;
  /** Sentences that people draw from. */
  pool?: number;
}

const LETTER_CLASS = 0;
const BACKSPACE_CLASS = 3;
const MODIFIER_CLASS = 5;
const CLASS_OF: Record<number, number> = { [DIGIT]: 1, [SPACE]: 2, [PUNCTUATION]: 7 };
const CLASSES = 8;
const POOL = 1500;
const SHORTEST_MS = 8;
const LONGEST_MS = 12_000;

/** How one person types; `log` values are natural logarithms of ms, or of factors. */
interface Typist {
  paceLog: number;
  driftLogSd: number;
  noiseLogSd: number;
  noiseCorrelation: number;
  /** How strongly the pair of characters shows. */
  pairGain: number;
  ownPairLog: Float64Array;
  wordStartLog: number;
  rareWordLog: number;
  beforeSpaceLog: number;
  otherClassLog: readonly number[];
  pauseShare: number;
  pauseLog: number;
  holdLog: number;
  holdNoiseLogSd: number;
  classHoldLog: readonly number[];
  characterHoldLog: Float64Array;
  mistakeShare: number;
  noticeShare: number;
  noticeLog: number;
  takeBackLog: number;
  shiftLeadLog: number;
}

/** The sessions of all people, person by person; the same for the same randomness. */
export function syntheticTypists(options: TypistOptions): KeySession[] {
  const { people, sentencesEach, random } = options;
  const pool = pseudoSentences(options.pool ?? POOL, random);
  if (sentencesEach > pool.length)
    throw new RangeError(`syntheticTypists: ${sentencesEach} sentences each, but a pool of ${pool.length}`);
  const commonPairLog = normals(CHARACTERS * CHARACTERS, 0.27, random);
  return Array.from({ length: people }, (_, person) => {
    const typist = drawTypist(random);
    return shuffled(pool, random)
      .slice(0, sentencesEach)
      .map((text, sentence) => ({ person, sentence, ...typed(text, typist, commonPairLog, random) }));
  }).flat();
}

function drawTypist(random: Random): Typist {
  const normal = (mean: number, sd: number) => mean + sd * randomNormal(random);
  const paceLog = normal(5.0, 0.27);
  return {
    paceLog,
    driftLogSd: Math.exp(normal(-2.6, 0.3)),
    noiseLogSd: Math.exp(normal(-1.13, 0.15)),
    noiseCorrelation: Math.max(0, normal(0.15, 0.08)),
    pairGain: Math.max(0.3, normal(1, 0.2)),
    ownPairLog: normals(CHARACTERS * CHARACTERS, 0.14, random),
    wordStartLog: Math.max(-0.1, normal(0.2, 0.2)),
    rareWordLog: Math.max(0, normal(0.3, 0.15)),
    beforeSpaceLog: normal(-0.1, 0.14),
    otherClassLog: Array.from({ length: CLASSES }, (_, keyClass) =>
      keyClass === LETTER_CLASS ? 0 : normal(keyClass === 1 ? 0.8 : 0.15, 0.22),
    ),
    pauseShare: Math.exp(normal(-3.9, 0.6)),
    pauseLog: normal(6.7, 0.25),
    // Slow typists hold longer.
    holdLog: normal(4.62 + 0.2 * (paceLog - 5), 0.2),
    holdNoiseLogSd: Math.exp(normal(-1.45, 0.18)),
    classHoldLog: Array.from({ length: CLASSES }, () => normal(0, 0.1)),
    characterHoldLog: normals(CHARACTERS, 0.1, random),
    mistakeShare: Math.exp(normal(-3.6, 0.5)),
    noticeShare: Math.min(0.98, Math.max(0.5, normal(0.85, 0.1))),
    noticeLog: normal(5.95, 0.22),
    takeBackLog: normal(5.0, 0.18),
    shiftLeadLog: normal(5.0, 0.35),
  };
}

/** One person types one text. */
function typed(
  text: PseudoSentence,
  typist: Typist,
  commonPairLog: Float64Array,
  random: Random,
): Pick<KeySession, 'keyClass' | 'downMs' | 'holdMs'> {
  const session = { keyClass: [] as number[], downMs: [] as number[], holdMs: [] as number[] };
  const driftLog = typist.driftLogSd * randomNormal(random);
  const freshNoise = Math.sqrt(1 - typist.noiseCorrelation ** 2) * typist.noiseLogSd;
  let noiseLog = 0;
  let clockMs = 0;
  let before = SPACE;

  const press = (keyClass: number, intervalLog: number, holdLog: number) => {
    const isFirst = session.downMs.length === 0;
    clockMs += isFirst ? 0 : Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Math.exp(intervalLog)));
    session.keyClass.push(keyClass);
    session.downMs.push(Math.round(clockMs));
    const heldLog = typist.holdLog + typist.classHoldLog[keyClass]! + holdLog;
    session.holdMs.push(Math.round(Math.exp(heldLog + typist.holdNoiseLogSd * randomNormal(random))));
  };
  const pause = (share: number) =>
    random() < share ? typist.pauseLog - 0.5 * Math.log(1 - random()) : undefined;

  const pressCharacter = (character: number, place: number) => {
    noiseLog = typist.noiseCorrelation * noiseLog + freshNoise * randomNormal(random);
    const pair = before * CHARACTERS + character;
    const keyClass = CLASS_OF[character] ?? LETTER_CLASS;
    const startsWord = before === SPACE;
    const timeLog =
      typist.paceLog +
      driftLog +
      noiseLog +
      typist.pairGain * commonPairLog[pair]! +
      typist.ownPairLog[pair]! +
      (startsWord ? typist.wordStartLog + typist.rareWordLog * text.rarity[place]! : 0) +
      (character === SPACE ? typist.beforeSpaceLog : typist.otherClassLog[keyClass]!);
    const pauseLog = pause(typist.pauseShare * (startsWord ? 4 : 0.7));
    const intervalLog = pauseLog === undefined ? timeLog : Math.max(timeLog, pauseLog);
    if (text.isCapital[place] === true) {
      press(MODIFIER_CLASS, intervalLog, 0.9);
      press(keyClass, typist.shiftLeadLog + noiseLog, typist.characterHoldLog[character]!);
    } else press(keyClass, intervalLog, typist.characterHoldLog[character]!);
    before = character;
  };
  const takeBack = (count: number) => {
    for (let taken = 0; taken < count; taken += 1) {
      const base = taken === 0 ? typist.noticeLog : typist.takeBackLog;
      press(BACKSPACE_CLASS, base + driftLog + 0.28 * randomNormal(random), 0);
    }
  };

  for (let place = 0; place < text.characters.length; place += 1) {
    if (random() >= typist.mistakeShare) {
      pressCharacter(text.characters[place]!, place);
      continue;
    }
    // A wrong letter, and what follows it until it is noticed; unnoticed, a letter is doubled, lost or another.
    if (random() < typist.noticeShare) {
      const seenAfter = Math.min(
        Math.floor(-1.4 * Math.log(1 - random())),
        text.characters.length - place - 1,
      );
      pressCharacter(randomInt(random, 26), place);
      for (let ahead = 1; ahead <= seenAfter; ahead += 1)
        pressCharacter(text.characters[place + ahead]!, place + ahead);
      takeBack(1 + seenAfter);
      pressCharacter(text.characters[place]!, place);
    } else {
      const kind = randomInt(random, 3);
      if (kind !== 0) pressCharacter(text.characters[place]!, place);
      if (kind === 2) pressCharacter(text.characters[place]!, place);
    }
  }
  return session;
}

function normals(count: number, sd: number, random: Random): Float64Array {
  return Float64Array.from({ length: count }, () => sd * randomNormal(random));
}
