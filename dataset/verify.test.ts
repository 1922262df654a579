/**
 * What verify finds: each kind of damage once, in a folder that is in order otherwise.
 */
import { appendFile, copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { formatManifest, parseManifest, type Manifest } from './manifest.ts';
import { withTemporaryFolder } from './testing/dataset-reader.ts';
import { eraseFrom, ORIGIN, READER_KEY } from './testing/fake-collector.ts';
import { recordIdFor } from './testing/published-rows.ts';
import { aCollector, aLinkedCollector, LINKED_PURPOSE, pullOrFail, someRows } from './testing/pulling.ts';
import { renderCard } from './card.ts';
import { formatVerified, verify } from './verify.ts';
import { digestFile } from './write-whole.ts';

const NOW_EPOCH_MS = Date.parse('2026-12-01');

async function findingsIn(dir: string, collector?: ReturnType<typeof aCollector>, nowEpochMs = NOW_EPOCH_MS) {
  const from = collector && { from: ORIGIN, key: READER_KEY };
  const result = await verify(
    { dir, collector: from },
    { nowEpochMs: () => nowEpochMs, ...(collector && { fetch: collector.fetch }) },
  );
  if (result.kind === 'refused') return [`${result.code}: ${result.message}`];
  expect(formatVerified(result.verified)).toMatch(
    result.verified.findings.length > 0 ? /^Not in order/m : /^In order/m,
  );
  return result.verified.findings.map(({ where, what }) => `${where}: ${what}`);
}

/** Writes a file anew by SQL, and has manifest and card say that it belongs so: only its rows can tell. */
async function forge(dir: string, path: string, select: string): Promise<void> {
  const file = join(dir, path);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE rows AS ${select.replaceAll('THE_FILE', `'${file}'`)}`);
  const written = await connection.runAndReadAll(`COPY rows TO '${file}' (FORMAT parquet)`);
  const rows = Number(written.getRows()[0]?.[0]);
  connection.closeSync();
  instance.closeSync();
  const parsed = parseManifest(await readFile(join(dir, 'manifest.json'), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.problem);
  const digest = await digestFile(file);
  const manifest: Manifest = {
    ...parsed.manifest,
    releases: parsed.manifest.releases.map((release) => ({
      ...release,
      files: release.files.map((listed) => (listed.path === path ? { ...listed, rows, ...digest } : listed)),
    })),
  };
  await writeFile(join(dir, 'manifest.json'), formatManifest(manifest));
  await writeFile(join(dir, 'README.md'), renderCard(manifest));
}

describe('verify', () => {
  it('finds nothing in what a pull or a sync leaves', () =>
    withTemporaryFolder(async (folder) => {
      const collector = aCollector(someRows(1, 20), someRows(40, 5));
      const outDir = join(folder, 'ordinary');
      await pullOrFail(collector, outDir);
      expect(await findingsIn(outDir, collector)).toEqual([]);
      eraseFrom(collector.releases[0]!, [recordIdFor('episode 3')]);
      await pullOrFail(collector, outDir, { sync: true, nowEpochMs: () => NOW_EPOCH_MS });
      expect(await findingsIn(outDir, collector)).toEqual([]);
      const linked = join(folder, 'linked');
      await pullOrFail(aLinkedCollector(9), linked, { purpose: LINKED_PURPOSE });
      expect(await findingsIn(linked)).toEqual([]);
    }));

  it('finds records erased since, withdrawn releases and another collector, if it may ask', () =>
    withTemporaryFolder(async (outDir) => {
      const collector = aCollector(someRows(1, 9), someRows(40, 5));
      await pullOrFail(collector, outDir);
      eraseFrom(collector.releases[0]!, [
        recordIdFor('motion 3'),
        recordIdFor('rhythm 4'),
        recordIdFor('rhythm 5'),
      ]);
      collector.releases[1]!.changes = { withdrawn: true };
      expect(await findingsIn(outDir)).toEqual([]);
      expect(await findingsIn(outDir, collector)).toEqual([
        'motions/release-0001.parquet: holds 1 records that are erased since',
        'rhythms/release-0001.parquet: holds 2 records that are erased since',
        'release 2: was withdrawn by the collector',
      ]);
      collector.publicKey = 'B'.repeat(43);
      expect(await findingsIn(outDir, collector)).toEqual([expect.stringContaining('another collector')]);
    }));

  it('finds records that are past their retention by itself', () =>
    withTemporaryFolder(async (outDir) => {
      await pullOrFail(aCollector(someRows(1, 4)), outDir);
      expect(await findingsIn(outDir, undefined, Date.parse('2027-02-21'))).toEqual([
        'rhythms/release-0001.parquet: holds 4 records that are past the retention of their charter',
      ]);
    }));

  it('finds files altered, cut, lost and foreign', () =>
    withTemporaryFolder(async (outDir) => {
      await pullOrFail(aCollector(someRows(1, 4)), outDir);
      const steps = join(outDir, 'steps/release-0001.parquet');
      const bytes = await readFile(steps);
      bytes[40]! ^= 1;
      await writeFile(steps, bytes);
      await copyFile(steps, join(outDir, 'steps/release-0002.parquet'));
      await appendFile(join(outDir, 'views/release-0001.parquet'), 'x');
      await rm(join(outDir, 'gaps/release-0001.parquet'));
      await writeFile(join(outDir, 'notes.txt'), 'mine');
      const found = await findingsIn(outDir);
      expect(found.map((line) => line.replace(/\d+ bytes and had \d+/, 'other bytes'))).toEqual([
        'notes.txt: is not part of the dataset',
        'steps/release-0002.parquet: is not listed in the manifest',
        'steps/release-0001.parquet: was altered: its SHA-256 differs',
        'views/release-0001.parquet: was altered: has other bytes',
        'gaps/release-0001.parquet: is missing',
      ]);
    }));

  it('finds a manifest, a card and pictures changed by hand', () =>
    withTemporaryFolder(async (outDir) => {
      await pullOrFail(aCollector(someRows(1, 4)), outDir);
      expect(await findingsIn(outDir)).toEqual([]);
      await appendFile(join(outDir, 'README.md'), 'It may be used for anything.');
      const [picture, other] = (await readdir(join(outDir, 'pictures'))).sort();
      await rm(join(outDir, 'pictures', picture!));
      await appendFile(join(outDir, 'pictures', other!), '<!-- -->');
      await writeFile(join(outDir, 'pictures/mine.svg'), '<svg/>');
      expect(await findingsIn(outDir)).toEqual([
        'README.md: is not as this version of proffer writes it',
        `pictures/${picture}: is missing`,
        `pictures/${other}: is not as this version of proffer writes it`,
        'pictures/mine.svg: is not part of the dataset',
      ]);
      await appendFile(join(outDir, 'manifest.json'), ' ');
      expect(await findingsIn(outDir)).toEqual([
        'manifest.json: is not as this version of proffer writes it',
      ]);
    }));

  const forgeries: [string, string, string, RegExp][] = [
    ['a column too many', 'motions', `SELECT *, 'Ann' AS name FROM THE_FILE`, /has more columns/],
    ['a column of another type', 'motions', 'SELECT * REPLACE (release::VARCHAR AS release) FROM THE_FILE', /has not the column release INTEGER/],
    ['a word that is not on the list', 'motions', `SELECT * REPLACE ('secret text' AS "end") FROM THE_FILE`, /has 6 rows whose end is not one of/],
    ['a state that is not on the list', 'steps', `SELECT * REPLACE (['secret text'] AS target_states) FROM THE_FILE`, /rows whose target_states is not one of/],
    ['an id that is none', 'motions', `SELECT * REPLACE ('ann' AS record_id) FROM THE_FILE`, /whose record_id is no id/],
    ['a record twice', 'motions', 'FROM THE_FILE UNION ALL FROM THE_FILE', /has 6 records twice/],
    ['a record of another release', 'rhythms', 'SELECT * REPLACE (2::INTEGER AS release) FROM THE_FILE', /6 records of another release/],
    ['an unknown charter', 'rhythms', `SELECT * REPLACE (repeat('0', 64) AS charter) FROM THE_FILE`, /charter that the manifest does not list/],
    ['rows of a record that is not there', 'steps', `SELECT * REPLACE ('AAAAAAAAAAAAAAAAAAAAAA' AS episode_id) FROM THE_FILE`, /rows of records that are not there/],
    ['text where a label is', 'views', `SELECT * REPLACE (repeat('x', 65) AS app) FROM THE_FILE`, /whose app is longer/],
  ]; // prettier-ignore
  it.each(forgeries)('finds %s, even if the manifest says that it belongs so', (_, table, select, message) =>
    withTemporaryFolder(async (outDir) => {
      await pullOrFail(aCollector(someRows(1, 6)), outDir);
      await forge(outDir, `${table}/release-0001.parquet`, select);
      const found = (await findingsIn(outDir)).join('\n');
      expect(found).toMatch(message);
      expect(found).not.toMatch(/secret|ann\b|Ann/);
    }),
  );

  it('says so when there is no dataset', () =>
    withTemporaryFolder(async (outDir) => {
      expect(await findingsIn(outDir)).toEqual([
        expect.stringMatching(/^folder-foreign: .*holds no manifest/),
      ]);
    }));
});
