/**
 * One release: all of its ranges, pulled side by side, into Parquet files of which none is in place yet.
 *
 * Checks what no range can see by itself: that there are no more records than were sealed, and that linked data is not
 * beside other data. Fails whole; nothing of a failed release is kept.
 */
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Release } from '../src/trace/collector-api.ts';
import { PUBLISHED_KINDS, type PublishedKind } from '../src/trace/record.ts';
import type { CollectorClient } from './collector-client.ts';
import { incomingName, type DatasetFolder } from './dataset-folder.ts';
import { sumFacts } from './file-facts.ts';
import { rangesOf } from './id-ranges.ts';
import { releaseFilePath, type HeldRelease, type ManifestFile } from './manifest.ts';
import { pullFailure } from './pull-failure.ts';
import type { FinishedRange, RangeJob } from './range-reader.ts';
import type { RangeThreads } from './range-threads.ts';
import { kindsFor, TABLES_BY_KIND } from './tables.ts';

/** What the pull of a release tells after each page. */
export interface ReleaseProgress {
  kind: PublishedKind;
  records: number;
  /** Rows of tables that the records became. */
  rows: number;
  /** Bytes that came for them. */
  sizeBytes: number;
}

export interface PullReleaseOptions {
  release: Release;
  client: CollectorClient;
  threads: RangeThreads;
  purpose: string;
  /** Hashes of the charters whose text is known and true. */
  charterHashes: ReadonlySet<string>;
  incomingDir: DatasetFolder['incomingDir'];
  onProgress: (progress: ReleaseProgress) => void;
}

/** Reads a release and leaves its files in `incomingDir`. Throws failures. */
export async function pullRelease(options: PullReleaseOptions): Promise<HeldRelease> {
  const { release, client, purpose, onProgress } = options;
  const kinds = kindsFor(purpose);
  const misplaced = PUBLISHED_KINDS.find((kind) => !kinds.includes(kind) && release.counts[kind] > 0);
  if (misplaced !== undefined) throw inconsistent(release, misplaced, `is not for the purpose ${purpose}`);

  const records = { motion: 0, rhythm: 0, episode: 0, trace: 0 };
  const jobs = await openJobs(options, kinds);
  const finished = await options.threads.read(
    jobs,
    kinds.reduce((sum, kind) => sum + release.counts[kind], 0),
    ({ kind, range }, after) => client.readRecords(release.number, kind, { ...range, after }),
    ({ kind }, page) => {
      records[kind] += page.records;
      const sealed = release.counts[kind];
      if (records[kind] > sealed) {
        throw inconsistent(release, kind, `has more records than the ${sealed} it was sealed with`);
      }
      onProgress({ kind, ...page });
    },
  );
  return {
    number: release.number,
    sealedOn: release.sealedOn,
    schemaVersion: release.schemaVersion,
    withdrawn: false,
    tombstonesAtPull: release.tombstones,
    tombstones: release.tombstones,
    tombstonesApplied: release.tombstones,
    files: await nameFiles(options, kinds, jobs, finished),
    ...sumFacts(finished.map((range) => range.facts)),
  };
}

async function openJobs(options: PullReleaseOptions, kinds: readonly PublishedKind[]): Promise<RangeJob[]> {
  const { release, purpose, charterHashes, incomingDir } = options;
  const jobs = kinds.flatMap((kind) =>
    rangesOf(kind, release.counts[kind]).map((range, index): RangeJob => ({
      release: release.number,
      schemaVersion: release.schemaVersion,
      purpose,
      kind,
      range,
      charterHashes,
      dir: join(incomingDir, `${kind}-${index}`),
    })),
  );
  for (const { dir } of jobs) await mkdir(dir);
  return jobs;
}

/** Gives the files their names, table by table and in each in the order of the ranges. */
async function nameFiles(
  { release, incomingDir }: PullReleaseOptions,
  kinds: readonly PublishedKind[],
  jobs: readonly RangeJob[],
  finished: readonly FinishedRange[],
): Promise<ManifestFile[]> {
  const files: ManifestFile[] = [];
  for (const kind of kinds) {
    const ranges = finished.filter((_, index) => jobs[index]?.kind === kind);
    for (const { name } of TABLES_BY_KIND[kind]) {
      for (const [part, range] of ranges.entries()) {
        const { writtenAt, ...file } = range.files.find(({ table }) => table === name)!;
        const path = releaseFilePath(name, release.number, ranges.length === 1 ? undefined : part);
        await rename(writtenAt, join(incomingDir, incomingName({ path })));
        files.push({ path, ...file });
      }
    }
  }
  return files;
}

function inconsistent(release: Release, kind: PublishedKind, what: string): Error {
  return pullFailure(
    'collector-answer-invalid',
    `release ${release.number} ${what} (kind ${kind}); nothing of this release is kept`,
  );
}
