/**
 * Ranks and scores -> what an audit states: top-1 and top-5 among N people, equal error rate, intervals over people.
 *
 * Pure but for the randomness of the bootstrap.
 */
import { randomInt, type Random } from '../../../src/trace/random.ts';
import { mean } from './statistics.ts';
import type { Trial, Trials } from './trials.ts';

/** Shares from 0 to 1; `low` and `high` bound 95 % of resampled groups of people. */
export interface Measured {
  people: number;
  probes: number;
  chance: number;
  top1: number;
  low: number;
  high: number;
  top5: number;
  eer: number;
  eerLow: number;
  eerHigh: number;
}

const RESAMPLES = 400;
const TAIL = 0.025;
const SCORE_BINS = 1024;

/** Among `people` drawn from all who were tested, the right one always among them. */
export function measure(trials: Trials, people: number, random: Random): Measured {
  const all = [...trials.trials.values()];
  const others = trials.people - 1;
  const byPerson = [...Map.groupBy(all, ({ person }) => person).values()].map((own) => ({
    first: mean(own.map((trial) => shareWithin(trial, others, people - 1, 1))),
    five: mean(own.map((trial) => shareWithin(trial, others, people - 1, 5))),
  }));
  const errors = errorCounts(trials);
  const everyone = byPerson.map((_own, index) => index);
  const firsts = byPerson.map(({ first }) => first);
  const resampled = Array.from({ length: RESAMPLES }, () =>
    everyone.map(() => randomInt(random, everyone.length)),
  );
  const tops = resampled.map((drawn) => mean(drawn.map((index) => firsts[index]!)));
  const rates = resampled.map((drawn) => equalErrorRate(drawn.map((index) => errors[index]!)));
  return {
    people,
    probes: all.length,
    chance: 1 / people,
    top1: mean(firsts),
    ...interval(tops, 'low', 'high'),
    top5: mean(byPerson.map(({ five }) => five)),
    eer: equalErrorRate(errors),
    ...interval(rates, 'eerLow', 'eerHigh'),
  };
}

/** Of the share of probes that the attack was surest of, how many it named rightly, among how many people. */
export function surest(trials: Trials, share: number): { precision: number; people: number } {
  const bySureness = [...trials.trials.values()].sort((one, other) => other.lead - one.lead);
  const taken = bySureness.slice(0, Math.max(1, Math.round(share * bySureness.length)));
  return { precision: mean(taken.map(({ isRight }) => Number(isRight))), people: trials.groupPeople };
}

/**
 * The chance that fewer than `within` of `drawn` others, out of `others` of whom `better` fit better, fit better.
 *
 * Hypergeometric, so it is exactly what drawing the smaller group again and again would come to. Who fits equally shares
 * the places: any number of them may come before.
 */
export function shareWithin(
  { better, equal }: Pick<Trial, 'better' | 'equal'>,
  others: number,
  drawn: number,
  within: number,
): number {
  const places = Array.from({ length: equal + 1 }, (_unused, before) => better + before);
  return mean(
    places.map((ahead) => {
      let sum = 0;
      for (let count = 0; count < within && count <= ahead; count += 1) {
        const ways = logChoose(ahead, count) + logChoose(others - ahead, drawn - count);
        sum += Math.exp(ways - logChoose(others, drawn));
      }
      return Math.min(1, sum);
    }),
  );
}

function logChoose(from: number, count: number): number {
  if (count < 0 || count > from) return -Infinity;
  let sum = 0;
  for (let index = 1; index <= count; index += 1) sum += Math.log((from - count + index) / index);
  return sum;
}

/** Of one person: how many genuine and impostor scores fall into each bin, from the lowest scores up. */
interface ErrorCounts {
  genuine: Float64Array;
  impostor: Float64Array;
}

function errorCounts({ genuine, impostor }: Trials): ErrorCounts[] {
  const all = [...genuine.values(), ...impostor.values()].flat();
  const sorted = Float64Array.from(all).sort();
  const limits = Float64Array.from(
    { length: SCORE_BINS - 1 },
    (_unused, index) => sorted[Math.floor(((index + 1) * sorted.length) / SCORE_BINS)]!,
  );
  const counted = (scores: readonly number[]) => {
    const bins = new Float64Array(SCORE_BINS);
    for (const score of scores) bins[binOf(score, limits)]! += 1 / scores.length;
    return bins;
  };
  // Each person weighs the same, whoever was probed more often.
  return [...genuine.keys()].map((person) => ({
    genuine: counted(genuine.get(person)!),
    impostor: counted(impostor.get(person)!),
  }));
}

function binOf(score: number, limits: Float64Array): number {
  let [low, high] = [0, limits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (limits[middle]! <= score) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where as many right people are rejected as wrong ones accepted. */
function equalErrorRate(counts: readonly ErrorCounts[]): number {
  const genuine = new Float64Array(SCORE_BINS);
  const impostor = new Float64Array(SCORE_BINS);
  for (const own of counts) {
    for (let bin = 0; bin < SCORE_BINS; bin += 1) {
      genuine[bin]! += own.genuine[bin]! / counts.length;
      impostor[bin]! += own.impostor[bin]! / counts.length;
    }
  }
  let [rejected, accepted] = [0, 1];
  for (let bin = 0; bin < SCORE_BINS; bin += 1) {
    const [nextRejected, nextAccepted] = [rejected + genuine[bin]!, accepted - impostor[bin]!];
    if (nextRejected >= nextAccepted) {
      // Within the bin both change evenly.
      const gap = accepted - rejected;
      const share = gap / (gap + nextRejected - nextAccepted);
      return rejected + share * genuine[bin]!;
    }
    [rejected, accepted] = [nextRejected, nextAccepted];
  }
  return rejected;
}

function interval<Low extends string, High extends string>(
  values: readonly number[],
  low: Low,
  high: High,
): Record<Low | High, number> {
  const sorted = [...values].sort((one, other) => one - other);
  return {
    [low]: sorted[Math.floor(TAIL * sorted.length)]!,
    [high]: sorted[Math.ceil((1 - TAIL) * sorted.length) - 1]!,
  } as Record<Low | High, number>;
}
