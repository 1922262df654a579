/**
 * The Hugging Face layout: what the header names is there, and splits are disjoint by person where they can be.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PublishedRow } from '../../src/trace/published.ts';
import { query } from '../testing/dataset-reader.ts';
import { createFakeCollector, eraseFrom } from '../testing/fake-collector.ts';
import { aCharter, aMotion, anEpisode, aRhythm, aRow } from '../testing/published-rows.ts';
import { aCollector, pullOrFail, someRows } from '../testing/pulling.ts';
import { tablesFor } from '../tables.ts';
import { digestFile } from '../write-whole.ts';
import { withTemporaryFolder } from '../testing/dataset-reader.ts';
import { splitOfBucket } from './hugging-face.ts';
import { exportOrFail, SLOW, withExport, type ExportedFolder } from './testing/exported.ts';

const [large, small] = [
  await aCharter({ expectedParticipants: 200 }),
  await aCharter({ expectedParticipants: 40 }),
];

/** Four buckets under one charter, none under the other; no gaps at all. */
function rowsOf(from: number, count: number): PublishedRow[] {
  return Array.from({ length: count }, (_, index) => from + index).flatMap((seed) => [
    aRow(large.hash, aMotion(seed, { split: seed % 4 })),
    aRow(large.hash, aRhythm(seed, { split: (seed + 1) % 4 })),
    aRow(large.hash, anEpisode(seed, { split: seed % 4, gaps: [] })),
    aRow(small.hash, anEpisode(seed + 500, { gaps: [] })),
  ]);
}
const collector = () =>
  createFakeCollector({
    charters: { [large.hash]: large.text, [small.hash]: small.text },
    releases: [
      { number: 1, rows: rowsOf(0, 9) },
      { number: 2, rows: rowsOf(9, 4) },
    ],
  });

interface NamedSplit {
  table: string;
  split: string;
  glob: string;
  rows: number;
}

/** What the header says, read by its own small grammar. */
function readHeader(readme: string): { splits: NamedSplit[]; columns: Map<string, string[]> } {
  const [, header = ''] = readme.split(/^---$/m);
  const [files = '', info = ''] = header.split('dataset_info:');
  const sectionsOf = (text: string) =>
    text
      .split('- config_name: ')
      .slice(1)
      .map((section) => [/^\w+/.exec(section)![0], section] as const);
  const rowsOfSplit = new Map(
    sectionsOf(info).flatMap(([table, text]) =>
      [...text.matchAll(/- name: (\w+)\n {4}num_examples: (\d+)/g)].map(
        ([, split, rows]) => [`${table} ${split!}`, Number(rows)] as const,
      ),
    ),
  );
  return {
    splits: sectionsOf(files).flatMap(([table, text]) =>
      [...text.matchAll(/- split: (\w+)\n {4}path: (".*")/g)].map(([, split, glob]) => ({
        table,
        split: split!,
        glob: JSON.parse(glob!) as string,
        rows: rowsOfSplit.get(`${table} ${split!}`) ?? -1,
      })),
    ),
    columns: new Map(
      sectionsOf(info).map(([table, text]) => [
        table,
        [...text.split('  splits:')[0]!.matchAll(/- name: (\w+)/g)].map(([, name]) => name!),
      ]),
    ),
  };
}

describe('the huggingface export', SLOW, () => {
  it('names in its header files that are there, with their rows and columns, and no table without rows', () =>
    withExport(collector(), 'huggingface', async ({ outDir, read }) => {
      const { splits, columns } = readHeader(await read('README.md'));
      const tables = tablesFor('agent-training').filter(({ name }) => name !== 'gaps');
      expect(new Set(splits.map(({ table }) => table))).toEqual(new Set(tables.map(({ name }) => name)));
      const counted = splits.map(({ glob }) => `SELECT count(*)::INTEGER AS rows FROM '${glob}'`);
      const found = await query(outDir, counted.join(' UNION ALL '));
      expect(found).toEqual(splits.map(({ rows }) => ({ rows })));
      for (const [table, named] of columns) expect(named).toEqual(await columnsIn(outDir, table));
      const motions = splits.filter(({ table }) => table === 'motions');
      expect(motions.map(({ split, rows }) => [split, rows])).toEqual([
        ['train', 7],
        ['validation', 3],
        ['test', 3],
      ]);
      await expectPartsWithTheirRecords(outDir);
      await expectCroissant({ outDir, read });
    }));

  it('takes a release that is in parts, files that a sync wrote anew, and one of which it left nothing', () =>
    withTemporaryFolder(async (folder) => {
      const [datasetDir, outDir] = [join(folder, 'dataset'), join(folder, 'export')];
      const rows = someRows(0, 6);
      const sealed = { motion: 6, rhythm: 6, episode: 5000, trace: 0 };
      const gone = someRows(6, 1);
      const collector = aCollector(rows, gone);
      collector.releases[0]!.changes = { counts: sealed };
      await pullOrFail(collector, datasetDir);
      const erased = rows.find(({ record }) => record.kind === 'episode')!.record;
      eraseFrom(collector.releases[0]!, [erased.recordId]);
      eraseFrom(
        collector.releases[1]!,
        gone.map(({ record }) => record.recordId),
      );
      await pullOrFail(collector, datasetDir, { sync: true });
      await exportOrFail(datasetDir, 'huggingface', outDir);
      for (const table of ['episodes', 'steps', 'motions']) {
        const all = (files: string) => `SELECT * FROM '${files}' ORDER BY ALL`;
        expect(await query(outDir, all(`data/${table}/train-*.parquet`))).toEqual(
          await query(datasetDir, all(`${table}/*.parquet`)),
        );
      }
    }));

  it('says that nobody can be kept apart where no charter has buckets', () =>
    withExport(aCollector(someRows(0, 3)), 'huggingface', async ({ read }) => {
      const readme = await read('README.md');
      expect(new Set(readHeader(readme).splits.map(({ split }) => split))).toEqual(new Set(['train']));
      expect(readme).toContain('a person-disjoint split cannot be had');
    }));

  it('tests on the last bucket and, from three on, validates on the one before', () => {
    const splits = (count: number) =>
      Array.from({ length: count }, (_, bucket) => splitOfBucket(bucket, count));
    expect(splits(2)).toEqual(['train', 'test']);
    expect(splits(3)).toEqual(['train', 'validation', 'test']);
    expect(splits(10).filter((split) => split === 'train')).toHaveLength(8);
  });
});

