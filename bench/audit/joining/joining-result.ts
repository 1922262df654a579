/**
 * Named candidates -> what the joining audit says, with the limit that it must keep.
 *
 * Runs in the audit. Pure but for the randomness it is given.
 */
import type { UnlinkedLevel } from '../../../src/anonymize/levels.ts';
import { randomInt, type Random } from '../../../src/trace/random.ts';
import type { Pair } from './attack.ts';

/** How often the record that the attacker names is of the probe's person; shares from 0 to 1. */
export interface JoiningResult {
  kind: 'joining';
  pair: Pair;
  /** By which signs: one channel alone, or `all`. */
  channel: string;
  cohort: 'simulated' | 'recorded';
  level: UnlinkedLevel;
  people: number;
  probes: number;
  top1: number;
  /** Mean share of the candidates that are the probe's person's. */
  chance: number;
  /** 95 % interval of `top1`, by resampling people. */
  low: number;
  high: number;
}

/** One probe: how likely what is named is right, and how likely a guess is. */
export interface Named {
  person: string;
  right: number;
  chance: number;
}

/** Above chance by more than this fails. */
export const JOINING_LIMIT = 0.02;
const RESAMPLES = 500;

export function summarizeJoining(
  about: Pick<JoiningResult, 'pair' | 'channel' | 'cohort' | 'level' | 'people'>,
  named: readonly Named[],
  random: Random,
): JoiningResult {
  const people = [...Map.groupBy(named, ({ person }) => person).values()].map((own) => ({
    probes: own.length,
    right: own.reduce((sum, { right }) => sum + right, 0),
  }));
  const share = (drawn: typeof people) =>
    drawn.reduce((sum, { right }) => sum + right, 0) / drawn.reduce((sum, { probes }) => sum + probes, 0);
  const resampled = Array.from({ length: RESAMPLES }, () =>
    share(people.map(() => people[randomInt(random, people.length)]!)),
  ).sort((one, other) => one - other);
  return {
    kind: 'joining',
    ...about,
    probes: named.length,
    top1: share(people),
    chance: named.reduce((sum, { chance }) => sum + chance, 0) / named.length,
    low: resampled[Math.floor(0.025 * RESAMPLES)]!,
    high: resampled[Math.floor(0.975 * RESAMPLES)]!,
  };
}

/** Pairs that must not be joined; the others are told for information. */
const MUST_STAY_APART: readonly Pair[] = [
  'motion-episode',
  'rhythm-episode',
  'motion-motion',
  'rhythm-rhythm',
  'motion-rhythm',
];

/** What is joined more often than chance plus the limit. */
export function joiningVerdict(results: readonly JoiningResult[]): { failures: JoiningResult[] } {
  return {
    failures: results.filter(
      ({ pair, top1, chance }) => MUST_STAY_APART.includes(pair) && top1 > chance + JOINING_LIMIT,
    ),
  };
}

/** One line for whoever has to look into it. */
export function describeJoining({
  cohort,
  people,
  level,
  pair,
  channel,
  top1,
  chance,
}: JoiningResult): string {
  return `joining, ${people} ${cohort} people, ${level}, ${pair} by ${channel}: right in ${(100 * top1).toFixed(1)} %, chance ${(100 * chance).toFixed(1)} %`;
}
