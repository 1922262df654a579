/**
 * The queue: the truth about what has been recorded and not yet settled.
 *
 * IndexedDB, opened by the background and the extension's own pages. Each change of state is one transaction, so
 * that a crash at any instant leaves a state from which the next start goes on. Never holds anything raw.
 */
import { openDB, type IDBPDatabase } from 'idb';
import type { QueueSchema } from './queue-schema.ts';

const DATABASE_NAME = 'proffer';
const DATABASE_VERSION = 1;

export type QueueDatabase = IDBPDatabase<QueueSchema>;

/** Opens the queue. The caller closes it with `close()`; a worker that dies closes it as well. */
export function openQueue(name = DATABASE_NAME): Promise<QueueDatabase> {
  return openDB<QueueSchema>(name, DATABASE_VERSION, {
    upgrade(database) {
      const records = database.createObjectStore('records', { keyPath: 'recordId' });
      records.createIndex('by-state', ['state', 'dueAtMs']);
      records.createIndex('by-batch', 'batchId');
      const steps = database.createObjectStore('steps', { keyPath: 'sequence' });
      steps.createIndex('by-due', 'dueAtMs');
      database.createObjectStore('tabViews', { keyPath: 'tabId' });
      database.createObjectStore('frames', { keyPath: 'frame' }).createIndex('by-seen', 'seenAtMs');
      database
        .createObjectStore('batches', { keyPath: 'batchId' })
        .createIndex('by-next-attempt', 'nextAttemptAtMs');
      database.createObjectStore('erasures', { keyPath: 'counter' }).createIndex('by-due', 'dueAtMs');
      database.createObjectStore('sightings', { keyPath: 'key' });
      database.createObjectStore('meta');
    },
    // Another version of the extension wants to upgrade: let it, the next call opens the queue anew.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}
