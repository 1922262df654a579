/**
 * The keys that may speak to the collector, known by their hash.
 *
 * Part of the store. Must never hold a key itself, or anything of who presented one and when.
 */
import type { ExpressionBuilder } from 'kysely';
import { inTransaction, type Database } from './database.ts';
import type { KeyRow, Tables } from './tables.ts';

export const ROLES = ['participant', 'reader', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

export interface HeldKey {
  role: Role;
  name: string;
  /** What a reader may use data for. */
  purposes: string[];
  createdOn: string;
  /** Last day on which it is in force; null for no end. */
  expiresOn: string | null;
  revokedOn: string | null;
}

export type NewKeyRow = Pick<HeldKey, 'role' | 'name' | 'purposes' | 'expiresOn'> & { keyHash: string };

const COLUMNS = [
  'role',
  'name',
  'purposes',
  'created_on as createdOn',
  'expires_on as expiresOn',
  'revoked_on as revokedOn',
] as const;

export function createKeyTable(database: Database) {
  const { queries } = database;
  const all = queries.selectFrom('api_keys').select(COLUMNS);
  return {
    /** The key with this hash, if it is in force on this day. */
    findKey: async (keyHash: string, day: string): Promise<HeldKey | undefined> => {
      const row = await all.where('key_hash', '=', keyHash).where(inForce(day)).executeTakeFirst();
      return row && readKey(row);
    },

    listKeys: async (): Promise<HeldKey[]> =>
      (await all.orderBy('created_on').orderBy('name').orderBy('key_hash').execute()).map(readKey),

    /** Keeps a new key's hash; keys in force have names of their own. */
    addKey: (key: NewKeyRow, day: string): Promise<'added' | 'name-taken'> =>
      inTransaction(database, async (transaction) => {
        const taken = await transaction
          .selectFrom('api_keys')
          .select('name')
          .where('name', '=', key.name)
          .where(inForce(day))
          .executeTakeFirst();
        if (taken) return 'name-taken';
        await transaction.insertInto('api_keys').values(rowOf(key, day)).execute();
        return 'added';
      }),

    /**
     * Puts a new key in the place of the one in force with its name, which ends on `lastDay`.
     *
     * The new one takes over role, purposes and, when none is given, the end of the old one.
     */
    rotateKey: (
      next: { name: string; keyHash: string; expiresOn: string | null | undefined },
      { day, lastDay }: { day: string; lastDay: string },
    ): Promise<HeldKey | undefined> =>
      inTransaction(database, async (transaction) => {
        const row = await transaction
          .selectFrom('api_keys')
          .select(COLUMNS)
          .where('name', '=', next.name)
          .where(inForce(day))
          .orderBy('created_on', 'desc')
          .executeTakeFirst();
        if (!row) return undefined;
        const before = readKey(row);
        await transaction
          .updateTable('api_keys')
          .set({ expires_on: lastDay })
          .where('name', '=', next.name)
          .where('revoked_on', 'is', null)
          .where((build) => build.or([build('expires_on', 'is', null), build('expires_on', '>', lastDay)]))
          .execute();
        const expiresOn = next.expiresOn === undefined ? before.expiresOn : next.expiresOn;
        const after = { ...before, expiresOn, keyHash: next.keyHash };
        await transaction.insertInto('api_keys').values(rowOf(after, day)).execute();
        return { ...before, expiresOn, createdOn: day };
      }),

    /** Ends every key in force with this name at once. */
    revokeKey: async (name: string, day: string): Promise<boolean> => {
      const changed = await queries
        .updateTable('api_keys')
        .set({ revoked_on: day })
        .where('name', '=', name)
        .where(inForce(day))
        .executeTakeFirst();
      return changed.numUpdatedRows > 0n;
    },
  };
}

function inForce(day: string) {
  return (build: ExpressionBuilder<Tables, 'api_keys'>) =>
    build.and([
      build('revoked_on', 'is', null),
      build.or([build('expires_on', 'is', null), build('expires_on', '>=', day)]),
    ]);
}

function rowOf({ keyHash, role, name, purposes, expiresOn }: NewKeyRow, day: string): KeyRow {
  return {
    key_hash: keyHash,
    role,
    name,
    purposes: JSON.stringify(purposes),
    created_on: day,
    expires_on: expiresOn,
    revoked_on: null,
  };
}

function readKey(row: Omit<HeldKey, 'purposes'> & { purposes: string }): HeldKey {
  return { ...row, purposes: JSON.parse(row.purposes) as string[] };
}
