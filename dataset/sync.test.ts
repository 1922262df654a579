/**
 * What a sync takes out of a folder, what it leaves as it is, and that nothing of it can be left half done.
 */
import { copyFile, cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseManifest, type Manifest } from './manifest.ts';
import { digestFolder, query, withTemporaryFolder } from './testing/dataset-reader.ts';
import { eraseFrom, type FakeCollector } from './testing/fake-collector.ts';
import { aMotion, anEpisode, aRhythm, aRow, recordIdFor } from './testing/published-rows.ts';
import { aCollector, CHARTER, pullFrom, pullOrFail, someRows } from './testing/pulling.ts';
import { tablesFor } from './tables.ts';

const NOW_EPOCH_MS = Date.parse('2026-12-01T12:00:00Z');
const sync = (collector: FakeCollector, outDir: string, nowEpochMs = NOW_EPOCH_MS) =>
  pullOrFail(collector, outDir, { sync: true, nowEpochMs: () => nowEpochMs });

/** A motion, a rhythm and an episode of one seed. */
const idsOf = (seed: number) => ['motion', 'rhythm', 'episode'].map((kind) => recordIdFor(`${kind} ${seed}`));

async function manifestOf(outDir: string): Promise<Manifest> {
  const parsed = parseManifest(await readFile(join(outDir, 'manifest.json'), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.manifest;
}

async function rowsOf(outDir: string): Promise<Record<string, unknown>> {
  const tables = tablesFor('agent-training').map(async ({ name }) => [
    name,
    await query(outDir, `SELECT * FROM '${name}/*.parquet'`),
  ]);
  return Object.fromEntries(await Promise.all(tables)) as Record<string, unknown>;
}

/** Some episode keys are hidden, so that the counts of them must follow. */
function aCollectorWithHidden(): FakeCollector {
  const rows = someRows(1, 30).map((row) =>
    row.record.kind === 'episode' && row.record.recordId === recordIdFor('episode 3')
      ? {
          ...row,
          record: { ...row.record, views: row.record.views.map((v) => ({ ...v, viewKey: 'other' })) },
        }
      : row,
  );
  return aCollector(rows, someRows(100, 10));
}

describe('a sync', () => {
  it('takes what was erased out of every table, and leaves what a new pull would give', () =>
    withTemporaryFolder(async (folder) => {
      const collector = aCollectorWithHidden();
      const [first] = collector.releases;
      const outDir = join(folder, 'synced');
      await pullOrFail(collector, outDir);
      eraseFrom(first!, [...idsOf(3), ...idsOf(9)]);
      const summary = await sync(collector, outDir);
      await pullOrFail(collector, join(folder, 'new'));

      expect(await rowsOf(outDir)).toEqual(await rowsOf(join(folder, 'new')));
      const [synced, fresh] = [await manifestOf(outDir), await manifestOf(join(folder, 'new'))];
      expect(synced.releases[0]?.groups).toEqual(fresh.releases[0]?.groups);
      expect(synced.releases[0]?.hidden).toEqual(fresh.releases[0]?.hidden);
      const digests = await digestFolder(outDir);
      for (const file of synced.releases.flatMap((release) => release.files)) {
        expect(digests[file.path]).toBe(file.sha256);
      }
      expect(summary.version).toBe(3);
      expect(summary.changes).toEqual([
        { version: 3, release: 1, what: 'removed', records: { motion: 2, rhythm: 2, episode: 2 } },
      ]);
      expect(await readFile(summary.cardPath, 'utf8')).toContain(
        '| 3 | 1 | removed | 2 motion, 2 rhythm, 2 episode |',
      );
      expect(summary.warnings).toEqual([]);
    }));

  it('writes only the files anew that lose something, and keeps no old ones', () =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 10), someRows(50, 5));
      await pullOrFail(collector, outDir);
      const before = await digestFolder(outDir);
      eraseFrom(collector.releases[0]!, [recordIdFor('motion 4')]);
      await sync(collector, outDir);
      const after = await digestFolder(outDir);
      const changed = Object.keys({ ...before, ...after }).filter((path) => before[path] !== after[path]);
      expect(changed.filter((path) => path.endsWith('.parquet')).sort()).toEqual([
        'motion_samples/release-0001-v3.parquet',
        'motion_samples/release-0001.parquet',
        'motions/release-0001-v3.parquet',
        'motions/release-0001.parquet',
      ]);
      expect(await readdir(join(outDir, 'motions'))).toEqual([
        'release-0001-v3.parquet',
        'release-0002.parquet',
      ]);
    }));

  it('is no new version when nothing held was erased, and does not ask again', () =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 5));
      await pullOrFail(collector, outDir);
      eraseFrom(collector.releases[0]!, [recordIdFor('never held')]);
      expect((await sync(collector, outDir)).version).toBe(1);
      collector.requests.length = 0;
      expect(await sync(collector, outDir)).toMatchObject({ version: 1, changes: [], warnings: [] });
      expect(collector.requests.filter((path) => path.includes('tombstones'))).toEqual([]);
    }));

  it('takes out withdrawn releases whole, and adds what is new in the same run', () =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 5), someRows(10, 5));
      await pullOrFail(collector, outDir);
      collector.releases[0]!.changes = { withdrawn: true };
      collector.releases.push({ number: 3, rows: someRows(20, 2) });
      const summary = await sync(collector, outDir);
      expect(summary.releasesHeld).toEqual([2, 3]);
      expect(summary.changes.map(({ what, release }) => `${what} ${release}`)).toEqual([
        'withdrawn 1',
        'added 3',
      ]);
      expect((await readdir(join(outDir, 'steps'))).sort()).toEqual([
        'release-0002.parquet',
        'release-0003.parquet',
      ]);
    }));

  it('takes out what is past the retention of its charter, and the files of a release that is empty then', () =>
    withTemporaryFolder(async (outDir) => {
      // Rhythms are of week 47, motions and episodes of week 48; the charter allows 90 days.
      const collector = aCollector(someRows(1, 4));
      await pullOrFail(collector, outDir);
      const endOfWeek47 = Date.parse('2026-11-22');
      const dayMs = 24 * 3600 * 1000;
      expect((await sync(collector, outDir, endOfWeek47 + 90 * dayMs)).changes).toEqual([]);
      const { changes } = await sync(collector, outDir, endOfWeek47 + 91 * dayMs);
      expect(changes).toEqual([{ version: 2, release: 1, what: 'removed', records: { rhythm: 4 } }]);
      const last = await sync(collector, outDir, endOfWeek47 + 98 * dayMs);
      expect(last.changes).toMatchObject([{ version: 3, records: { motion: 4, episode: 4 } }]);
      expect(Object.keys(await digestFolder(outDir)).filter((path) => path.endsWith('.parquet'))).toEqual([]);
      expect((await pullOrFail(collector, outDir)).releasesAdded).toEqual([]);
    }));

  it('is told by a pull to be waiting', () =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 5));
      await pullOrFail(collector, outDir);
      eraseFrom(collector.releases[0]!, idsOf(2));
      const { warnings } = await pullOrFail(collector, outDir);
      expect(warnings).toEqual([
        expect.stringMatching(/^of the records held here 3 were removed .*pull --sync$/),
      ]);
    }));

  it('stopped before or after it changes the manifest ends as it would have', () =>
    withTemporaryFolder(async (folder) => {
      const collector = aCollector(someRows(1, 10));
      const before = join(folder, 'before');
      await pullOrFail(collector, before);
      const clean = join(folder, 'clean');
      await cp(before, clean, { recursive: true });
      eraseFrom(collector.releases[0]!, idsOf(5));
      await sync(collector, clean);
      const wanted = await digestFolder(clean);
      const rewritten = Object.keys(wanted).filter((path) => path.includes('-v2'));

      // Killed when some new files were in place; and when the manifest was, but old files not yet gone.
      const early = join(folder, 'early');
      await cp(before, early, { recursive: true });
      await copyFile(join(clean, rewritten[0]!), join(early, rewritten[0]!));
      const late = join(folder, 'late');
      await cp(before, late, { recursive: true });
      for (const path of [...rewritten, 'manifest.json']) await copyFile(join(clean, path), join(late, path));
      for (const outDir of [early, late]) {
        await sync(collector, outDir);
        expect(await digestFolder(outDir)).toEqual(wanted);
      }
    }));

  it('keeps the folder as it was when the collector does not answer', () =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 5));
      await pullOrFail(collector, outDir);
      const before = await digestFolder(outDir);
      eraseFrom(collector.releases[0]!, idsOf(1));
      collector.intercept = ({ url }) =>
        url.includes('tombstones') ? new Response('', { status: 503 }) : undefined;
      expect(await pullFrom(collector, outDir, { sync: true })).toMatchObject({
        code: 'collector-unreachable',
      });
      expect(await digestFolder(outDir)).toEqual(before);
    }));
});

