/**
 * The files are Parquet to a reader that shares no code with the one that wrote them.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { expect, it } from 'vitest';
import { tablesFor } from './tables.ts';
import { query, withTemporaryFolder } from './testing/dataset-reader.ts';
import { PURPOSE } from './testing/fake-collector.ts';
import { aCollector, aLinkedCollector, LINKED_PURPOSE, pullOrFail, someRows } from './testing/pulling.ts';

it.each([
  [PURPOSE, aCollector(someRows(0, 40), someRows(40, 3))],
  [LINKED_PURPOSE, aLinkedCollector(40)],
])(
  'every table for %s reads alike in DuckDB and in hyparquet: rows, order and values',
  (purpose, collector) =>
    withTemporaryFolder(async (folder) => {
      const outDir = join(folder, 'dataset');
      await pullOrFail(collector, outDir, { purpose });
      for (const { name } of tablesFor(purpose)) {
        const expected = await query(outDir, `SELECT * FROM read_parquet('${name}/*.parquet')`);
        const found: Record<string, unknown>[] = [];
        for (const file of (await readdir(join(outDir, name))).sort()) {
          const bytes = await readFile(join(outDir, name, file));
          const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
          found.push(...(await parquetReadObjects({ file: buffer, compressors })));
        }
        expect(found.length, name).toBeGreaterThan(0);
        expect(plain(found), name).toEqual(plain(expected));
      }
    }),
);

/** Numbers of any width as text, absent as null: what differs between two readers and is no difference. */
function plain(rows: unknown): unknown {
  const text = JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'bigint' || typeof value === 'number' ? String(value) : (value ?? null),
  );
  return JSON.parse(text);
}
