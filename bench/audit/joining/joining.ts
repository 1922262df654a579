/**
 * The joining audit: can records be told to be one person's, by everything that is stored and published?
 *
 * Runs on the auditor's computer. Two worlds of the same organisation with different people are lived through by the
 * product's own code, into real databases; of one the attacker knows the truth and learns, the other he attacks, then
 * the other way round. Simulated people have movements, typing and episodes; recorded people have movements or typing,
 * each used once. Prints nothing and keeps nothing.
 */
import type { UnlinkedLevel } from '../../../src/anonymize/levels.ts';
import { shuffled, type Random } from '../../../src/trace/random.ts';
import { syntheticPools, poolsOf } from '../cohort/motor-pool.ts';
import type { HabitStrength } from '../cohort/work-habits.ts';
import type { Cohort } from '../cohort/sessions.ts';
import { kindsOf, type Pair } from './attack.ts';
import { summarizeJoining, type JoiningResult, type Named } from './joining-result.ts';
import { matchRecords } from './match-records.ts';
import { simulatedWork, SIMULATED_APPS, type PersonWork } from './person-work.ts';
import { prepareWorld } from './prepared-world.ts';
import { recordedWork, RECORDED_APPS } from './session-work.ts';
import { readStolen, type StolenWorld } from './stolen.ts';
import { openWorld } from './world.ts';

export interface JoiningOptions {
  random: Random;
  /** Recorded people: audited themselves, and the hands of the simulated ones; synthetic hands without. */
  recorded?: Cohort;
  /** @default balanced */
  levels?: readonly UnlinkedLevel[];
  /** Simulated people in each of the two worlds. @default 40 */
  people?: number;
  /** Days that they work. @default 3 */
  days?: number;
  /** 0 makes all alike. @default 1 */
  habitStrength?: number | Partial<HabitStrength>;
  /** Share of people who withdraw. @default 1 in 40 */
  withdrawing?: number;
  /** Probes of each pair in each world. @default 1500 */
  probes?: number;
  /** Candidates of a probe at most. @default 500 */
  candidates?: number;
  /** Of the simulated people. @default those that join kinds */
  pairs?: readonly Pair[];
}

/** Hands are used again and again in a simulated world, so records of one kind are matched among recorded people only. */
const SIMULATED_PAIRS: readonly Pair[] = [
  'motion-episode',
  'rhythm-episode',
  'motion-rhythm',
  'episode-episode',
];
const DIVISIONS = 3;
const HASHING_KEY = 'A'.repeat(43);

/** Runs all of it: minutes at the default size. */
export async function auditJoining(options: JoiningOptions): Promise<JoiningResult[]> {
  const { random, recorded, levels = ['balanced'], people = 40, days = 3, habitStrength = 1 } = options;
  const results: JoiningResult[] = [];
  for (const level of levels) {
    const pools = shuffled(recorded ? poolsOf(recorded) : syntheticPools(2 * people, random), random);
    const simulated = halvesOf(pools).map((own) =>
      simulatedWork({ people, days, habitStrength, random, pools: own }),
    );
    results.push(
      ...(await auditWork(
        [simulated],
        { ...options, cohort: 'simulated', level },
        options.pairs ?? SIMULATED_PAIRS,
      )),
    );
    for (const [what, pair] of [
      ['pointers', 'motion-motion'],
      ['keys', 'rhythm-rhythm'],
    ] as const) {
      if (recorded === undefined || recorded[what].length === 0) continue;
      // Which people fall into which world matters as much as what is attacked, so they are divided more than once.
      const divisions = Array.from({ length: DIVISIONS }, () =>
        halvesOf(shuffled(recordedWork(recorded, what, random), random)),
      );
      results.push(...(await auditWork(divisions, { ...options, cohort: 'recorded', level }, [pair])));
    }
  }
  return results;
}

function halvesOf<Item>(items: readonly Item[]): [Item[], Item[]] {
  const half = Math.floor(items.length / 2);
  return [items.slice(0, half), items.slice(half, 2 * half)];
}

/** @param divisions people divided into two worlds, in one or more ways. */
async function auditWork(
  divisions: readonly PersonWork[][][],
  options: JoiningOptions & Pick<JoiningResult, 'cohort' | 'level'>,
  pairs: readonly Pair[],
): Promise<JoiningResult[]> {
  const divided: Lived[][] = [];
  for (const halves of divisions) {
    const worlds: Lived[] = [];
    for (const work of halves) worlds.push(await liveThrough(work, options));
    divided.push(worlds);
  }
  return attackEachOther(divided, pairs, { ...options, people: divisions[0]![0]!.length });
}

/** What is to be had of a world when its days have passed, and the truth. */
export interface Lived {
  stolen: StolenWorld;
  personOf: ReadonlyMap<string, string>;
}

/** A world from its first day to the last seal. */
export async function liveThrough(
  work: readonly PersonWork[],
  {
    random,
    cohort,
    level,
    withdrawing = 1 / 40,
  }: Pick<JoiningOptions, 'random' | 'withdrawing'> & Pick<JoiningResult, 'cohort' | 'level'>,
): Promise<Lived> {
  const apps = cohort === 'simulated' ? SIMULATED_APPS : RECORDED_APPS;
  const world = await openWorld({ work, apps, level, random, withdrawing, hashingKey: HASHING_KEY });
  const lived = { stolen: readStolen(world), personOf: world.personOf };
  await world.close();
  return lived;
}

/** Two worlds of each division, each attacked with what was learned in the other. */
export function attackEachOther(
  divisions: readonly (readonly Lived[])[],
  pairs: readonly Pair[],
  options: Pick<JoiningOptions, 'random' | 'probes' | 'candidates'> &
    Pick<JoiningResult, 'cohort' | 'level' | 'people'>,
): JoiningResult[] {
  const { random, cohort, level, people, probes = 1500, candidates = 500 } = options;
  return pairs.flatMap((pair) => {
    const byChannel = new Map<string, Named[]>();
    for (const worlds of divisions) {
      const prepared = worlds.map(({ stolen, personOf }) => prepareWorld(stolen, personOf, kindsOf(pair)));
      for (const attackedIndex of [0, 1]) {
        const attacked = prepared[attackedIndex]!;
        const background = prepared[1 - attackedIndex]!;
        const matched = matchRecords({ pair, background, attacked, probes, candidates, random });
        for (const [channel, named] of matched) {
          // Simulated people are numbered in each world anew.
          const own = named.map((one) =>
            cohort === 'recorded' ? one : { ...one, person: `${attackedIndex} ${one.person}` },
          );
          byChannel.set(channel, [...(byChannel.get(channel) ?? []), ...own]);
        }
      }
    }
    return [...byChannel].map(([channel, named]) =>
      summarizeJoining({ pair, channel, cohort, level, people }, named, random),
    );
  });
}
