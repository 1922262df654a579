/**
 * How probes ranked their own people: what the measures of an identification audit are made from.
 */
import { deviation, mean } from './statistics.ts';

/** One probe under one condition. */
export interface Trial {
  person: number;
  /** Other people who fit the probe better than its own, and those who fit it equally. */
  better: number;
  equal: number;
  /** By how much the first of the attack's own test group is ahead of the second, and whether it is the right one. */
  lead: number;
  isRight: boolean;
}

/** All probes of one attack under one condition. */
export interface Trials {
  /** People who are enrolled and probed. */
  people: number;
  /** People in the largest test group, among whom `isRight` is. */
  groupPeople: number;
  /** By what was probed. */
  trials: Map<unknown, Trial>;
  /** Scores by person of the probe, standardised by attack: for the right person, and for others. */
  genuine: Map<number, number[]>;
  impostor: Map<number, number[]>;
}

/** A probe that one attack scored for everybody. */
export interface ScoredProbe {
  /** Index of its own person in `scores`. */
  person: number;
  scores: readonly number[];
}

/** Scores are brought to one scale within each probe. */
export function trialsOfScores(scored: readonly ScoredProbe[]): Trials {
  const people = scored[0]?.scores.length ?? 0;
  const trials: Trials = {
    people,
    groupPeople: people,
    trials: new Map(),
    genuine: new Map(),
    impostor: new Map(),
  };
  for (const probe of scored) {
    const { person, scores } = probe;
    const own = scores[person]!;
    const [middle, spread] = [mean(scores), deviation(scores) || 1];
    const [first, second] = [...scores].sort((one, other) => other - one);
    const lead = (first! - second!) / spread;
    let [better, equal] = [0, 0];
    scores.forEach((score, index) => {
      pushTo(index === person ? trials.genuine : trials.impostor, person, (score - middle) / spread);
      if (index === person) return;
      if (score > own) better += 1;
      else if (score === own) equal += 1;
    });
    trials.trials.set(probe, { person, better, equal, lead, isRight: own === first && lead > 0 });
  }
  return trials;
}

export function pushTo(lists: Map<number, number[]>, person: number, score: number): void {
  const list = lists.get(person);
  if (list) list.push(score);
  else lists.set(person, [score]);
}
