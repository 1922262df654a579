/**
 * Sealing: the pool's records become numbered releases.
 *
 * Part of the store. A release claims its records by their state, in one transaction: a record that commits later
 * waits for the next one, and two collectors never seal the same. Rare keys and small buckets are hidden here, for
 * good, so that a release never changes its rows. Must never publish a tombstone before the seal that follows it.
 */
import type { ExpressionBuilder, Transaction } from 'kysely';
import { isoWeekOf } from '../../src/trace/published.ts';
import {
  hiddenBuckets,
  hideRareKeys,
  planReleases,
  SCOPE_OF_KIND,
  type EpisodeBody,
  type PoolCell,
  type ReleasePlan,
  type SealingRules,
} from '../release.ts';
import { inTransaction, type Database } from './database.ts';
import {
  countContributors,
  findCommonKeys,
  keyOf,
  readPool,
  readRules,
  sumOf,
  type CommonKeys,
  type Contributors,
} from './seal-facts.ts';
import type { RecordRow, Tables } from './tables.ts';

export interface Sealed {
  releases: { number: number; motion: number; rhythm: number; episode: number; trace: number }[];
  tombstones: number;
}

const LAST_SEAL = 'last-seal-epoch-ms';
/** Rows whose bodies are looked at together. */
const READ_ROWS = 500;

export function createSealing(database: Database) {
  return {
    /** Seals what may be sealed and publishes the tombstones that wait. */
    seal: (nowEpochMs: number, day: string): Promise<Sealed> =>
      inTransaction(database, async (transaction) => {
        await holdSeals(transaction);
        const charters = await readRules(transaction);
        const rulesOf = (charter: number) => charters.get(charter)!;
        const contributors = await countContributors(transaction);
        const pool = await readPool(transaction);
        const plans = planReleases(pool, rulesOf, (cell) => sumOf(contributors.get(keyOf(cell))));
        const isCommon = await findCommonKeys(transaction, charters);
        const releases: Sealed['releases'] = [];
        for (const plan of plans) {
          releases.push(await sealPlan(transaction, { plan, day, rulesOf, contributors, isCommon }));
        }
        await database.noteUnsettled(
          transaction,
          plans.flatMap(({ cells }) => cells.map((cell) => cell.recordedOn)),
        );
        await transaction
          .updateTable('settings')
          .set({ value: String(nowEpochMs) })
          .where('name', '=', LAST_SEAL)
          .execute();
        const published = await transaction
          .updateTable('tombstones')
          .set({ published: 1 })
          .where('published', '=', 0)
          .executeTakeFirst();
        return { releases, tombstones: Number(published.numUpdatedRows) };
      }),

    /** When the last seal was, be it by setting or by command; the first call of all starts the clock. */
    lastSealEpochMs: async (nowEpochMs: number): Promise<number> => {
      const find = () =>
        database.queries
          .selectFrom('settings')
          .select('value')
          .where('name', '=', LAST_SEAL)
          .executeTakeFirst();
      const found = await find();
      if (found && found.value !== '') return Number(found.value);
      await database.queries
        .insertInto('settings')
        .values({ name: LAST_SEAL, value: String(nowEpochMs) })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: String(nowEpochMs) }))
        .execute();
      return nowEpochMs;
    },

    /** Takes a release back whole: readers are given nothing of it from now on. */
    withdrawRelease: async (number: number): Promise<boolean> => {
      const changed = await database.queries
        .updateTable('releases')
        .set({ withdrawn: 1 })
        .where('number', '=', number)
        .executeTakeFirst();
      return changed.numUpdatedRows === 1n;
    },
  };
}

/** Lets no other seal begin before this transaction ends: by writing one row, which holds on every database. */
export async function holdSeals(transaction: Transaction<Tables>): Promise<void> {
  await transaction
    .insertInto('settings')
    .values({ name: LAST_SEAL, value: '' })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((build) => ({ value: build.ref('settings.value') })),
    )
    .execute();
}

interface Sealing {
  plan: ReleasePlan;
  day: string;
  rulesOf: (charter: number) => SealingRules;
  contributors: Contributors;
  isCommon: CommonKeys;
}

