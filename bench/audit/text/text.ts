/**
 * The text audit: can a rhythm tell which of many sentences was typed?
 *
 * Runs on the auditor's computer, on recorded people or synthetic ones. The attacker knows every candidate sentence
 * and has raw typing of other people, never of the probe's typist. Prints nothing and keeps no text.
 */
import { shuffled, type Random } from '../../../src/trace/random.ts';
import type { KeySession } from '../cohort/sessions.ts';
import { openAttack } from './attack-probe.ts';
import { identifySentences, type Identified } from './candidates.ts';
import { expectedOf, learnEmissions } from './emissions.ts';
import { openPriors } from './place-prior.ts';
import { recordPieces, symbolCount, wholePiece, type Piece, type ShownLevel } from './probes.ts';
import { conditionsOf, rankOf, summarize, type Ranked, type TextResult } from './text-result.ts';
import { learnTiming, placeHabits, timesByPlace } from './timing-model.ts';
import { typedSentence } from './typed-sentence.ts';

/** Whom to audit, and how much of it. */
export interface TextAuditOptions {
  sessions: readonly KeySession[];
  random: Random;
  /** What is audited; all by default. */
  levels?: readonly ShownLevel[];
  /** People are attacked in so many turns, the others being learned from. */
  folds?: number;
  /** Typings of each person that are attacked; all by default. */
  probesEach?: number;
}

const DEFAULT_FOLDS = 10;

/** Runs every condition of every level. */
export async function auditText(options: TextAuditOptions): Promise<TextResult[]> {
  const {
    sessions,
    random,
    levels = ['raw', 'balanced', 'strict'],
    folds = DEFAULT_FOLDS,
    probesEach = Infinity,
  } = options;
  const typings = sessions.map(typedSentence).filter((typed) => typed !== undefined);
  const { candidates, identified } = identifySentences(typings);
  const people = shuffled([...new Set(identified.map(({ typed }) => typed.person))], random);
  if (people.length < folds)
    throw new RangeError(`text audit: needs people for ${folds} turns, got ${people.length}`);
  const foldOf = new Map(people.map((person, index) => [person, index % folds]));
  const habits = candidates.map(placeHabits);
  const placeTimes = new Map(
    identified.map((typing) => [typing, timesByPlace(typing, candidates[typing.candidate]!)]),
  );
  const shown = new Map(
    levels.map((level) => [
      level,
      new Map(
        identified.map((typing) => [
          typing,
          { runs: recordPieces(typing, level, random), whole: wholePiece(typing, level, random) },
        ]),
      ),
    ]),
  );
  const priors = openPriors(random);
  const ranked = new Map(levels.flatMap(conditionsOf).map((condition) => [condition, [] as Ranked[]]));

  for (let fold = 0; fold < folds; fold += 1) {
    // Lets whoever waits for the audit do something else.
    await new Promise<void>((resolve) => setImmediate(resolve));
    const isProbe = ({ typed }: Identified) => foldOf.get(typed.person) === fold;
    const background = identified.filter((typing) => !isProbe(typing));
    const probes = [...Map.groupBy(identified.filter(isProbe), ({ typed }) => typed.person).values()].flatMap(
      (own) => shuffled(own, random).slice(0, probesEach),
    );
    const model = learnTiming(background, habits, placeTimes);
    const known = candidates.map((candidate, index) => ({
      candidate,
      expected: expectedOf(model.template(index)),
    }));
    const ownExpected = new Map(
      background.map((typing) => [typing, expectedOf(model.template(typing.candidate, typing))]),
    );
    for (const level of levels) {
      const pieces = shown.get(level)!;
      const learned = (piecesOf: (typing: Identified) => Piece[]) =>
        learnEmissions(
          background.flatMap((typing) =>
            piecesOf(typing).map((piece) => ({
              identified: typing,
              piece,
              expected: ownExpected.get(typing)!,
            })),
          ),
          symbolCount(level),
        );
      const emissions = {
        record: learned((typing) => pieces.get(typing)!.runs.flat()),
        whole: learned((typing) => [pieces.get(typing)!.whole]),
      };
      const conditions = [...ranked.keys()].filter((condition) => condition.level === level);
      const attack = openAttack({ known, emissions, priors, random });
      for (const typing of probes) {
        for (const [condition, scores] of attack({ typing, ...pieces.get(typing)! }, conditions))
          ranked.get(condition)!.push(rankOf(scores, typing));
      }
    }
  }
  return [...ranked].map(([condition, own]) => summarize(condition, own, candidates.length, random));
}
