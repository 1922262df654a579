/**
 * The last step of the data's way: from the collector's releases to a folder of Parquet files and a card.
 *
 * Adds the releases that the folder does not hold yet, one by one, each whole or not at all: killed at any
 * instant and run again, the result is that of one clean run. A release held already changes only by a sync.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { charterHash } from '../src/charter/charter-hash.ts';
import { parseCharter } from '../src/charter/charter.ts';
import type { Release, ReleaseList, WellKnown } from '../src/trace/collector-api.ts';
import { SCHEMA_VERSION } from '../src/trace/limits.ts';
import { dayOf } from '../src/trace/primitives.ts';
import { createCollectorClient, type CollectorClient } from './collector-client.ts';
import { openDatasetFolder, type DatasetFolder } from './dataset-folder.ts';
import type { Fetch, Sleep } from './fetch-retrying.ts';
import {
  chartersInUse,
  FOLDER_FORMAT,
  recordCounts,
  subtractCounts,
  withChange,
  type Change,
  type HeldRelease,
  type Manifest,
} from './manifest.ts';
import { isPullFailure, pullFailure, type FailureCode, type PullFailure } from './pull-failure.ts';
import { pullRelease, type ReleaseProgress } from './pull-release.ts';
import { summarize, type PullSummary } from './pull-summary.ts';
import { openRangeThreads, type RangeThreads } from './range-threads.ts';
import { removeWhatIsGone } from './remove-gone.ts';
import { kindsFor } from './tables.ts';
import { writeCard } from './write-card.ts';

/** What a pull tells while it works: the release, and its place among those to be pulled (from 1). */
export type PullProgress = ReleaseProgress & {
  release: number;
  position: number;
  releaseCount: number;
  /** Records that all releases to be pulled have together. */
  expectedRecords: number;
};

export interface PullOptions {
  /** The collector's address, https (http for loopback), with or without trailing slash. */
  from: string;
  key: string;
  /** The purpose the reader states: the charter's, or with `:linked` behind it for linked data. */
  purpose: string;
  outDir: string;
  /** Whether records that the collector no longer publishes leave the folder too, before what is new is added. */
  sync?: boolean;
  nowEpochMs?: () => number;
  /** A release of so many records or less is read without threads. */
  fewRecords?: number;
  fetch?: Fetch;
  sleep?: Sleep;
  report?: (progress: PullProgress) => void;
  /** Stops the pull; what is complete stays. */
  signal?: AbortSignal;
}

/** `refused`: nothing was added by the step that failed; releases completed before stay. */
export type PullResult =
  { kind: 'done'; summary: PullSummary } | { kind: 'refused'; code: FailureCode; message: string };

/** Pulls what is new. */
export async function pull(options: PullOptions): Promise<PullResult> {
  try {
    return { kind: 'done', summary: await pullOrThrow(options) };
  } catch (error) {
    return refusalOf(error);
  }
}

/** A failure as a value; whatever else was thrown is thrown on. */
export function refusalOf(error: unknown): Extract<PullResult, { kind: 'refused' }> {
  const failure = isPullFailure(error) ? error : asDiskFailure(error);
  if (failure === undefined) throw error;
  return { kind: 'refused', code: failure.pullFailureCode, message: failure.message };
}

/** A full or read-only disk is no bug; the file system and DuckDB each say it in their way. */
function asDiskFailure(error: unknown): PullFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  const isDisk = 'syscall' in error || /^(IO|Out of Memory) Error/.test(error.message);
  return isDisk ? pullFailure('folder-unwritable', `cannot write the dataset: ${error.message}`) : undefined;
}

async function pullOrThrow(options: PullOptions): Promise<PullSummary> {
  const url = options.from.replace(/\/+$/, '');
  const client = createCollectorClient({
    url,
    key: options.key,
    purpose: options.purpose,
    fetch: options.fetch ?? fetch,
    sleep: options.sleep ?? sleep,
    signal: options.signal ?? new AbortController().signal,
  });
  // Asked before the folder is touched: a wrong key or address leaves nothing behind.
  const collector = await client.readWellKnown();
  const list = await client.readReleases();
  const charters = await checkCharters(list);

  const folder = await openDatasetFolder(options.outDir);
  const threads = openRangeThreads(options.fewRecords);
  try {
    let manifest = startingManifest(folder, collector, { ...options, from: url }, list);
    const heldBefore = manifest;
    if (options.sync === true) {
      const today = dayOf((options.nowEpochMs ?? Date.now)());
      manifest = await removeWhatIsGone({ manifest, folder, client, today });
    }
    const missing = releasesToPull(manifest, list);
    const expectedRecords = missing.reduce((sum, release) => sum + countRecords(release, options.purpose), 0);
    for (const [index, release] of missing.entries()) {
      const where = {
        release: release.number,
        position: index + 1,
        releaseCount: missing.length,
        expectedRecords,
      };
      const held = await pullInto(folder, client, threads, options, charters, release, (progress) =>
        options.report?.({ ...progress, ...where }),
      ).catch(async (error: unknown) => {
        // Releases that are complete are told of; of the one that failed nothing is kept.
        if (index > 0) await writeCard(folder, options.outDir, manifest);
        throw error;
      });
      manifest = withRelease(manifest, held, charters);
      await folder.publish(held.files, manifest);
    }
    if (missing.length === 0) await folder.writeManifest(manifest);
    await writeCard(folder, options.outDir, manifest);
    return summarize(manifest, folder, missing, heldBefore.version);
  } finally {
    await threads.close();
    await folder.close();
  }
}

