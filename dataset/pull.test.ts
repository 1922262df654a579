/**
 * The pull as a whole, in one process: what arrives and what a later pull adds.
 */
import { readdir, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseManifest } from './manifest.ts';
import type { PullProgress } from './pull.ts';
import { digestFolder, query, withTemporaryFolder } from './testing/dataset-reader.ts';
import { ORIGIN } from './testing/fake-collector.ts';
import { aMotion, aRow } from './testing/published-rows.ts';
import { aCollector, CHARTER, pullOrFail, someRows } from './testing/pulling.ts';

describe('a first pull', () => {
  it('writes each record once, in every table its kind has', () =>
    withTemporaryFolder(async (outDir) => {
      const rows = someRows(1, 40);
      const summary = await pullOrFail(aCollector(rows), outDir);
      const episodes = rows.flatMap(({ record }) => (record.kind === 'episode' ? [record] : []));
      const motions = rows.flatMap(({ record }) => (record.kind === 'motion' ? [record] : []));
      const rhythms = rows.flatMap(({ record }) => (record.kind === 'rhythm' ? [record] : []));
      const expected = {
        motions: 40,
        motion_samples: motions.reduce((sum, motion) => sum + motion.path.dtMs.length + 1, 0),
        rhythms: 40,
        rhythm_keys: rhythms.reduce((sum, rhythm) => sum + rhythm.keyClass.length, 0),
        episodes: 40,
        steps: episodes.reduce((sum, episode) => sum + episode.steps.length, 0),
        views: 80,
        gaps: episodes.filter((episode) => episode.gaps.length > 0).length,
      };
      for (const [table, rowCount] of Object.entries(expected)) {
        const read = await query(
          outDir,
          `SELECT count(*)::INTEGER AS rows FROM '${table}/release-0001.parquet'`,
        );
        expect({ table, rows: read[0]?.['rows'] }).toEqual({ table, rows: rowCount });
        expect(summary.tables[table]).toEqual({
          rows: rowCount,
          addedRows: rowCount,
          dir: join(outDir, table),
        });
      }
      const ids = await query(outDir, "SELECT record_id FROM 'motions/*.parquet' ORDER BY ALL");
      expect(ids.map((row) => row['record_id'])).toEqual(motions.map((motion) => motion.recordId).sort());
    }));

  it('leaves nothing in the folder but tables, card, its pictures and the manifest, and lists each file with its digest', () =>
    withTemporaryFolder(async (outDir) => {
      await pullOrFail(aCollector(someRows(1, 3)), outDir);
      expect((await readdir(outDir)).sort()).toEqual(
        [
          'README.md',
          'episodes',
          'gaps',
          'manifest.json',
          'motion_samples',
          'motions',
          'pictures',
          'privacy-utility.svg',
          'rhythm_keys',
          'rhythms',
          'steps',
          'views',
        ].sort(),
      );
      const parsed = parseManifest(await readFile(join(outDir, 'manifest.json'), 'utf8'));
      if (!parsed.ok) throw new Error(parsed.problem);
      const digests = await digestFolder(outDir);
      for (const file of parsed.manifest.releases[0]?.files ?? []) {
        expect(digests[file.path]).toBe(file.sha256);
      }
      expect(parsed.manifest.releases[0]?.files).toHaveLength(8);
    }));

  it('writes tables without rows too, so that every glob finds its columns', () =>
    withTemporaryFolder(async (outDir) => {
      await pullOrFail(aCollector([aRow(CHARTER.hash, aMotion(1))]), outDir);
      expect(await query(outDir, "SELECT step_index, action FROM 'steps/*.parquet'")).toEqual([]);
    }));

  it('makes a card of a collector that has no release yet', () =>
    withTemporaryFolder(async (outDir) => {
      const summary = await pullOrFail(aCollector(), outDir);
      expect(summary.releasesHeld).toEqual([]);
      expect(await readFile(summary.cardPath, 'utf8')).toContain('No records yet');
    }));

  it('takes an address with a path and a trailing slash', () =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 1));
      const asked: string[] = [];
      const under = (input: string, init: RequestInit) => {
        asked.push(input);
        return collector.fetch(input.replace('/proffer/', '/'), init);
      };
      await pullOrFail(collector, outDir, { from: `${ORIGIN}/proffer/`, fetch: under });
      expect(asked[0]).toBe(`${ORIGIN}/proffer/.well-known/proffer.json`);
    }));

  it('tells how far it is', () =>
    withTemporaryFolder(async (outDir) => {
      const told: PullProgress[] = [];
      await pullOrFail(aCollector(someRows(1, 10), someRows(20, 5)), outDir, {
        report: (progress) => told.push(progress),
      });
      expect(told.reduce((sum, progress) => sum + progress.records, 0)).toBe(45);
      expect(told.every((progress) => progress.sizeBytes > 0)).toBe(true);
      const { tables } = await pullOrFail(aCollector(someRows(1, 10), someRows(20, 5)), outDir);
      const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
      expect(told.reduce((sum, progress) => sum + progress.rows, 0)).toBe(rows);
      expect(told.at(-1)).toMatchObject({ release: 2, position: 2, releaseCount: 2, expectedRecords: 45 });
    }));
});

