/**
 * Predicted and true classes -> macro-F1 with an interval over people, and the same of labels that stand in groups.
 *
 * Pure but for the randomness of the bootstrap: people are drawn with replacement, since the steps of one person are
 * alike, and what was measured on few people must show it.
 */
import { randomInt, type Random } from '../../src/trace/random.ts';
import { mean } from '../audit/identification/statistics.ts';

/** Hits, and how often each of both sides said so. */
export interface Tally {
  hits: number;
  predicted: number;
  actual: number;
}

export interface Interval {
  value: number;
  low: number;
  high: number;
}

/** One answer of a model about somebody's step. */
export interface Answer {
  person: string;
  predicted: string;
  actual: string;
}

const RESAMPLES = 400;
const TAIL = 0.025;

/** Harmonic mean of precision and recall; 0 where nothing was hit. */
export function f1({ hits, predicted, actual }: Tally): number {
  return hits === 0 ? 0 : (2 * hits) / (predicted + actual);
}

/**
 * The mean F1 of all classes that occur in truth, each counting the same however rare it is.
 *
 * @param leftOut a class that is no answer of its own, such as that there is no term.
 */
export function macroF1(
  answers: readonly Answer[],
  random: Random,
  leftOut?: string,
): Interval & { classes: number } {
  const classes = [...new Set(answers.map(({ actual }) => actual))].filter((name) => name !== leftOut);
  const numberOf = new Map(classes.map((name, index) => [name, index]));
  const byPerson = [...Map.groupBy(answers, ({ person }) => person).values()].map((own) => {
    const tallies = classes.map((): Tally => ({ hits: 0, predicted: 0, actual: 0 }));
    for (const { predicted, actual } of own) {
      const [told, real] = [tallies[numberOf.get(predicted) ?? -1], tallies[numberOf.get(actual) ?? -1]];
      if (told) told.predicted += 1;
      if (real) real.actual += 1;
      if (told && told === real) told.hits += 1;
    }
    return tallies;
  });
  const score = (people: readonly Tally[][]) => {
    const sums = classes.map((_name, index) => summed(people.map((own) => own[index]!)));
    // A class that nobody drawn has met says nothing.
    return mean(sums.filter(({ actual }) => actual > 0).map(f1));
  };
  return { ...overPeople(byPerson, score, random), classes: classes.length };
}

/** A figure of all people, and the bounds that 95 % of groups of people drawn from them lie within. */
export function overPeople<Own>(
  byPerson: readonly Own[],
  score: (people: readonly Own[]) => number,
  random: Random,
): Interval {
  const scores = Array.from({ length: RESAMPLES }, () =>
    score(byPerson.map(() => byPerson[randomInt(random, byPerson.length)]!)),
  )
    .filter((value) => !Number.isNaN(value))
    .sort((one, other) => one - other);
  return {
    value: score(byPerson),
    low: scores[Math.floor(TAIL * scores.length)] ?? NaN,
    high: scores[Math.ceil((1 - TAIL) * scores.length) - 1] ?? NaN,
  };
}

export function summed(tallies: readonly Tally[]): Tally {
  const sum = { hits: 0, predicted: 0, actual: 0 };
  for (const { hits, predicted, actual } of tallies) {
    sum.hits += hits;
    sum.predicted += predicted;
    sum.actual += actual;
  }
  return sum;
}
