/**
 * The charters that the collector holds: the current one, superseded ones, withdrawn ones.
 *
 * Part of the store. A charter's text never changes and never goes away, since records and releases name it.
 */
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './transaction.ts';

export type CharterState = 'current' | 'superseded' | 'withdrawn';

export interface HeldCharter {
  /** How records name it inside the store. */
  number: number;
  hash: string;
  /** Canonical JSON: its SHA-256 is the hash. */
  json: string;
  state: CharterState;
  /** UTC day since which the state holds. */
  sinceDay: string;
}

const COLUMNS = 'number, hash, json, state, since_day AS sinceDay';

export function createCharterTable(database: DatabaseSync) {
  const byHash = database.prepare(`SELECT ${COLUMNS} FROM charters WHERE hash = ?`);
  const all = database.prepare(`SELECT ${COLUMNS} FROM charters ORDER BY number`);
  const supersede = database.prepare(
    `UPDATE charters SET state = 'superseded', since_day = ? WHERE state = 'current'`,
  );
  const insert = database.prepare(
    `INSERT INTO charters (number, hash, json, state, since_day)
     VALUES ((SELECT coalesce(max(number), 0) + 1 FROM charters), ?, ?, 'current', ?)`,
  );
  const changeState = database.prepare('UPDATE charters SET state = ?, since_day = ? WHERE hash = ?');

  const findCharter = (hash: string) => byHash.get(hash) as HeldCharter | undefined;

  return {
    findCharter,

    listCharters: () => all.all() as unknown as HeldCharter[],

    /** Makes this charter the current one and supersedes the former. A withdrawn charter stays withdrawn. */
    adoptCharter: (hash: string, json: string, day: string): 'adopted' | 'withdrawn' =>
      inTransaction(database, () => {
        const held = findCharter(hash);
        if (held?.state === 'withdrawn') return 'withdrawn';
        if (held?.state === 'current') return 'adopted';
        supersede.run(day);
        if (held) changeState.run('current', day, hash);
        else insert.run(hash, json, day);
        return 'adopted';
      }),

    /** Refuses its batches from now on, and keeps its unreleased records out of every release. */
    withdrawCharter: (hash: string, day: string): boolean =>
      changeState.run('withdrawn', day, hash).changes === 1,
  };
}
