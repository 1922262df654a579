import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../store.ts';
import { makeTestDir } from '../testing/test-store.ts';
import { PRAGMAS } from './sqlite.ts';

let dataDir: string;
let path: string;
let store: Store;
beforeEach(async () => {
  dataDir = makeTestDir();
  path = join(dataDir, 'proffer.sqlite');
  store = await openStore({ path });
});
afterEach(async () => {
  await store.close().catch(() => undefined);
  rmSync(dataDir, { recursive: true, force: true });
});

test('a new file is in WAL mode, readable by its owner only, and every table is ordered by its key', () => {
  const database = new DatabaseSync(path, { readOnly: true });
  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  const tables = database
    .prepare(
      `SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'
         AND name NOT LIKE 'kysely_%'`,
    )
    .all();
  expect(tables.length).toBeGreaterThan(10);
  for (const table of tables) expect(table).toEqual({ name: table['name'], wr: 1, strict: 1 });
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  database.close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a file that a newer version has written is not opened', async () => {
  await store.close();
  const database = new DatabaseSync(path);
  database.exec("INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-of-tomorrow', '')");
  database.close();
  await expect(openStore({ path })).rejects.toThrow('newer version');
});

test('a file from before the first release is not taken for ours', async () => {
  const old = join(dataDir, 'old.sqlite');
  const database = new DatabaseSync(old);
  database.exec('CREATE TABLE records (record_id TEXT)');
  database.close();
  await expect(openStore({ path: old })).rejects.toThrow('before the first release');
});

test('every connection writes durably, overwrites what it removes, and leaves checkpoints to settling', () => {
  // Each is read back when a store is opened, which fails if SQLite answers anything else.
  expect(PRAGMAS).toMatchObject({
    journal_mode: 'wal',
    synchronous: 2,
    secure_delete: 1,
    wal_autocheckpoint: 0,
  });
});
