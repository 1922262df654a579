/**
 * The queue: the truth about what has been recorded and not yet settled.
 *
 * IndexedDB, opened by the background and the extension's own pages. Each change of state is one transaction, so
 * that a crash at any instant leaves a state from which the next start goes on. Never holds anything raw.
 */
import { openDB, type IDBPDatabase } from 'idb';
import type { QueueSchema } from './queue-schema.ts';
import { upgradeFromVersion1, upgradeStores } from './upgrade.ts';

const DATABASE_NAME = 'proffer';
const DATABASE_VERSION = 2;

export type QueueDatabase = IDBPDatabase<QueueSchema>;

/** Opens the queue. The caller closes it with `close()`; a worker that dies closes it as well. */
export function openQueue(name = DATABASE_NAME): Promise<QueueDatabase> {
  return openDB<QueueSchema>(name, DATABASE_VERSION, {
    upgrade(database, oldVersion, _newVersion, transaction) {
      upgradeStores(database, oldVersion, transaction);
      // All or nothing: with a fault the queue stays at its version, and is not opened.
      if (oldVersion === 1) upgradeFromVersion1(transaction).catch(() => transaction.abort());
    },
    // Another version of the extension wants to upgrade: let it, the next call opens the queue anew.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}
