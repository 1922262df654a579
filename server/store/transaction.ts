/**
 * Transactions of the embedded store.
 *
 * Runs where the store runs. What happens inside happens whole or not at all, kill and power cut included.
 */
import type { DatabaseSync } from 'node:sqlite';

/** Does the work in one transaction that holds the write lock from its start. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (fault) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw fault;
  }
}
