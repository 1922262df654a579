/**
 * One typing -> a score for every candidate sentence, under each condition of the text audit.
 *
 * Runs in the audit, as the attacker: what it is told beyond the pieces themselves is what the condition says.
 */
import { randomInt, type Random } from '../../../src/trace/random.ts';
import type { Identified } from './candidates.ts';
import { readPiece, truePlaces, withShuffledTimes, type Emissions, type Evidence } from './emissions.ts';
import type { PriorTable } from './place-prior.ts';
import type { Piece } from './probes.ts';
import {
  IMPOSSIBLE,
  mixtureScore,
  scoreAt,
  scoresByPlace,
  type KnownSentence,
  type Reading,
} from './rank-candidates.ts';
import type { Condition } from './text-result.ts';

/** What the attacker knows. */
export interface AttackKnowledge {
  known: readonly KnownSentence[];
  emissions: { record: Emissions; whole: Emissions };
  priors: PriorTable;
  random: Random;
}

/** A typing and what can be shown of it. */
export interface Probe {
  typing: Identified;
  /** Records by run. */
  runs: readonly (readonly Piece[])[];
  whole: Piece;
}

const READING: Record<Condition['attack'], Reading> = {
  timing: 'times',
  shuffled: 'times',
  spaces: 'spaces',
  length: 'nothing',
};

/** Gives a score for each candidate, under each condition that the typing is long enough for. */
export function openAttack(
  knowledge: AttackKnowledge,
): (probe: Probe, conditions: readonly Condition[]) => [Condition, Float64Array][] {
  const { known, emissions, priors, random } = knowledge;

  /** Conditions that differ only in what is known of the place share the costly part. */
  function placesNotTold(evidence: readonly Evidence[], conditions: readonly Condition[]): Float64Array[] {
    const reading = READING[conditions[0]!.attack];
    const scores = conditions.map(() => new Float64Array(known.length));
    known.forEach((sentence, index) => {
      const pieces = evidence.map((one) => ({
        scores: scoresByPlace(one, sentence, emissions.record, reading),
        advance: one.advance,
      }));
      conditions.forEach(({ place }, condition) => {
        const prior = priors(
          sentence.candidate.text.length,
          evidence[0]!,
          place === 'likely' ? 'likely' : 'unknown',
        );
        scores[condition]![index] = mixtureScore(pieces, prior);
      });
    });
    return scores;
  }

  function placesTold(evidence: Evidence, { shown, attack }: Condition, trueCandidate: number): Float64Array {
    const trueLength = known[trueCandidate]!.candidate.text.length;
    return Float64Array.from(known, (sentence) => {
      const { length } = sentence.candidate.text;
      // Shown the whole, the attacker also knows how long the sentence is.
      const isPossible = shown === 'whole' ? length === trueLength : length >= evidence.reach;
      if (!isPossible) return IMPOSSIBLE;
      return scoreAt(
        0,
        evidence,
        sentence,
        emissions[shown === 'whole' ? 'whole' : 'record'],
        READING[attack],
      );
    });
  }

  return ({ typing, runs, whole }, conditions) => {
    const records = runs.flat();
    const record = records[randomInt(random, Math.max(1, records.length))];
    const pieces = { record: record && [record], joined: runs.find((run) => run.length > 1), whole: [whole] };
    const groups = Map.groupBy(conditions, ({ shown, place, attack }) =>
      [shown, attack, place === 'told'].join(' '),
    );
    return [...groups.values()].flatMap((alike) => {
      const [first] = alike as [Condition];
      const shown = pieces[first.shown];
      if (!shown) return [];
      const isTold = first.place === 'told';
      const evidence = shown.map((piece) => {
        const read = readPiece(piece, isTold ? truePlaces(typing, piece) : undefined);
        return first.attack === 'shuffled' ? withShuffledTimes(read, random) : read;
      });
      const scores = isTold
        ? [placesTold(evidence[0]!, first, typing.candidate)]
        : placesNotTold(evidence, alike);
      return scores.map((own, index): [Condition, Float64Array] => [alike[index]!, own]);
    });
  };
}
