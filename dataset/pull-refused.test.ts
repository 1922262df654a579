/**
 * What stops a pull, what it says then, and that nothing unfinished is left.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PullResult } from './pull.ts';
import { digestFolder, withTemporaryFolder } from './testing/dataset-reader.ts';
import type { FakeCollector } from './testing/fake-collector.ts';
import { aRhythm, aRow } from './testing/published-rows.ts';
import { aCollector, CHARTER, pullFrom, pullOrFail, someRows } from './testing/pulling.ts';

describe('a pull that is refused', () => {
  const refusal = async (result: Promise<PullResult>) => {
    const settled = await result;
    return settled.kind === 'refused' ? `${settled.code}: ${settled.message}` : 'done';
  };

  it('names a wrong key or purpose and leaves no folder', () =>
    withTemporaryFolder(async (folder) => {
      const collector = aCollector(someRows(1, 1));
      const outDir = join(folder, 'new');
      expect(await refusal(pullFrom(collector, outDir, { key: 'wrong-key' }))).toMatch(
        /^collector-refused: .*\(key-unknown\)/,
      );
      expect(await refusal(pullFrom(collector, outDir, { purpose: 'marketing' }))).toMatch(
        /^collector-refused: .*\(purpose-not-allowed\)/,
      );
      expect(await readdir(folder)).toEqual([]);
    }));

  it('names what is wrong with a page and keeps nothing of its release', () =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 20), someRows(100, 20));
      collector.spoilPage = (page, url) =>
        url.pathname.includes('/2/') &&
        url.searchParams.get('kind') === 'motion' &&
        url.searchParams.has('after')
          ? page.replace('"dtMs":[', '"dtMs":["secret text",')
          : page;
      const message = await refusal(pullFrom(collector, outDir));
      expect(message).toMatch(/^collector-answer-invalid: .*rows\.\d+\.record\.path\.dtMs/);
      expect(message).not.toContain('secret');
      const left = Object.keys(await digestFolder(outDir));
      expect(left.filter((path) => path.includes('0002'))).toEqual([]);
      expect(left.filter((path) => path.includes('0001'))).toHaveLength(8);

      collector.spoilPage = (page) => page;
      await pullOrFail(collector, outDir);
      await withTemporaryFolder(async (clean) => {
        await pullOrFail(collector, clean);
        expect(await digestFolder(outDir)).toEqual(await digestFolder(clean));
      });
    }));

  const inconsistencies: [string, (collector: FakeCollector) => void, RegExp][] = [
    ['a field too many', (collector) => (collector.spoilPage = (page) => page.replace('"end":', '"name":"x","end":')), /a field too many/],
    ['no JSON', (collector) => (collector.spoilPage = () => '<html>'), /is not JSON/],
    ['a record twice', (collector) => {
      collector.spoilPage = (page) => page.replace(/"recordId":"[^"]+"/g, `"recordId":"${'A'.repeat(22)}"`);
    }, /a record twice/],
    ['more records than sealed', (collector) => {
      const [release] = collector.releases;
      if (release) release.changes = { counts: { motion: 1, rhythm: 1, episode: 1, trace: 0 } };
    }, /more records than the 1/],
    ['a charter of unknown text', (collector) => (collector.charters = {}), /charter whose text/],
    ['a charter of another hash', (collector) => {
      collector.charters = { [CHARTER.hash]: CHARTER.text.replace('"retentionDays":90', '"retentionDays":91') };
    }, /whose hash is not/],
    ['a page that leads nowhere', (collector) => {
      collector.spoilPage = () => JSON.stringify({ rows: [], next: 'A'.repeat(22) });
    }, /leads nowhere/],
    ['another kind of record', (collector) => {
      collector.spoilPage = () => JSON.stringify({ rows: [aRow(CHARTER.hash, aRhythm(1))], next: null });
    }, /another kind/],
    ['an unknown schema version', (collector) => {
      const [release] = collector.releases;
      if (release) release.changes = { schemaVersion: 2 };
    }, /schema version 2 .* update/],
    ['a redirect', (collector) => {
      const cause = new Error('unexpected redirect');
      collector.fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
    }, /unexpected redirect$/],
    ['an overload that lasts', (collector) => (collector.intercept = () => new Response('', { status: 503 })), /answers 503 \(tried 6 times\)/],
    ['not a collector', (collector) => (collector.intercept = () => new Response('no', { status: 404 })), /is this a Proffer collector/],
  ]; // prettier-ignore
  it.each(inconsistencies)('refuses %s', (_, spoil, message) =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 8));
      spoil(collector);
      expect(await refusal(pullFrom(collector, outDir))).toMatch(message);
      expect(Object.keys(await digestFolder(outDir))).toEqual([]);
    }),
  );

  it('never writes into a folder that holds something else', () =>
    withTemporaryFolder(async (outDir) => {
      await writeFile(join(outDir, 'README.md'), 'mine');
      expect(await refusal(pullFrom(aCollector(someRows(1, 1)), outDir))).toMatch(
        /^folder-foreign: .*README\.md/,
      );
      expect(await readFile(join(outDir, 'README.md'), 'utf8')).toBe('mine');
      await writeFile(join(outDir, 'manifest.json'), '{"name":"app"}');
      expect(await refusal(pullFrom(aCollector(someRows(1, 1)), outDir))).toMatch(
        /^folder-foreign: .*manifest/,
      );
      expect((await readdir(outDir)).sort()).toEqual(['README.md', 'manifest.json']);
    }));

  it('never mixes collectors or purposes', () =>
    withTemporaryFolder(async (outDir) => {
      await pullOrFail(aCollector(someRows(1, 1)), outDir);
      const other = aCollector(someRows(5, 1));
      other.publicKey = 'B'.repeat(43);
      expect(await refusal(pullFrom(other, outDir))).toMatch(/^collector-different: .*another collector/);
      const path = join(outDir, 'manifest.json');
      const manifest = await readFile(path, 'utf8');
      await writeFile(path, manifest.replace('"agent-training"', '"research"'));
      expect(await refusal(pullFrom(aCollector(someRows(1, 1)), outDir))).toMatch(/for the purpose research/);
    }));

  it('says in one line that a folder cannot be made', () =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, 'file'), '');
      expect(await refusal(pullFrom(aCollector(), join(folder, 'file', 'sub')))).toMatch(
        /^folder-unwritable: /,
      );
    }));

  it('lets only one of two pulls into a folder', () =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 10));
      const results = await Promise.all([pullFrom(collector, outDir), pullFrom(collector, outDir)]);
      expect(results.map((result) => (result.kind === 'done' ? 'done' : result.code)).sort()).toEqual([
        'done',
        'folder-in-use',
      ]);
    }));

  it('stops when asked and goes on where it was', () =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 5), someRows(10, 5));
      const stopping = new AbortController();
      collector.intercept = (request) => {
        if (request.url.includes('/2/')) stopping.abort();
        return undefined;
      };
      expect(await refusal(pullFrom(collector, outDir, { signal: stopping.signal }))).toMatch(/^stopped: /);
      collector.intercept = () => undefined;
      expect((await pullOrFail(collector, outDir)).releasesAdded).toEqual([2]);
    }));

  it('clears what a killed pull left and takes its place', () =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 5));
      await mkdir(join(outDir, '.proffer-incoming'));
      await mkdir(join(outDir, 'motions'));
      await writeFile(join(outDir, '.proffer-incoming', 'staging.duckdb'), 'half');
      await writeFile(join(outDir, 'motions', 'release-0009.parquet'), 'of a release withdrawn since');
      await pullOrFail(collector, outDir);
      await withTemporaryFolder(async (clean) => {
        await pullOrFail(collector, clean);
        expect(await digestFolder(outDir)).toEqual(await digestFolder(clean));
      });
    }));
});
