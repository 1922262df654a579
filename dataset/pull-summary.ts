/**
 * What a pull came to, for programs and for the terminal: where the files are, how many rows, what to heed.
 */
import { dirname, join } from 'node:path';
import type { Release } from '../src/trace/collector-api.ts';
import type { DatasetFolder } from './dataset-folder.ts';
import type { Change, Manifest } from './manifest.ts';
import { tablesFor } from './tables.ts';

export interface TableSummary {
  /** Rows in all releases held, and in those that this pull added. */
  rows: number;
  addedRows: number;
  /** Folder of the table's Parquet files. */
  dir: string;
}

export interface PullSummary {
  cardPath: string;
  manifestPath: string;
  releasesHeld: number[];
  releasesAdded: number[];
  /** The dataset's version, and the changes that this pull made. */
  version: number;
  changes: Change[];
  tables: Record<string, TableSummary>;
  /** One line each: what the data team should do. */
  warnings: string[];
}

/** Sums up a manifest after a pull that added the releases given to a dataset of the version given. */
export function summarize(
  manifest: Manifest,
  folder: Pick<DatasetFolder, 'cardPath' | 'manifestPath' | 'damagedReleases'>,
  added: readonly Release[],
  versionBefore: number,
): PullSummary {
  const releasesAdded = added.map((release) => release.number);
  const outDir = dirname(folder.manifestPath);
  const tables: Record<string, TableSummary> = {};
  for (const { name } of tablesFor(manifest.purpose)) {
    tables[name] = {
      rows: countTableRows(manifest, name),
      addedRows: countTableRows(manifest, name, releasesAdded),
      dir: join(outDir, name),
    };
  }
  return {
    cardPath: folder.cardPath,
    manifestPath: folder.manifestPath,
    releasesHeld: manifest.releases.map((release) => release.number),
    releasesAdded,
    version: manifest.version,
    changes: manifest.changes.filter((change) => change.version > versionBefore),
    tables,
    warnings: warningsOf(manifest, folder.damagedReleases),
  };
}

/** Rows of a table in the releases named, or in all. */
export function countTableRows(manifest: Manifest, table: string, releases?: readonly number[]): number {
  return manifest.releases
    .filter((release) => releases?.includes(release.number) ?? true)
    .flatMap((release) => release.files)
    .filter((file) => file.table === table)
    .reduce((sum, file) => sum + file.rows, 0);
}

/** Records that the collector has told are gone and that the folder may still hold. */
export function countWaitingRemovals(manifest: Manifest): number {
  return manifest.releases.reduce(
    (sum, release) => sum + Math.max(0, release.tombstones - release.tombstonesApplied),
    0,
  );
}

function warningsOf(manifest: Manifest, damaged: readonly number[]): string[] {
  const warnings = damaged.map(
    (number) => `release ${number} had files missing or altered and was pulled again if it could be`,
  );
  for (const release of manifest.releases) {
    if (release.withdrawn) {
      warnings.push(
        `the collector has withdrawn release ${release.number}: stop using it and run proffer pull --sync, which deletes its files`,
      );
    }
  }
  const removed = countWaitingRemovals(manifest);
  if (removed > 0) {
    warnings.push(
      `of the records held here ${removed} ${removed === 1 ? 'was' : 'were'} removed since (erased, or at the end of retention): run proffer pull --sync`,
    );
  }
  return warnings;
}
