/**
 * A pulled dataset, opened for reading by SQL: what exports, the viewer and measurements start from.
 *
 * Runs on the data team's computer, reads only the files that the manifest lists, and changes nothing. Must never
 * let text from outside become SQL: values go in as parameters, names are those of our own tables.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBValue, type Json } from '@duckdb/node-api';
import { parseManifest, type Manifest } from './manifest.ts';
import { pullFailure } from './pull-failure.ts';
import { tablesFor } from './tables.ts';

export interface Dataset {
  manifest: Manifest;
  /**
   * Rows of a query as JSON values. Tables have their own names: `SELECT * FROM steps WHERE episode_id = $1`.
   *
   * @param values take the places of `$1`, `$2`, …
   */
  query: (sql: string, values?: readonly DuckDBValue[]) => Promise<Record<string, Json>[]>;
  /** The same rows in chunks, in bounded memory. */
  stream: (sql: string, values?: readonly DuckDBValue[]) => AsyncIterable<Record<string, Json>[]>;
  close: () => void;
}

export interface ReadingLimits {
  /** What DuckDB may take of the memory. */
  memoryMb?: number;
  /** Where it may put what does not fit; nowhere without. */
  spillDir?: string;
}

/** Opens the folder of a pulled dataset. Throws a failure (`folder-foreign`) if it is none. */
export async function openDataset(
  dir: string,
  { memoryMb = 256, spillDir = '' }: ReadingLimits = {},
): Promise<Dataset> {
  const manifest = await openManifest(dir);
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${memoryMb}MB`,
    temp_directory: spillDir,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  // Every question goes to the same files, and what a file says of its many columns takes long to read.
  await connection.run('SET parquet_metadata_cache = true');
  for (const { name, columns } of tablesFor(manifest.purpose)) {
    const files = manifest.releases
      .filter((release) => !release.withdrawn)
      .flatMap((release) => release.files.filter((file) => file.table === name))
      .map((file) => `'${join(dir, file.path).replaceAll("'", "''")}'`);
    const rows =
      files.length === 0
        ? `SELECT ${columns.map((column) => `NULL::${column.type} AS "${column.name}"`).join(', ')} LIMIT 0`
        : `SELECT * FROM read_parquet([${files.join(', ')}], union_by_name = true)`;
    await connection.run(`CREATE VIEW "${name}" AS ${rows}`);
  }
  return {
    manifest,
    query: async (sql, values = []) => {
      const reader = await connection.runAndReadAll(sql, [...values]);
      return reader.getRowObjectsJson();
    },
    stream: async function* (sql, values = []) {
      const result = await connection.stream(sql, [...values]);
      for await (const rows of result.yieldRowObjectJson()) yield rows;
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** The manifest of a pulled dataset. Throws a failure (`folder-foreign`) if the folder is none. */
export async function openManifest(dir: string): Promise<Manifest> {
  const path = join(dir, 'manifest.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw pullFailure(
      'folder-foreign',
      `${dir} holds no manifest.json: it is no dataset that proffer pulled`,
    );
  }
  const parsed = parseManifest(text);
  if (!parsed.ok) throw pullFailure('folder-foreign', `${path} is no manifest of ours: ${parsed.problem}`);
  return parsed.manifest;
}
