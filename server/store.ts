/**
 * The store: everything that the collector keeps, in one SQLite file or in PostgreSQL.
 *
 * Its methods are asynchronous and take and give plain data, so that the SQLite file can be kept in a thread of its own.
 * Must never keep an order, a batch, an address or a time finer than a day beside a record.
 */
import { createAccessLog } from './store/access-log.ts';
import { createBatchTables } from './store/batches.ts';
import { createCharterTable } from './store/charters.ts';
import type { Database, StoreLocation } from './store/database.ts';
import { createErasureTables } from './store/erasures.ts';
import { createIdentity } from './store/identity.ts';
import { createKeyTable } from './store/keys.ts';
import { openPostgres } from './store/postgres.ts';
import { createPullTables } from './store/pulls.ts';
import { createSealing } from './store/releases.ts';
import { createRetention } from './store/retention.ts';
import { openSqlite } from './store/sqlite.ts';
import { openInThread } from './store/thread.ts';

/** The store's methods; each is whole or not done at all. */
export type Store = ReturnType<typeof createStore>;

/**
 * Opens the store; a SQLite file is made when it is not there, and one that a crash left unsettled is settled first.
 *
 * The file is kept in a thread of its own, so that checking batches and waiting for the disk go on side by side.
 *
 * @throws Error that names the setting when it cannot be used, or a newer version has written it.
 */
export function openStore(location: StoreLocation): Promise<Store> {
  return 'url' in location ? openStoreHere(location) : openInThread<Store>(location);
}

/** The same in this thread. */
export async function openStoreHere(location: StoreLocation): Promise<Store> {
  const store = createStore(
    await ('url' in location ? openPostgres(location.url) : openSqlite(location.path)),
  );
  if ('path' in location) await store.settle();
  return store;
}

function createStore(database: Database) {
  const { settle, unsettledBytes, relieve, backUp } = database;
  return {
    ...createIdentity(database),
    ...createCharterTable(database),
    ...createKeyTable(database),
    ...createBatchTables(database),
    ...createErasureTables(database),
    ...createSealing(database),
    ...createPullTables(database),
    ...createAccessLog(database),
    ...createRetention(database),
    settle,
    unsettledBytes,
    relieve,
    backUp,

    /** Settles and closes. */
    close: async (): Promise<void> => {
      // Closing empties the write-ahead log into the file in any case; the next one to open then settles.
      try {
        if ((await settle()) === 'busy') await relieve();
      } finally {
        await database.close();
      }
    },
  };
}
