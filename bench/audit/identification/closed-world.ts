/**
 * Scores of probes against everybody -> how often the right person is found, among fewer people too.
 *
 * Runs in the audit. A trial is one probe with its score for each person; people are resampled as wholes, since probes
 * of one person are alike.
 */
import { randomInt, type Random } from '../../../src/trace/random.ts';

export interface Trial {
  /** Index of the person that the probe is of. */
  person: number;
  /** One for each person, the higher the likelier. */
  scores: readonly number[];
}

export interface ClosedWorldFigures {
  people: number;
  top1: number;
  top5: number;
  eer: number;
  /** 95 % interval of `top1`. */
  low: number;
  high: number;
  chance: number;
}

const RESAMPLES = 1000;

/** @param people how many the right one is among: with fewer than were scored, the mean over all choices of the others. */
export function closedWorld(trials: readonly Trial[], people: number, random: Random): ClosedWorldFigures {
  const hits = trials.map((trial) => ({ person: trial.person, ...foundAmong(trial, people) }));
  const byPerson = [...Map.groupBy(hits, ({ person }) => person).values()].map((own) =>
    mean(own.map(({ top1 }) => top1)),
  );
  const resampled = Array.from({ length: RESAMPLES }, () =>
    mean(byPerson.map(() => byPerson[randomInt(random, byPerson.length)]!)),
  ).sort((one, other) => one - other);
  return {
    people,
    top1: mean(hits.map(({ top1 }) => top1)),
    top5: mean(hits.map(({ top5 }) => top5)),
    eer: equalErrorRate(trials),
    low: resampled[Math.floor(0.025 * RESAMPLES)]!,
    high: resampled[Math.ceil(0.975 * RESAMPLES) - 1]!,
    chance: 1 / people,
  };
}

/** The chance to be first, and among the first five, when all but the right one are drawn from those who were scored. */
function foundAmong({ person, scores }: Trial, people: number): { top1: number; top5: number } {
  const own = scores[person]!;
  const others = scores.filter((_, index) => index !== person);
  const better = others.filter((score) => score > own).length;
  const equal = others.filter((score) => score === own).length;
  // Who shares a score shares the places.
  const chances = Array.from({ length: equal + 1 }, (_, before) =>
    countsAmong(better + before, others.length, people - 1),
  );
  return {
    top1: mean(chances.map((chance) => chance[0] ?? 0)),
    top5: mean(chances.map((chance) => chance.slice(0, 5).reduce((sum, share) => sum + share, 0))),
  };
}

/** How likely 0, 1, ... of the `marked` are among `drawn` of `all` (hypergeometric), up to four. */
function countsAmong(marked: number, all: number, drawn: number): number[] {
  let none = 1;
  for (let index = 0; index < marked; index += 1) none *= Math.max(0, all - drawn - index) / (all - index);
  if (none === 0) {
    // Too many to miss them all: counted from the logarithms instead.
    return Array.from({ length: 5 }, (_, count) => Math.exp(logChance(count, marked, all, drawn)));
  }
  const chances = [none];
  for (let count = 1; count < 5; count += 1) {
    const ratio = ((marked - count + 1) * (drawn - count + 1)) / (count * (all - marked - drawn + count));
    chances.push(chances[count - 1]! * Math.max(0, ratio));
  }
  return chances;
}

function logChance(count: number, marked: number, all: number, drawn: number): number {
  return logChoose(marked, count) + logChoose(all - marked, drawn - count) - logChoose(all, drawn);
}

function logChoose(all: number, chosen: number): number {
  if (chosen < 0 || chosen > all) return -Infinity;
  let sum = 0;
  for (let index = 1; index <= chosen; index += 1) sum += Math.log((all - chosen + index) / index);
  return sum;
}

/** Where as many right pairs are refused as wrong ones are taken; scores are brought to one scale within each trial. */
function equalErrorRate(trials: readonly Trial[]): number {
  const pairs = trials.flatMap(({ person, scores }) => {
    const middle = mean(scores);
    const spread = Math.sqrt(mean(scores.map((score) => (score - middle) ** 2))) || 1;
    return scores.map((score, index) => ({ score: (score - middle) / spread, isRight: index === person }));
  });
  pairs.sort((one, other) => other.score - one.score);
  const right = trials.length;
  const wrong = pairs.length - right;
  let [rightTaken, wrongTaken] = [0, 0];
  for (const { isRight } of pairs) {
    if (isRight) rightTaken += 1;
    else wrongTaken += 1;
    if (wrongTaken / wrong >= 1 - rightTaken / right)
      return (wrongTaken / wrong + 1 - rightTaken / right) / 2;
  }
  return NaN;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
