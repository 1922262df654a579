/**
 * One release: its pages through the staging file into one Parquet file per table, none of them in place yet.
 *
 * Checks what the schema cannot: that a page goes on, holds the kind asked for, names a charter that the
 * collector has told, that no record is there twice, and that linked data is not beside other data. Fails whole; nothing of a failed release is kept.
 */
import { join } from 'node:path';
import type { RecordsPage, Release } from '../src/trace/collector-api.ts';
import { PUBLISHED_KINDS, type PublishedKind } from '../src/trace/record.ts';
import type { CollectorClient } from './collector-client.ts';
import { incomingName } from './dataset-folder.ts';
import { releaseFilePath, type HeldRelease, type ManifestFile } from './manifest.ts';
import { pullFailure } from './pull-failure.ts';
import { openStaging, type Staging } from './staging.ts';
import type { Table } from './table.ts';
import { kindsFor, tablesFor } from './tables.ts';
import { digestFile } from './write-whole.ts';

/** What the pull of a release tells while it works. */
export type ReleaseProgress =
  | { phase: 'reading'; kind: PublishedKind; records: number; sizeBytes: number }
  | { phase: 'writing'; table: string };

export interface PullReleaseOptions {
  release: Release;
  client: CollectorClient;
  purpose: string;
  /** Hashes of the charters whose text is known and true. */
  charterHashes: ReadonlySet<string>;
  incomingDir: string;
  onProgress: (progress: ReleaseProgress) => void;
}

/** Reads a release and leaves its files in `incomingDir`. Throws failures. */
export async function pullRelease(options: PullReleaseOptions): Promise<HeldRelease> {
  const { release, incomingDir, purpose } = options;
  const kinds = kindsFor(purpose);
  const misplaced = PUBLISHED_KINDS.find((kind) => !kinds.includes(kind) && release.counts[kind] > 0);
  if (misplaced !== undefined) throw inconsistent(release, misplaced, `is not for the purpose ${purpose}`);
  const staging = await openStaging(join(incomingDir, 'staging.duckdb'), join(incomingDir, 'spill'), kinds);
  try {
    for (const kind of kinds) await readKind(options, staging, kind);
    const groups = await staging.groups();
    const charters = [...new Set(groups.map((group) => group.charter))].sort();
    const files: ManifestFile[] = [];
    for (const table of tablesFor(purpose)) {
      options.onProgress({ phase: 'writing', table: table.name });
      const path = join(incomingDir, incomingName({ table: table.name }));
      const metadata = parquetMetadata(table, options, charters);
      const rows = await staging.write(table, path, metadata);
      files.push({
        table: table.name,
        path: releaseFilePath(table.name, release.number),
        rows,
        ...(await digestFile(path)),
      });
    }
    return {
      number: release.number,
      sealedOn: release.sealedOn,
      schemaVersion: release.schemaVersion,
      withdrawn: false,
      tombstonesAtPull: release.tombstones,
      tombstones: release.tombstones,
      files,
      groups,
    };
  } finally {
    staging.close();
  }
}

async function readKind(options: PullReleaseOptions, staging: Staging, kind: PublishedKind): Promise<void> {
  const { release, client, onProgress } = options;
  let after: string | undefined;
  let records = 0;
  let page: RecordsPage;
  do {
    const read = await client.readRecords(release.number, kind, after);
    page = read.page;
    checkPage(options, kind, page, after);
    staging.add(
      kind,
      page.rows.map(({ charter, level, record }) => ({ release: release.number, charter, level, record })),
    );
    records += page.rows.length;
    if (records > release.counts[kind]) {
      throw inconsistent(
        release,
        kind,
        `has more records than the ${release.counts[kind]} it was sealed with`,
      );
    }
    onProgress({ phase: 'reading', kind, records: page.rows.length, sizeBytes: read.sizeBytes });
    after = page.next ?? undefined;
  } while (after !== undefined);
  const duplicates = await staging.countDuplicates(kind);
  if (duplicates > 0) throw inconsistent(release, kind, `has ${duplicates} records twice`);
}

function checkPage(
  options: PullReleaseOptions,
  kind: PublishedKind,
  page: RecordsPage,
  after: string | undefined,
): void {
  const { release, charterHashes } = options;
  if (page.next !== null && (page.next === after || page.rows.length === 0)) {
    throw inconsistent(release, kind, 'has a page that leads nowhere');
  }
  page.rows.forEach((row, index) => {
    const where = `has, at rows.${index} of a page,`;
    if (row.record.kind !== kind) throw inconsistent(release, kind, `${where} a record of another kind`);
    if (row.schemaVersion !== release.schemaVersion) {
      throw inconsistent(release, kind, `${where} another schema version than the release`);
    }
    if (!charterHashes.has(row.charter)) {
      throw inconsistent(release, kind, `${where} a charter whose text the collector does not give`);
    }
  });
}

function inconsistent(release: Release, kind: PublishedKind, what: string): Error {
  return pullFailure(
    'collector-answer-invalid',
    `release ${release.number} ${what} (kind ${kind}); nothing of this release is kept`,
  );
}

/** Key-value metadata of a Parquet file: where it is from, what it may be used for, what each column is. */
function parquetMetadata(
  table: Table,
  { release, purpose }: PullReleaseOptions,
  charters: readonly string[],
): Record<string, string> {
  const columns = table.columns.map(({ name, description, unit }): [string, string] => [
    `column.${name}`,
    unit === undefined ? description : `${description} Unit: ${unit}.`,
  ]);
  return {
    'proffer.table': table.name,
    'proffer.description': table.description,
    'proffer.release': String(release.number),
    'proffer.schema_version': String(release.schemaVersion),
    'proffer.purpose': purpose,
    'proffer.charters': charters.join(' '),
    'proffer.prohibited':
      'Evaluating or identifying people; inferring emotions (EU AI Act, Article 5(1)(f)).',
    ...Object.fromEntries(columns),
  };
}
