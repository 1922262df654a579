/**
 * Sealing: the pool's records become numbered releases.
 *
 * Part of the store. A release claims its records by their state, in one transaction: a record that commits later
 * waits for the next one, and two collectors never seal the same. Rare keys and small buckets are hidden here, for good, so that a
 * release never changes its rows. Must never publish a tombstone before the seal that follows it.
 */
import type { DatabaseSync } from 'node:sqlite';
import { parseCharter, type Level, type Scope } from '../../src/charter/charter.ts';
import {
  hiddenBuckets,
  hideRareKeys,
  planReleases,
  sealingRulesOf,
  type EpisodeBody,
  SCOPE_OF_KIND,
  type PoolCell,
  type ReleasePlan,
  type SealingRules,
} from '../release.ts';
import { isoWeekOf } from '../../src/trace/published.ts';
import type { HeldCharter } from './charters.ts';
import { inTransaction } from './transaction.ts';

export interface Sealed {
  releases: { number: number; motion: number; rhythm: number; episode: number; trace: number }[];
  tombstones: number;
}

const LAST_SEAL = 'last-seal-epoch-ms';

export function createSealing(database: DatabaseSync, listCharters: () => HeldCharter[]) {
  // Reads the whole table, which costs less than an index of the pool would with every record.
  const poolCells = database.prepare(
    `SELECT charter, level, schema_version AS schemaVersion, kind, recorded_on AS recordedOn, count(*) AS records
     FROM records WHERE release IS NULL GROUP BY 1, 2, 3, 4, 5`,
  );
  const contributors = database.prepare(
    `SELECT key, count FROM sighting_counts
     WHERE what = 'contributed' AND charter = ? AND level = ? AND scope = ? AND week = ?`,
  );
  // An installation counts a key once, whatever the charter, level or week, so the counts add up.
  const installations = database.prepare(
    'SELECT sum(count) AS installations FROM sighting_counts WHERE what = ? AND key = ?',
  );
  const inCell =
    'recorded_on = ? AND kind = ? AND release IS NULL AND charter = ? AND level = ? AND schema_version = ?';
  const episodesOfCell = database.prepare(`SELECT record_id AS recordId, body FROM records WHERE ${inCell}`);
  const hideBucket = database.prepare(
    `UPDATE records SET body = json_remove(body, '$.split') WHERE ${inCell} AND json_extract(body, '$.split') = ?`,
  );
  const updateBody = database.prepare('UPDATE records SET body = ? WHERE record_id = ?');
  const claimCell = database.prepare(`UPDATE records SET release = ? WHERE ${inCell}`);
  const nextNumber = database.prepare('SELECT coalesce(max(number), 0) + 1 AS number FROM releases');
  const insertRelease = database.prepare(
    `INSERT INTO releases (number, sealed_on, purpose, schema_version, motions, rhythms, episodes, traces)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertReleaseCharter = database.prepare(
    'INSERT INTO release_charters (release, charter) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const publishTombstones = database.prepare('UPDATE tombstones SET published = 1 WHERE published = 0');
  const readSetting = database.prepare('SELECT value FROM settings WHERE name = ?');
  const writeSetting = database.prepare(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );

  /** Contributors by bucket; all of them under '' where the charter has none. */
  const contributorsByBucket = (cell: { charter: number; level: Level; scope: Scope; week: string }) =>
    new Map(
      contributors
        .all(cell.charter, cell.level, cell.scope, cell.week)
        .map((row) => [row['key'] as string, Number(row['count'])] as const),
    );
  const contributorsOf = (cell: Parameters<typeof contributorsByBucket>[0]) =>
    [...contributorsByBucket(cell).values()].reduce((sum, count) => sum + count, 0);

  function hideSmallBuckets(cell: PoolCell, { buckets, minContributors }: SealingRules): void {
    const { charter, level, schemaVersion, kind, recordedOn } = cell;
    if (buckets === 0 || minContributors === 0 || kind === 'trace') return;
    const week = isoWeekOf(recordedOn);
    const found = contributorsByBucket({ charter, level, scope: SCOPE_OF_KIND[kind], week });
    const people = Array.from({ length: buckets }, (_, bucket) => found.get(String(bucket)) ?? 0);
    for (const bucket of hiddenBuckets(people, minContributors)) {
      hideBucket.run(recordedOn, kind, charter, level, schemaVersion, bucket);
    }
  }

  function hideRareKeysOfCell(cell: PoolCell, minContributors: number): void {
    // Traces keep their keys: who gave them was told that the thresholds do not apply.
    if (cell.kind !== 'episode' || minContributors === 0) return;
    const known = new Map<string, boolean>();
    const isCommon = (what: string, key: string): boolean => {
      const name = `${what} ${key}`;
      const common =
        known.get(name) ?? Number(installations.get(what, key)?.['installations'] ?? 0) >= minContributors;
      known.set(name, common);
      return common;
    };
    const { charter, level, schemaVersion, kind, recordedOn } = cell;
    for (const row of episodesOfCell.all(recordedOn, kind, charter, level, schemaVersion)) {
      const episode = JSON.parse(row['body'] as string) as EpisodeBody;
      updateBody.run(JSON.stringify(hideRareKeys(episode, isCommon)), row['recordId'] as string);
    }
  }

  function sealPlan(plan: ReleasePlan, rulesOf: (charter: number) => SealingRules, day: string) {
    const number = Number(nextNumber.get()?.['number']);
    const counts = { motion: 0, rhythm: 0, episode: 0, trace: 0 };
    for (const cell of plan.cells) {
      const rules = rulesOf(cell.charter);
      hideRareKeysOfCell(cell, rules.minContributors);
      hideSmallBuckets(cell, rules);
      const { charter, level, schemaVersion, kind, recordedOn } = cell;
      const claimed = claimCell.run(number, recordedOn, kind, charter, level, schemaVersion);
      counts[kind] += Number(claimed.changes);
      insertReleaseCharter.run(number, charter);
    }
    const { motion, rhythm, episode, trace } = counts;
    insertRelease.run(number, day, plan.purpose, plan.schemaVersion, motion, rhythm, episode, trace);
    return { number, ...counts };
  }

  return {
    /** Seals what may be sealed and publishes the tombstones that wait. */
    seal: (nowEpochMs: number, day: string): Sealed =>
      inTransaction(database, () => {
        const rules = new Map(listCharters().map((held) => [held.number, readRules(held)]));
        const rulesOf = (charter: number) => rules.get(charter)!;
        const plans = planReleases(poolCells.all() as unknown as PoolCell[], rulesOf, contributorsOf);
        const releases = plans.map((plan) => sealPlan(plan, rulesOf, day));
        writeSetting.run(LAST_SEAL, String(nowEpochMs));
        return { releases, tombstones: Number(publishTombstones.run().changes) };
      }),

    /** When the last seal was, be it by setting or by command; the first call of all starts the clock. */
    lastSealEpochMs: (nowEpochMs: number): number => {
      const found = readSetting.get(LAST_SEAL);
      if (found) return Number(found['value']);
      writeSetting.run(LAST_SEAL, String(nowEpochMs));
      return nowEpochMs;
    },
  };
}

function readRules(held: HeldCharter): SealingRules {
  const parsed = parseCharter(held.json);
  if (!parsed.ok) throw new Error('a held charter can always be read');
  return sealingRulesOf(parsed.charter, held.state === 'withdrawn');
}
