/**
 * Are view and element keys coarse enough for the threshold? How many people share each, and how many steps it hides.
 *
 * Runs on the auditor's computer, on simulated workers that go through the product's own hashing and sightings. A key
 * met by fewer than `minContributors` installations is published as `other`. The figures depend on the world: what holds
 * for any is how they change with the size of a team, and which kind of key a small team loses.
 */
import { createKeyedHasher } from '../../../src/anonymize/keyed-hash.ts';
import { sightingsOf } from '../../../src/anonymize/sightings.ts';
import { isStep } from '../../../src/trace/held-step.ts';
import type { Random } from '../../../src/trace/random.ts';
import { recordWork, rememberingHasher } from '../cohort/recorded-work.ts';
import { simulateWorkers, type SimulationOptions } from '../cohort/simulated-workers.ts';

export const KEY_KINDS = ['view', 'element'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** One row of the audit's result; shares from 0 to 1. */
export interface KeyRow {
  kind: 'keys';
  cohort: 'simulated workers';
  key: KeyKind;
  people: number;
  minContributors: number;
  /** Different keys met by anybody. */
  keys: number;
  /** Share of the keys that enough people have met. */
  publishedShare: number;
  /** Share of the steps with such a key whose key enough people have met. */
  stepsPublishedShare: number;
  /** By how many people a key is met: quartiles of the keys. */
  peoplePerKey: [lower: number, median: number, upper: number];
  /** Share of the keys that a single person has met: with them, records could be joined if they were published. */
  ofOnePersonShare: number;
}

/** What one installation has met. */
interface Met {
  sighted: Record<KeyKind, Set<string>>;
  steps: Record<KeyKind, Map<string, number>>;
}

export interface KeyAuditOptions extends Pick<SimulationOptions, 'days' | 'tasksPerDay' | 'habitStrength'> {
  random: Random;
  /** @default 10, 30, 100 */
  teams?: readonly number[];
  /** @default 10, as in a charter that says nothing else */
  minContributors?: number;
}

const HASHING_KEY = 'A'.repeat(43);

/** A row for each kind of key and size of team; smaller teams are a part of the largest. */
export async function auditKeys(options: KeyAuditOptions): Promise<KeyRow[]> {
  const { teams = [10, 30, 100], minContributors = 10, ...simulation } = options;
  const met = await keysMet({ ...simulation, people: Math.max(...teams) });
  return teams.flatMap((people) =>
    KEY_KINDS.map((key) => distribution(met.slice(0, people), key, minContributors)),
  );
}

async function keysMet(options: SimulationOptions): Promise<Met[]> {
  const hasher = rememberingHasher(await createKeyedHasher(HASHING_KEY));
  const met: Met[] = [];
  for (const { person, messages } of simulateWorkers(options)) {
    const work = await recordWork(messages, { level: 'balanced', hasher, random: options.random });
    const own = (met[person] ??= {
      sighted: { view: new Set(), element: new Set() },
      steps: { view: new Map(), element: new Map() },
    });
    for (const { fragments, sentMs } of work.protectedMessages) {
      for (const { content } of sightingsOf(fragments, TERMS, undefined, sentMs)) {
        if (content.seen.what === 'view') own.sighted.view.add(content.seen.viewKey);
        if (content.seen.what === 'element') own.sighted.element.add(content.seen.elementKey);
      }
      for (const item of fragments.steps) {
        if (!isStep(item) || item.step === undefined) continue;
        count(own.steps.view, item.view.viewKey);
        if (item.step.target?.elementKey) count(own.steps.element, item.step.target.elementKey);
      }
    }
  }
  return met;
}

const TERMS = { charterHash: 'simulated', level: 'balanced' };

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function distribution(met: readonly Met[], key: KeyKind, minContributors: number): KeyRow {
  const people = new Map<string, number>();
  const steps = new Map<string, number>();
  for (const { sighted, steps: own } of met) {
    for (const each of sighted[key]) count(people, each);
    for (const [each, times] of own[key]) steps.set(each, (steps.get(each) ?? 0) + times);
  }
  const published = [...people].filter(([, contributors]) => contributors >= minContributors);
  const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
  const contributors = [...people.values()].sort((one, other) => one - other);
  const at = (share: number) => contributors[Math.floor(share * (contributors.length - 1))]!;
  return {
    kind: 'keys',
    cohort: 'simulated workers',
    key,
    people: met.length,
    minContributors,
    keys: people.size,
    publishedShare: published.length / people.size,
    stepsPublishedShare: sum(published.map(([each]) => steps.get(each) ?? 0)) / sum(steps.values()),
    peoplePerKey: [at(0.25), at(0.5), at(0.75)],
    ofOnePersonShare: contributors.filter((number) => number === 1).length / people.size,
  };
}
