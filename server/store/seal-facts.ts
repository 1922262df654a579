/**
 * What a seal is decided by: what waits in the pool, what charters ask for, and how many people stand behind it.
 *
 * Part of the store; reads only, within the seal's transaction.
 */
import type { Transaction } from 'kysely';
import { parseCharter, type Level, type Scope } from '../../src/charter/charter.ts';
import { sealingRulesOf, type PoolCell, type SealingRules } from '../release.ts';
import type { Tables } from './tables.ts';

/** What waits, by cell. */
export async function readPool(transaction: Transaction<Tables>): Promise<PoolCell[]> {
  const cell = ['charter', 'level', 'schema_version', 'kind', 'recorded_on'] as const;
  const rows = await transaction
    .selectFrom('records')
    .select(({ fn }) => [
      'charter',
      'level',
      'schema_version as schemaVersion',
      'kind',
      'recorded_on as recordedOn',
      fn.countAll().as('records'),
    ])
    .where('release', 'is', null)
    .groupBy(cell)
    // So that what a release is made of does not depend on how the database counts.
    .orderBy('charter')
    .orderBy('level')
    .orderBy('schema_version')
    .orderBy('kind')
    .orderBy('recorded_on')
    .execute();
  return rows.map((row) => ({ ...row, records: Number(row.records) }));
}

/** What each held charter says about sealing, by its number. */
export async function readRules(transaction: Transaction<Tables>): Promise<Map<number, SealingRules>> {
  const held = await transaction.selectFrom('charters').select(['number', 'json', 'state']).execute();
  return new Map(
    held.map(({ number, json, state }) => {
      const parsed = parseCharter(json);
      if (!parsed.ok) throw new Error('a held charter can always be read');
      return [number, sealingRulesOf(parsed.charter, state === 'withdrawn')];
    }),
  );
}

/** For a charter, level, scope and week: contributors by bucket, all of them under '' where the charter has none. */
export type Contributors = ReadonlyMap<string, ReadonlyMap<string, number>>;

export async function countContributors(transaction: Transaction<Tables>): Promise<Contributors> {
  const rows = await transaction
    .selectFrom('sighting_counts')
    .select(['charter', 'level', 'scope', 'week', 'key', 'count'])
    .where('what', '=', 'contributed')
    .execute();
  const contributors = new Map<string, Map<string, number>>();
  for (const { key, count, ...of } of rows) {
    const byBucket = contributors.get(keyOf(of)) ?? new Map<string, number>();
    contributors.set(keyOf(of), byBucket.set(key, count));
  }
  return contributors;
}

/** How contributors are found. */
export function keyOf(of: { charter: number; level: Level; scope: Scope; week: string }): string {
  return JSON.stringify([of.charter, of.level, of.scope, of.week]);
}

export function sumOf(byBucket: ReadonlyMap<string, number> | undefined): number {
  return [...(byBucket?.values() ?? [])].reduce((sum, count) => sum + count, 0);
}

/** Whether so many installations have met a key. */
export type CommonKeys = (what: 'app' | 'view' | 'element', key: string, minContributors: number) => boolean;

/** An installation counts a key once, whatever the charter, level or week, so the counts add up. */
export async function findCommonKeys(
  transaction: Transaction<Tables>,
  charters: ReadonlyMap<number, SealingRules>,
): Promise<CommonKeys> {
  // What is below every threshold need not be read.
  const thresholds = [...charters.values()].map((rules) => Math.max(1, rules.minContributors));
  if (thresholds.length === 0) return () => false;
  const rows = await transaction
    .selectFrom('sighting_counts')
    .select(({ fn }) => ['what', 'key', fn.sum('count').as('installations')])
    .where('what', '<>', 'contributed')
    .groupBy(['what', 'key'])
    .having(({ fn }) => fn.sum('count'), '>=', Math.min(...thresholds))
    .execute();
  const counts = new Map(
    rows.map(({ what, key, installations }) => [`${what} ${key}`, Number(installations)]),
  );
  return (what, key, minContributors) => (counts.get(`${what} ${key}`) ?? 0) >= minContributors;
}