async function sealPlan(transaction: Transaction<Tables>, { plan, day, ...sealing }: Sealing) {
  const last = await transaction
    .selectFrom('releases')
    .select(({ fn }) => fn.max('number').as('number'))
    .executeTakeFirst();
  const number = (last?.number ?? 0) + 1;
  for (const cell of plan.cells) {
    // Claimed first and looked at then: what arrives in between stays in the pool as it is.
    await claimCell(transaction, number, cell);
    await hideInCell(transaction, number, cell, sealing);
  }
  // Erased while it arrived: such a record comes after the erasure has looked for it.
  await transaction
    .deleteFrom('records')
    .where('release', '=', number)
    .where('record_id', 'in', (build) => build.selectFrom('erased_ids').select('record_id'))
    .execute();
  const counts = await countRecords(transaction, number);
  await transaction
    .insertInto('releases')
    .values({
      number,
      sealed_on: day,
      purpose: plan.purpose,
      schema_version: plan.schemaVersion,
      withdrawn: 0,
      motions: counts.motion,
      rhythms: counts.rhythm,
      episodes: counts.episode,
      traces: counts.trace,
    })
    .execute();
  await transaction
    .insertInto('release_charters')
    .values(
      [...new Set(plan.cells.map((cell) => cell.charter))].map((charter) => ({ release: number, charter })),
    )
    .execute();
  return { number, ...counts };
}

async function claimCell(transaction: Transaction<Tables>, release: number, cell: PoolCell): Promise<void> {
  await transaction
    .updateTable('records')
    .set({ release })
    .where(ofCell(cell))
    .where('release', 'is', null)
    .execute();
}

function ofCell({ charter, level, schemaVersion, kind, recordedOn }: PoolCell) {
  return (build: ExpressionBuilder<Tables, 'records'>) =>
    build.and({ recorded_on: recordedOn, kind, charter, level, schema_version: schemaVersion });
}

/** Hides what too few people stand behind: buckets of the cell, and keys of its episodes. */
async function hideInCell(
  transaction: Transaction<Tables>,
  release: number,
  cell: PoolCell,
  { rulesOf, contributors, isCommon }: Omit<Sealing, 'plan' | 'day'>,
): Promise<void> {
  const { buckets, minContributors } = rulesOf(cell.charter);
  // Traces keep all: who gave them was told that the thresholds do not apply.
  if (cell.kind === 'trace' || minContributors === 0) return;
  const scope = SCOPE_OF_KIND[cell.kind];
  const found = contributors.get(keyOf({ ...cell, scope, week: isoWeekOf(cell.recordedOn) }));
  const people = Array.from({ length: buckets }, (_, bucket) => found?.get(String(bucket)) ?? 0);
  const hidden = new Set(hiddenBuckets(people, minContributors));
  if (hidden.size === 0 && cell.kind !== 'episode') return;
  await rewriteBodies(transaction, release, cell, (body) => {
    const shown =
      cell.kind === 'episode'
        ? hideRareKeys(body as EpisodeBody, (what, key) => isCommon(what, key, minContributors))
        : body;
    const { split, ...rest } = shown as { split?: number };
    return split !== undefined && hidden.has(split) ? rest : shown;
  });
}

async function rewriteBodies(
  transaction: Transaction<Tables>,
  release: number,
  cell: PoolCell,
  rewrite: (body: object) => object,
): Promise<void> {
  let after = '';
  for (;;) {
    const rows: Pick<RecordRow, 'record_id' | 'body'>[] = await transaction
      .selectFrom('records')
      .select(['record_id', 'body'])
      .where(ofCell(cell))
      .where('record_id', '>', after)
      .where('release', '=', release)
      .orderBy('record_id')
      .limit(READ_ROWS)
      .execute();
    for (const row of rows) {
      const body = JSON.stringify(rewrite(JSON.parse(row.body) as object));
      if (body === row.body) continue;
      await transaction
        .updateTable('records')
        .set({ body })
        .where('recorded_on', '=', cell.recordedOn)
        .where('kind', '=', cell.kind)
        .where('record_id', '=', row.record_id)
        .execute();
    }
    if (rows.length < READ_ROWS) return;
    after = rows.at(-1)!.record_id;
  }
}

async function countRecords(transaction: Transaction<Tables>, release: number) {
  const counts = { motion: 0, rhythm: 0, episode: 0, trace: 0 };
  const rows = await transaction
    .selectFrom('records')
    .select(({ fn }) => ['kind', fn.count('record_id').distinct().as('records')])
    .where('release', '=', release)
    .groupBy('kind')
    .execute();
  for (const { kind, records } of rows) counts[kind] = Number(records);
  return counts;
}
