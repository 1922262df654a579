/**
 * Exports are whole or not there, of the right releases, and only where they may be.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestFolder, withTemporaryFolder } from '../testing/dataset-reader.ts';
import { aCollector, CHARTER, pullOrFail, someRows } from '../testing/pulling.ts';
import { exportDataset } from './export-dataset.ts';
import type { ExportProgress } from './export-progress.ts';
import { EXPORT_FORMATS } from './formats.ts';
import { exportOrFail, parseLines, SLOW } from './testing/exported.ts';

const FORMATS = Object.keys(EXPORT_FORMATS) as (keyof typeof EXPORT_FORMATS)[];

describe('an export', SLOW, () => {
  it('carries releases, charters and prohibited uses, and is the same when made again, in every format', () =>
    withTemporaryFolder(async (folder) => {
      const datasetDir = join(folder, 'dataset');
      await pullOrFail(aCollector(someRows(0, 3), someRows(3, 2)), datasetDir);
      for (const format of FORMATS) {
        const outDir = join(folder, format);
        const { releases } = await exportOrFail(datasetDir, format, outDir);
        expect(releases).toEqual([1, 2]);
        const files = await digestFolder(outDir);
        expect(Object.keys(files).filter((name) => name.startsWith('.proffer'))).toEqual([]);
        const note = JSON.parse(await readFile(join(outDir, 'export.json'), 'utf8')) as object;
        expect(note).toMatchObject({
          product: 'proffer export',
          isComplete: true,
          format,
          purpose: 'agent-training',
          releases: [{ number: 1 }, { number: 2 }],
          charters: [{ hash: CHARTER.hash, text: CHARTER.text }],
        });
        const readme = await readFile(join(outDir, 'README.md'), 'utf8');
        for (const wanted of ['releases 1, 2', CHARTER.hash, 'Article 5(1)(f)', 'pseudonymous', '90 days'])
          expect(readme, format).toContain(wanted);
        expect(readme).not.toMatch(/anonym/i);
        await exportOrFail(datasetDir, format, outDir);
        expect(await digestFolder(outDir)).toEqual(files);
      }
    }));

  it('leaves out what was withdrawn, also where it was exported before', () =>
    withTemporaryFolder(async (folder) => {
      const [datasetDir, outDir] = [join(folder, 'dataset'), join(folder, 'export')];
      const collector = aCollector(someRows(0, 3), someRows(3, 2));
      await pullOrFail(collector, datasetDir);
      await exportOrFail(datasetDir, 'puppeteer', outDir);
      collector.releases[0]!.changes = { withdrawn: true };
      await pullOrFail(collector, datasetDir);
      const { counts, releases } = await exportOrFail(datasetDir, 'puppeteer', outDir);
      expect(releases).toEqual([2]);
      expect(counts).toMatchObject({ recordings: 2 });
      const files = Object.keys(await digestFolder(outDir));
      expect(files.filter((name) => name.includes('release-0001'))).toEqual([]);
      expect(files.filter((name) => name.includes('release-0002'))).toHaveLength(2);
    }));

  it('takes the place of one in another format, and of one that was broken off', () =>
    withTemporaryFolder(async (folder) => {
      const [datasetDir, outDir] = [join(folder, 'dataset'), join(folder, 'export')];
      await pullOrFail(aCollector(someRows(0, 2)), datasetDir);
      await exportOrFail(datasetDir, 'jsonl', outDir);
      const notePath = join(outDir, 'export.json');
      const note = JSON.parse(await readFile(notePath, 'utf8')) as object;
      await writeFile(notePath, JSON.stringify({ ...note, isComplete: false }));
      await mkdir(join(outDir, '.proffer-incoming'));
      await writeFile(join(outDir, '.proffer-incoming', 'half'), 'of a file');
      await exportOrFail(datasetDir, 'adp', outDir);
      expect(Object.keys(await digestFolder(outDir)).sort()).toEqual([
        'README.md',
        'export.json',
        'full_std.jsonl',
        'metadata.json',
      ]);
    }));

  it('refuses a folder that holds anything else, lies in the dataset, or is no dataset, and touches nothing', () =>
    withTemporaryFolder(async (folder) => {
      const [datasetDir, outDir] = [join(folder, 'dataset'), join(folder, 'mine')];
      await pullOrFail(aCollector(someRows(0, 2)), datasetDir);
      await mkdir(outDir);
      await writeFile(join(outDir, 'thesis.txt'), 'mine');
      const before = await digestFolder(folder);
      const wrong: [string, string, RegExp][] = [
        [datasetDir, outDir, /holds thesis.txt, which is of no export of ours/],
        [datasetDir, datasetDir, /lies in the dataset itself/],
        [datasetDir, join(datasetDir, 'steps', 'export'), /lies in the dataset itself/],
        [outDir, join(folder, 'new'), /holds no manifest.json/],
      ];
      for (const [from, to, message] of wrong) {
        const result = await exportDataset({ datasetDir: from, format: 'jsonl', outDir: to });
        expect(result).toMatchObject({ kind: 'refused', message: expect.stringMatching(message) });
      }
      expect(await digestFolder(folder)).toEqual(before);

      // Something of one's own in a folder of ours is not taken away either.
      const ours = join(folder, 'ours');
      await exportOrFail(datasetDir, 'jsonl', ours);
      await writeFile(join(ours, 'notes.txt'), 'mine');
      expect(await exportDataset({ datasetDir, format: 'jsonl', outDir: ours })).toMatchObject({
        code: 'folder-foreign',
      });
    }));

  it('tells how far it is, in every format, until all is done', () =>
    withTemporaryFolder(async (folder) => {
      const datasetDir = join(folder, 'dataset');
      const { tables } = await pullOrFail(aCollector(someRows(0, 3), someRows(3, 2)), datasetDir);
      const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
      const expected: Record<ExportProgress['what'], number> = { rows, records: 5 };
      for (const format of FORMATS) {
        const told: ExportProgress[] = [];
        const options = { datasetDir, format, outDir: join(folder, format) };
        await exportDataset(options, { report: (progress) => told.push(progress) });
        const stages = Map.groupBy(told, ({ what }) => what);
        for (const [what, ofStage] of stages) {
          const done = ofStage.map((progress) => progress.done);
          expect(done, format).toEqual(done.toSorted((one, other) => one - other));
          expect(ofStage.length, format).toBeGreaterThan(1);
          expect(ofStage.at(-1), format).toEqual({ what, done: expected[what], expected: expected[what] });
        }
        const wanted = { jsonl: ['rows', 'records'], huggingface: ['rows'] } as Record<string, string[]>;
        expect([...stages.keys()], format).toEqual(wanted[format] ?? ['records']);
      }
    }));

  it('stopped half way, leaves what was there', () =>
    withTemporaryFolder(async (folder) => {
      const [datasetDir, outDir] = [join(folder, 'dataset'), join(folder, 'export')];
      const collector = aCollector(someRows(0, 2));
      await pullOrFail(collector, datasetDir);
      await exportOrFail(datasetDir, 'adp', outDir);
      const before = await digestFolder(outDir);
      collector.releases.push({ number: 2, rows: someRows(2, 3) });
      await pullOrFail(collector, datasetDir);
      const stopped = await exportDataset(
        { datasetDir, format: 'adp', outDir },
        { signal: AbortSignal.abort() },
      );
      expect(stopped).toMatchObject({ kind: 'refused', code: 'stopped' });
      expect(await digestFolder(outDir)).toEqual(before);
      await exportOrFail(datasetDir, 'adp', outDir);
      expect(parseLines(await readFile(join(outDir, 'full_std.jsonl'), 'utf8'))).toHaveLength(5);
    }));
});