describe('a later pull', () => {
  it('asks for and adds only what is new, and leaves the files it has as they are', () =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 20));
      await pullOrFail(collector, outDir);
      const before = await digestFolder(outDir);
      collector.releases.push({ number: 2, rows: someRows(100, 10) });
      collector.requests.length = 0;
      const summary = await pullOrFail(collector, outDir);
      const after = await digestFolder(outDir);

      expect(summary.releasesAdded).toEqual([2]);
      expect(summary.tables['motions']).toMatchObject({ rows: 30, addedRows: 10 });
      expect(collector.requests.filter((path) => path.includes('/1/records'))).toEqual([]);
      for (const [path, digest] of Object.entries(before)) {
        if (path.endsWith('.parquet')) expect(after[path]).toBe(digest);
      }
      expect(await query(outDir, "SELECT DISTINCT release FROM 'motions/*.parquet' ORDER BY ALL")).toEqual([
        { release: 1 },
        { release: 2 },
      ]);
    }));

  it('gives in two pulls what one pull gives, byte for byte', () =>
    withTemporaryFolder(async (folder) => {
      const collector = aCollector(someRows(1, 20));
      await pullOrFail(collector, join(folder, 'two'));
      collector.releases.push({ number: 2, rows: someRows(100, 10) });
      await pullOrFail(collector, join(folder, 'two'));
      await pullOrFail(collector, join(folder, 'one'));
      expect(await digestFolder(join(folder, 'two'))).toEqual(await digestFolder(join(folder, 'one')));
    }));

  it('changes nothing when there is nothing new', () =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 5));
      await pullOrFail(collector, outDir);
      const before = await digestFolder(outDir);
      const summary = await pullOrFail(collector, outDir);
      expect(summary.releasesAdded).toEqual([]);
      expect(await digestFolder(outDir)).toEqual(before);
    }));

  it('pulls a release again whose file was cut or lost', () =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 5), someRows(10, 5));
      await pullOrFail(collector, outDir);
      const before = await digestFolder(outDir);
      await truncate(join(outDir, 'steps/release-0001.parquet'), 10);
      await rm(join(outDir, 'gaps/release-0002.parquet'));
      const summary = await pullOrFail(collector, outDir);
      expect(summary.warnings).toHaveLength(2);
      expect(await digestFolder(outDir)).toEqual(before);
    }));

  it('says so when a release it holds was withdrawn or lost records, and never pulls withdrawn ones', () =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 5), someRows(10, 5));
      await pullOrFail(collector, outDir);
      collector.releases.push({ number: 3, rows: someRows(20, 1), changes: { withdrawn: true } });
      const [first, second] = collector.releases;
      if (first !== undefined) first.changes = { withdrawn: true };
      if (second !== undefined) second.changes = { tombstones: 2 };
      const summary = await pullOrFail(collector, outDir);
      expect(summary.releasesHeld).toEqual([1, 2]);
      expect(summary.warnings.join('\n')).toMatch(
        /withdrawn release 1: .*\nof the records held here 2 were removed/,
      );
      const card = await readFile(summary.cardPath, 'utf8');
      expect(card).toContain('Release 1 was withdrawn');
      expect(card).toContain('Of the records held here 2 were removed since');
      expect(card).toContain('This is version 2.');
    }));
});
