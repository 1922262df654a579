/**
 * Ranks of the right sentences -> what the text audit says, with the limit that it must keep.
 *
 * Runs in the audit. Pure but for the randomness it is given.
 */
import { randomInt, type Random } from '../../../src/trace/random.ts';
import type { Identified } from './candidates.ts';
import type { ShownLevel } from './probes.ts';

/** How often the right sentence came first, and among the first ten; shares from 0 to 1. */
export interface TextResult {
  kind: 'text';
  level: ShownLevel;
  /** One record; the records of one run in order, as if they could be joined; or all keys at the level's mapping. */
  shown: 'record' | 'joined' | 'whole';
  /**
   * What the attacker knows of the place in the sentence: nothing; how the product lays records in a run that was this
   * sentence and nothing else; or the true place of every key.
   */
  place: 'unknown' | 'likely' | 'told';
  /** What he reads: times; times in random order; where spaces are (which no record tells); or nothing but lengths. */
  attack: 'timing' | 'shuffled' | 'length' | 'spaces';
  candidates: number;
  people: number;
  probes: number;
  top1: number;
  top10: number;
  /** 95 % interval of `top1`, by resampling people. */
  low: number;
  high: number;
  /** Share that guessing gets right. */
  chance: number;
}

/** What the attacker is shown, told and reads. */
export type Condition = Pick<TextResult, 'level' | 'shown' | 'place' | 'attack'>;

/** Where the right sentence came in one attack. */
export interface Ranked {
  person: number;
  first: number;
  amongTen: number;
}

/** More than this share named first from one record fails. */
export const TEXT_LIMIT = 0.02;
/** Raw times of whole sentences, and their spaces if they are shown, must name at least this share, or the audit is broken. */
export const TEXT_LEAST_RAW = 0.4;
/** The same for one record whose spaces are shown, from an unknown place: 0.146 on 400 recorded people, less a third. */
export const TEXT_LEAST_SPACES = 0.1;
const RESAMPLES = 1000;

/** The conditions that a level is audited under. */
export function conditionsOf(level: ShownLevel): Condition[] {
  const of = (shown: Condition['shown'], place: Condition['place'], attacks: Condition['attack'][]) =>
    attacks.map((attack) => ({ level, shown, place, attack }));
  const spaces: Condition['attack'][] = level === 'raw' ? ['spaces'] : [];
  return [
    ...of('record', 'unknown', ['timing', 'shuffled', 'length', ...spaces]),
    ...of('record', 'likely', ['timing', 'shuffled', 'length']),
    ...of('record', 'told', ['timing', 'shuffled', 'length']),
    ...of('joined', 'unknown', ['timing']),
    ...of('joined', 'likely', ['timing']),
    ...of('whole', 'told', ['timing', 'shuffled', 'length', ...spaces]),
  ];
}

/** Among equals the right sentence comes at any place as likely. */
export function rankOf(scores: Float64Array, { typed, candidate }: Identified): Ranked {
  const own = scores[candidate]!;
  let better = 0;
  let equal = 0;
  for (const score of scores) {
    if (score > own) better += 1;
    else if (score === own) equal += 1;
  }
  return {
    person: typed.person,
    first: better === 0 ? 1 / equal : 0,
    amongTen: Math.min(1, Math.max(0, (10 - better) / equal)),
  };
}

/** All attacks under one condition. */
export function summarize(
  condition: Condition,
  ranked: readonly Ranked[],
  candidates: number,
  random: Random,
): TextResult {
  const people = [...Map.groupBy(ranked, ({ person }) => person).values()].map((own) => ({
    probes: own.length,
    first: own.reduce((sum, { first }) => sum + first, 0),
  }));
  const share = (drawn: typeof people) =>
    drawn.reduce((sum, { first }) => sum + first, 0) / drawn.reduce((sum, { probes }) => sum + probes, 0);
  const resampled = Array.from({ length: RESAMPLES }, () =>
    share(people.map(() => people[randomInt(random, people.length)]!)),
  ).sort((one, other) => one - other);
  return {
    kind: 'text',
    ...condition,
    candidates,
    people: people.length,
    probes: ranked.length,
    top1: share(people),
    top10: ranked.reduce((sum, { amongTen }) => sum + amongTen, 0) / ranked.length,
    low: resampled[Math.floor(0.025 * RESAMPLES)]!,
    high: resampled[Math.floor(0.975 * RESAMPLES)]!,
    chance: 1 / candidates,
  };
}

/** What is wrong: levels that break their promise, and easy attacks that did not work, so that the rest says nothing. */
export interface TextVerdict {
  failures: TextResult[];
  blind: TextResult[];
}

/** Single records may not name their sentence, as long as their place is not told; whole raw sentences must. */
export function textVerdict(results: readonly TextResult[]): TextVerdict {
  const mustKeep = ({ level, shown, place, attack }: TextResult) =>
    level !== 'raw' && shown === 'record' && place !== 'told' && attack === 'timing';
  const isBlind = ({ level, shown, attack, top1 }: TextResult) =>
    level === 'raw' &&
    ((shown === 'whole' && (attack === 'spaces' || attack === 'timing') && top1 < TEXT_LEAST_RAW) ||
      (shown === 'record' && attack === 'spaces' && top1 < TEXT_LEAST_SPACES));
  return {
    failures: results.filter((result) => mustKeep(result) && result.top1 > TEXT_LIMIT),
    blind: results.filter(isBlind),
  };
}

/** One line for whoever has to look into it. */
export function describeText({ level, shown, place, attack, top1, candidates }: TextResult): string {
  return `text, ${level}, ${shown}, place ${place}, by ${attack}: names ${(100 * top1).toFixed(1)} % of ${candidates}`;
}
