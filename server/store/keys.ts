/**
 * The keys that may speak to the collector, known by their hash.
 *
 * Part of the store. Must never hold a key itself, or anything of who presented one and when.
 */
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './transaction.ts';

export const ROLES = ['participant', 'reader'] as const;
export type Role = (typeof ROLES)[number];

export interface HeldKey {
  role: Role;
  name: string;
  /** What a reader may use data for. */
  purposes: string[];
  createdOn: string;
  revokedOn: string | null;
}

export function createKeyTable(database: DatabaseSync) {
  const columns = 'role, name, purposes, created_on AS createdOn, revoked_on AS revokedOn';
  const byHash = database.prepare(
    `SELECT ${columns} FROM api_keys WHERE key_hash = ? AND revoked_on IS NULL`,
  );
  const byName = database.prepare('SELECT 1 FROM api_keys WHERE name = ? AND revoked_on IS NULL');
  const all = database.prepare(`SELECT ${columns} FROM api_keys ORDER BY created_on, name`);
  const insert = database.prepare(
    'INSERT INTO api_keys (key_hash, role, name, purposes, created_on) VALUES (?, ?, ?, ?, ?)',
  );
  const revoke = database.prepare('UPDATE api_keys SET revoked_on = ? WHERE name = ? AND revoked_on IS NULL');

  return {
    /** The key in force with this hash. */
    findKey: (keyHash: string): HeldKey | undefined => {
      const row = byHash.get(keyHash);
      return row && readRow(row);
    },

    listKeys: (): HeldKey[] => all.all().map(readRow),

    /** Names are unique among the keys in force, since the access log and `revoke` go by name. */
    addKey: (
      key: Omit<HeldKey, 'createdOn' | 'revokedOn'> & { keyHash: string },
      day: string,
    ): 'added' | 'name-taken' =>
      inTransaction(database, () => {
        if (byName.get(key.name)) return 'name-taken';
        insert.run(key.keyHash, key.role, key.name, JSON.stringify(key.purposes), day);
        return 'added';
      }),

    revokeKey: (name: string, day: string): boolean => revoke.run(day, name).changes > 0,
  };
}

function readRow(row: Record<string, unknown>): HeldKey {
  return { ...(row as unknown as HeldKey), purposes: JSON.parse(row['purposes'] as string) as string[] };
}