describe('a large release', () => {
  it('is several files of each table, whose rows are in the order of ids, and a sync rewrites those concerned', () =>
    withTemporaryFolder(async (outDir) => {
      // The cut goes by what a release was sealed with, so a small one can claim to have been large.
      const collector = aCollector(someRows(1, 40));
      collector.releases[0]!.changes = { counts: { motion: 250_000, rhythm: 40, episode: 10_000, trace: 0 } };
      await pullOrFail(collector, outDir, { fewRecords: 1_000_000 });
      const names = await readdir(join(outDir, 'motions'));
      expect(names.sort()).toEqual([0, 1, 2, 3].map((part) => `release-0001-part-000${part}.parquet`));
      expect(await readdir(join(outDir, 'steps'))).toHaveLength(4);
      expect(await readdir(join(outDir, 'rhythms'))).toHaveLength(1);
      const ids = (await query(outDir, "SELECT record_id FROM 'motions/*.parquet'")).map(
        (row) => row['record_id'] as string,
      );
      expect(ids).toEqual(
        Array.from({ length: 40 }, (_, index) => recordIdFor(`motion ${index + 1}`)).sort(),
      );

      eraseFrom(collector.releases[0]!, [ids[0]!]);
      await sync(collector, outDir);
      expect((await readdir(join(outDir, 'motions'))).sort()).toEqual(
        names.map((name, part) => (part === 0 ? 'release-0001-part-0000-v2.parquet' : name)),
      );
      expect(await query(outDir, "SELECT count(*)::INTEGER AS n FROM 'motions/*.parquet'")).toEqual([
        { n: 39 },
      ]);
    }));

  it('is the same read by threads side by side as by one', { timeout: 120_000 }, () =>
    withTemporaryFolder(async (folder) => {
      const rows = Array.from({ length: 60 }, (_, seed) => [
        aRow(CHARTER.hash, aMotion(seed)),
        aRow(CHARTER.hash, aRhythm(seed)),
        aRow(CHARTER.hash, anEpisode(seed)),
      ]).flat();
      const collector = aCollector(rows);
      collector.releases[0]!.changes = {
        counts: { motion: 250_000, rhythm: 40_000, episode: 10_000, trace: 0 },
      };
      await pullOrFail(collector, join(folder, 'alone'), { fewRecords: 1_000_000 });
      await pullOrFail(collector, join(folder, 'threads'), { fewRecords: 0 });
      expect(await digestFolder(join(folder, 'threads'))).toEqual(await digestFolder(join(folder, 'alone')));
    }),
  );
});