/** Buckets are in one split each, and a record's parts where the record is. */
async function expectPartsWithTheirRecords(outDir: string): Promise<void> {
  const splitIn = `regexp_extract(filename, '(\\w+)-release', 1)`;
  const read = (table: string) => `read_parquet('data/${table}/*.parquet', filename = true)`;
  const buckets = await query(
    outDir,
    `SELECT split, list(DISTINCT ${splitIn}) AS splits FROM ${read('episodes')} GROUP BY split ORDER BY split`,
  );
  expect(buckets).toEqual([
    { split: 0, splits: ['train'] },
    { split: 1, splits: ['train'] },
    { split: 2, splits: ['validation'] },
    { split: 3, splits: ['test'] },
    { split: null, splits: ['unassigned'] },
  ]);
  const apart = await query(
    outDir,
    `SELECT count(*)::INTEGER AS rows,
       count_if(regexp_extract(part.filename, '(\\w+)-release', 1) <> regexp_extract(whole.filename, '(\\w+)-release', 1))::INTEGER AS apart
     FROM ${read('steps')} AS part JOIN ${read('episodes')} AS whole ON part.episode_id = whole.record_id`,
  );
  expect(apart[0]!['rows']).toBeGreaterThan(50);
  expect(apart[0]!['apart']).toBe(0);
}

interface Described {
  '@type': string;
  '@id': string;
  name?: string;
  contentUrl: string;
  sha256: string;
  contentSize: string;
  includes: string;
  field: (Described & { source?: { fileSet: { '@id': string }; extract: { column?: string } } })[];
}

/** What the specification of Croissant 1.1 requires, and that what is described is there. */
async function expectCroissant({ outDir, read }: Pick<ExportedFolder, 'outDir' | 'read'>): Promise<void> {
  const document = JSON.parse(await read('croissant.json')) as Record<string, unknown> & {
    distribution: Described[];
    recordSet: Described[];
  };
  for (const required of ['@context', '@type', 'conformsTo', 'name', 'description', 'license', 'url', 'creator', 'datePublished', 'distribution']) {
    expect(document, required).toHaveProperty([required]);
  } // prettier-ignore
  expect(document['conformsTo']).toContain('http://mlcommons.org/croissant/1.1');
  expect(JSON.stringify(document['usageInfo'])).toContain('emotions');
  expect(Object.keys(document).filter((name) => name.startsWith('rai:')).length).toBeGreaterThan(8);
  const { distribution, recordSet } = document;
  const all = [...distribution, ...recordSet, ...recordSet.flatMap(({ field }) => field)];
  const ids = all.map((described) => described['@id']);
  expect(new Set(ids).size).toBe(ids.length);
  expect(all.every(({ name }) => name !== undefined && name !== '')).toBe(true);
  for (const file of distribution.filter((one) => one['@type'] === 'cr:FileObject')) {
    const { sha256, sizeBytes } = await digestFile(join(outDir, file.contentUrl));
    expect(file).toMatchObject({ sha256, contentSize: `${sizeBytes} B` });
  }
  const includes = new Map(distribution.map((one) => [one['@id'], one.includes]));
  for (const { '@id': table, field } of recordSet.filter((one) => includes.has(`${one['@id']}-files`))) {
    expect(includes.get(`${table}-files`)).toBe(`data/${table}/*.parquet`);
    const sources = field.map(({ source }) => source!);
    expect(new Set(sources.map(({ fileSet }) => fileSet['@id']))).toEqual(new Set([`${table}-files`]));
    const named = sources.flatMap(({ extract }) => extract.column ?? []);
    expect(named).toEqual(await columnsIn(outDir, table));
  }
}

async function columnsIn(outDir: string, table: string): Promise<unknown[]> {
  const described = await query(outDir, `DESCRIBE SELECT * FROM 'data/${table}/*.parquet'`);
  return described.map((column) => column['column_name']);
}