async function pullInto(
  folder: DatasetFolder,
  client: CollectorClient,
  threads: RangeThreads,
  options: PullOptions,
  charters: ReadonlyMap<string, string>,
  release: Release,
  onProgress: (progress: ReleaseProgress) => void,
): Promise<HeldRelease> {
  if (release.schemaVersion !== SCHEMA_VERSION) {
    throw pullFailure(
      'schema-unknown',
      `release ${release.number} has schema version ${release.schemaVersion} and this version of proffer reads ${SCHEMA_VERSION}; update proffer`,
    );
  }
  await folder.clearIncoming();
  return pullRelease({
    release,
    client,
    threads,
    purpose: options.purpose,
    charterHashes: new Set(charters.keys()),
    incomingDir: folder.incomingDir,
    onProgress,
  });
}

/** Charters by hash; each text must have the hash it is listed under, or the consent it stands for is not known. */
async function checkCharters(list: ReleaseList): Promise<ReadonlyMap<string, string>> {
  for (const [hash, text] of Object.entries(list.charters)) {
    const parsed = parseCharter(text);
    if (!parsed.ok) {
      throw pullFailure(
        'collector-answer-invalid',
        `the collector gives a charter that does not fit the schema at ${parsed.problems[0] ?? ''}`,
      );
    }
    if ((await charterHash(parsed.charter)) !== hash) {
      throw pullFailure(
        'collector-answer-invalid',
        `the collector gives a charter whose hash is not ${hash}`,
      );
    }
  }
  return new Map(Object.entries(list.charters));
}

/** The folder's manifest with the collector's news of releases held, or a new one. */
function startingManifest(
  folder: DatasetFolder,
  collector: WellKnown,
  { from, purpose, outDir }: PullOptions,
  list: ReleaseList,
): Manifest {
  const { manifest } = folder;
  const identity = { url: from, publicKey: collector.publicKey };
  if (manifest === undefined) {
    return {
      product: 'proffer dataset',
      format: FOLDER_FORMAT,
      collector: identity,
      purpose,
      charters: {},
      version: 0,
      changes: [],
      releases: [],
    };
  }
  if (manifest.collector.publicKey !== collector.publicKey) {
    throw pullFailure(
      'collector-different',
      `${outDir} holds releases of another collector (${manifest.collector.url}); choose another folder`,
    );
  }
  if (manifest.purpose !== purpose) {
    throw pullFailure(
      'collector-different',
      `${outDir} was pulled for the purpose ${manifest.purpose}; choose another folder for ${purpose}`,
    );
  }
  const listed = new Map(list.releases.map((release) => [release.number, release]));
  const damaged = new Set(folder.damagedReleases);
  const releases = manifest.releases
    .filter((held) => !damaged.has(held.number) || (listed.get(held.number)?.withdrawn ?? true))
    .map((held): HeldRelease => {
      const release = listed.get(held.number);
      if (release === undefined) return { ...held, withdrawn: true };
      return { ...held, withdrawn: release.withdrawn, tombstones: release.tombstones };
    });
  return { ...manifest, collector: identity, releases };
}

function releasesToPull(manifest: Manifest, list: ReleaseList): Release[] {
  const held = new Set(manifest.releases.map((release) => release.number));
  return list.releases
    .filter((release) => !release.withdrawn && !held.has(release.number))
    .sort((left, right) => left.number - right.number);
}

function withRelease(manifest: Manifest, held: HeldRelease, charters: ReadonlyMap<string, string>): Manifest {
  const releases = [...manifest.releases, held].sort((left, right) => left.number - right.number);
  const texts = new Map([...Object.entries(manifest.charters), ...charters]);
  const next = { ...manifest, releases, charters: chartersInUse(releases, texts) };
  const records = recordCounts(held.groups);
  const known = countKnown(manifest, held.number);
  return known === undefined
    ? withChange(next, { release: held.number, what: 'added', records })
    : withChange(next, { release: held.number, what: 'removed', records: subtractCounts(known, records) });
}

/**
 * Records of a release by what the history says is held of it; undefined if it was never added. A release whose files
 * were damaged is known and yet pulled again, which is no change unless it has lost records meanwhile.
 */
function countKnown(manifest: Manifest, release: number): Change['records'] | undefined {
  const changes = manifest.changes.filter((change) => change.release === release);
  const [added, ...removed] = changes;
  if (added === undefined || changes.at(-1)?.what === 'withdrawn') return undefined;
  return removed.reduce((known, { records }) => subtractCounts(known, records), added.records);
}

function countRecords(release: Release, purpose: string): number {
  return kindsFor(purpose).reduce((sum, kind) => sum + release.counts[kind], 0);
}

/** Waits, or stops waiting when the signal aborts. */
export async function sleep(durationMs: number, signal: AbortSignal): Promise<void> {
  await wait(durationMs, undefined, { signal }).catch(() => undefined);
}
