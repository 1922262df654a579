/**
 * Reads a dataset back in tests: rows by SQL, and all of a folder's files by their digest.
 *
 * Runs in tests only.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DuckDBInstance, type Json } from '@duckdb/node-api';
import { digestFile } from '../write-whole.ts';

/** Rows of a query run inside a folder, as JSON values. */
export async function query(folder: string, sql: string): Promise<Record<string, Json>[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    await connection.run('SET file_search_path = $1'.replace('$1', `'${folder.replaceAll("'", "''")}'`));
    const reader = await connection.runAndReadAll(sql);
    return reader.getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** SHA-256 of every file of a folder, by its path in it. */
export async function digestFolder(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const digests: [string, string][] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    digests.push([relative(folder, path), (await digestFile(path)).sha256]);
  }
  return Object.fromEntries(digests.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Runs something with a temporary folder and removes it. */
export async function withTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'proffer-dataset-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
