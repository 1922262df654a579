/**
 * The sync: records that the collector has erased, releases that it has withdrawn, and what is past its retention leave
 * every table.
 *
 * Goes release by release, each whole or not at all: a file that loses rows is written anew beside the old one, the
 * manifest changes over, then the old one goes. Killed at any instant and run again, it ends as it would have.
 */
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { PublishedKind } from '../src/trace/record.ts';
import type { CollectorClient } from './collector-client.ts';
import { incomingName, type DatasetFolder } from './dataset-folder.ts';
import { readFacts, sumFacts, type FileFacts } from './file-facts.ts';
import {
  chartersInUse,
  recordCounts,
  rewrittenFilePath,
  subtractCounts,
  withChange,
  type HeldRelease,
  type Manifest,
  type ManifestFile,
} from './manifest.ts';
import { copyToParquetSql, parquetMetadata, quoteIdentifier, readParquetSql } from './parquet.ts';
import { pullFailure } from './pull-failure.ts';
import { expiredSql } from './retention.ts';
import { openDuckDb } from './staging.ts';
import { idColumnOf, type Table } from './table.ts';
import { kindsFor, recordTableOf, TABLES } from './tables.ts';
import { digestFile } from './write-whole.ts';

const MEMORY_LIMIT = '128MB';

interface Sync {
  manifest: Manifest;
  folder: DatasetFolder;
  client: CollectorClient;
  /** The UTC day it is. */
  today: string;
}

/** Removes what is gone. Throws failures; releases done before stay done. Gives the manifest that is in place then. */
export async function removeWhatIsGone({ manifest: start, folder, client, today }: Sync): Promise<Manifest> {
  let manifest = start;
  for (const { number } of start.releases.filter((release) => release.withdrawn)) {
    manifest = withoutRelease(manifest, number);
    await folder.publish([], manifest);
  }
  for (const release of manifest.releases) {
    await folder.clearIncoming();
    const rewritten = await rewriteRelease({ manifest, folder, client, today }, release);
    if (rewritten === undefined) continue;
    const fresh = rewritten.files.filter(({ path }) => !release.files.some((file) => file.path === path));
    manifest = withRewritten(manifest, release, rewritten);
    await folder.publish(fresh, manifest);
  }
  return manifest;
}

function withoutRelease(manifest: Manifest, number: number): Manifest {
  const releases = manifest.releases.filter((release) => release.number !== number);
  const gone = manifest.releases.find((release) => release.number === number);
  const records = recordCounts(gone?.groups ?? []);
  return withChange(withReleases(manifest, releases), { release: number, what: 'withdrawn', records });
}

function withReleases(manifest: Manifest, releases: HeldRelease[]): Manifest {
  const texts = new Map(Object.entries(manifest.charters));
  return { ...manifest, releases, charters: chartersInUse(releases, texts) };
}

function withRewritten(manifest: Manifest, before: HeldRelease, after: HeldRelease): Manifest {
  const releases = manifest.releases.map((release) => (release.number === after.number ? after : release));
  const records = subtractCounts(recordCounts(before.groups), recordCounts(after.groups));
  return withChange(withReleases(manifest, releases), { release: after.number, what: 'removed', records });
}

/** The release without what is gone, its new files in `incomingDir`; undefined if nothing is new of it. */
async function rewriteRelease(sync: Sync, release: HeldRelease): Promise<HeldRelease | undefined> {
  const { folder } = sync;
  const instance = await openDuckDb(MEMORY_LIMIT, join(folder.incomingDir, 'spill'));
  const connection = await instance.connect();
  try {
    const touched = await findGone(sync, connection, release);
    const tombstonesApplied = release.tombstones;
    if (touched.size === 0) {
      return tombstonesApplied === release.tombstonesApplied ? undefined : { ...release, tombstonesApplied };
    }
    const files: ManifestFile[] = [];
    for (const file of release.files) {
      const table = tableNamed(file.table);
      files.push(
        touched.has(partKey(table.kind, file))
          ? await rewriteFile(sync, connection, release, table, file)
          : file,
      );
    }
    const placeOf = (file: ManifestFile) =>
      release.files.includes(file) ? folder.pathOf(file) : join(folder.incomingDir, incomingName(file));
    const query = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
    const facts: FileFacts[] = [];
    for (const kind of kindsFor(sync.manifest.purpose)) {
      const relationOf = ({ name }: Table) =>
        readParquetSql(files.filter((file) => file.table === name).map(placeOf));
      facts.push(await readFacts(query, kind, relationOf));
    }
    const { groups, hidden } = sumFacts(facts);
    return { ...release, tombstonesApplied, files: groups.length === 0 ? [] : files, groups, hidden };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Fills the table `gone` with ids of records that the release holds and must not; gives the parts that hold them. */
async function findGone(
  { manifest, folder, client, today }: Sync,
  connection: DuckDBConnection,
  release: HeldRelease,
): Promise<ReadonlySet<string>> {
  await connection.run('CREATE TABLE tombstones (record_id VARCHAR)');
  await connection.run('CREATE TABLE gone (record_id VARCHAR)');
  if (release.tombstones > release.tombstonesApplied)
    await loadTombstones(connection, client, release.number);
  const touched = new Set<string>();
  for (const kind of kindsFor(manifest.purpose)) {
    const { name } = recordTableOf(kind);
    for (const file of release.files.filter(({ table }) => table === name)) {
      const found = await connection.runAndReadAll(
        `INSERT INTO gone SELECT record_id FROM ${readParquetSql([folder.pathOf(file)])}
         WHERE record_id IN (FROM tombstones) OR ${expiredSql(manifest, today)}`,
      );
      if (Number(found.getRows()[0]?.[0]) > 0) touched.add(partKey(kind, file));
    }
  }
  return touched;
}

async function loadTombstones(
  connection: DuckDBConnection,
  client: CollectorClient,
  release: number,
): Promise<void> {
  const appender = await connection.createAppender('tombstones');
  for await (const recordIds of client.readTombstones(release)) {
    for (const recordId of recordIds) {
      appender.appendVarchar(recordId);
      appender.endRow();
    }
  }
  appender.closeSync();
}

async function rewriteFile(
  { manifest, folder }: Sync,
  connection: DuckDBConnection,
  release: HeldRelease,
  table: Table,
  file: ManifestFile,
): Promise<ManifestFile> {
  const path = rewrittenFilePath(file.path, manifest.version + 1);
  const writtenAt = join(folder.incomingDir, incomingName({ path }));
  const id = quoteIdentifier(idColumnOf(table));
  const select = `SELECT * FROM ${readParquetSql([folder.pathOf(file)])} WHERE ${id} NOT IN (FROM gone)`;
  const metadata = parquetMetadata(
    table,
    { release: release.number, schemaVersion: release.schemaVersion, purpose: manifest.purpose },
    [...new Set(release.groups.map((group) => group.charter))].sort(),
  );
  const written = await connection.runAndReadAll(copyToParquetSql(table, select, metadata), [writtenAt]);
  const rows = Number(written.getRows()[0]?.[0]);
  return { table: file.table, path, rows, ...(await digestFile(writtenAt)) };
}

/** A kind's range of ids of a release: what is in its file of one table is in the same range's files of the others. */
function partKey(kind: PublishedKind, { path }: ManifestFile): string {
  return `${kind}${/-part-\d+/.exec(path)?.[0] ?? ''}`;
}

function tableNamed(name: string): Table {
  const table = TABLES.find((candidate) => candidate.name === name);
  if (table === undefined)
    throw pullFailure('folder-foreign', `the manifest lists a table ${name}, which is none`);
  return table;
}
