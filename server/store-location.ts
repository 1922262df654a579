/**
 * Where a collector's store is: PostgreSQL if `DATABASE_URL` names one, else a file in the data directory.
 *
 * Runs in the collector and its commands. The address holds a password, so it is a variable of the environment and never
 * an argument, which other users of the machine could see.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, type Store } from './store.ts';
import type { StoreLocation } from './store/database.ts';

/** The store's file in a data directory. */
export function databasePath(dataDir: string): string {
  return join(dataDir, 'proffer.sqlite');
}

/**
 * Which store goes with a data directory.
 *
 * @throws Error that names the variable when it is no address of PostgreSQL.
 */
export function storeLocationOf(dataDir: string, url = process.env['DATABASE_URL']): StoreLocation {
  if (url === undefined || url === '') return { path: databasePath(dataDir) };
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new Error('DATABASE_URL: must begin with postgres:// or postgresql://');
  }
  return { url };
}

/**
 * Opens the store for a command, does the work and closes it.
 *
 * @throws Error when a collector has never kept data there.
 */
export async function withStore<Result>(
  dataDir: string,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const location = storeLocationOf(dataDir);
  if ('path' in location && !existsSync(location.path)) {
    throw new Error(`data: ${dataDir} holds no data of a collector`);
  }
  const store = await openStore(location);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
