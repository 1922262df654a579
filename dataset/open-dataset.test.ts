import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDataset } from './open-dataset.ts';
import { tablesFor } from './tables.ts';
import { withTemporaryFolder } from './testing/dataset-reader.ts';
import { aCollector, pullOrFail, someRows } from './testing/pulling.ts';

it('gives every table by its name, over all releases that are not withdrawn', () =>
  withTemporaryFolder(async (folder) => {
    const outDir = join(folder, "a dataset's folder");
    const collector = aCollector(someRows(0, 4), someRows(4, 3));
    await pullOrFail(collector, outDir);
    const all = await openDataset(outDir);
    for (const { name } of tablesFor(all.manifest.purpose)) await all.query(`SELECT * FROM ${name} LIMIT 1`);
    expect(await all.query('SELECT count(*)::INTEGER AS n FROM motions')).toEqual([{ n: 7 }]);
    all.close();

    collector.releases[0]!.changes = { withdrawn: true };
    await pullOrFail(collector, outDir);
    const rest = await openDataset(outDir);
    expect(await rest.query('SELECT count(*)::INTEGER AS n FROM motions WHERE release = $1', [2])).toEqual([
      { n: 3 },
    ]);
    const streamed: unknown[] = [];
    for await (const rows of rest.stream('SELECT record_id FROM motions')) streamed.push(...rows);
    expect(streamed).toHaveLength(3);
    rest.close();
  }));

it('has empty tables where nothing was pulled yet', () =>
  withTemporaryFolder(async (outDir) => {
    await pullOrFail(aCollector(), outDir);
    const dataset = await openDataset(outDir);
    expect(await dataset.query('SELECT action FROM steps')).toEqual([]);
    dataset.close();
  }));

it('says what is wrong with a folder that is no dataset', () =>
  withTemporaryFolder(async (folder) => {
    await expect(openDataset(folder)).rejects.toThrow('holds no manifest.json');
    const other = join(folder, 'other');
    await mkdir(other);
    await writeFile(join(other, 'manifest.json'), '{"product":"something else"}');
    await expect(openDataset(other)).rejects.toThrow('is no manifest of ours: product');
  }));
