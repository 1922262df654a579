/**
 * The charters that the collector holds: the current one, superseded ones, withdrawn ones.
 *
 * Part of the store. A charter's text never changes and never goes away, since records and releases name it.
 */
import { inTransaction, type Database } from './database.ts';
import type { CharterRow } from './tables.ts';

export type CharterState = 'current' | 'superseded' | 'withdrawn';

export type HeldCharter = Omit<CharterRow, 'since_day'> & { sinceDay: string };

const COLUMNS = ['number', 'hash', 'json', 'state', 'since_day as sinceDay'] as const;

export function createCharterTable(database: Database) {
  const { queries } = database;
  return {
    findCharter: (hash: string): Promise<HeldCharter | undefined> =>
      queries.selectFrom('charters').select(COLUMNS).where('hash', '=', hash).executeTakeFirst(),

    listCharters: (): Promise<HeldCharter[]> =>
      queries.selectFrom('charters').select(COLUMNS).orderBy('number').execute(),

    /** Makes this charter the current one and supersedes the former. A withdrawn charter stays withdrawn. */
    adoptCharter: (hash: string, json: string, day: string): Promise<'adopted' | 'withdrawn'> =>
      inTransaction(database, async (transaction) => {
        const held = await transaction
          .selectFrom('charters')
          .select('state')
          .where('hash', '=', hash)
          .executeTakeFirst();
        if (held?.state === 'withdrawn') return 'withdrawn';
        if (held?.state === 'current') return 'adopted';
        await transaction
          .updateTable('charters')
          .set({ state: 'superseded', since_day: day })
          .where('state', '=', 'current')
          .execute();
        if (held) {
          await transaction
            .updateTable('charters')
            .set({ state: 'current', since_day: day })
            .where('hash', '=', hash)
            .execute();
          return 'adopted';
        }
        const last = await transaction
          .selectFrom('charters')
          .select(({ fn }) => fn.max('number').as('number'))
          .executeTakeFirst();
        await transaction
          .insertInto('charters')
          .values({ number: (last?.number ?? 0) + 1, hash, json, state: 'current', since_day: day })
          .execute();
        return 'adopted';
      }),

    /** Refuses its batches from now on, and keeps its unreleased records out of every release. */
    withdrawCharter: async (hash: string, day: string): Promise<boolean> => {
      const changed = await queries
        .updateTable('charters')
        .set({ state: 'withdrawn', since_day: day })
        .where('hash', '=', hash)
        .executeTakeFirst();
      return changed.numUpdatedRows === 1n;
    },
  };
}
