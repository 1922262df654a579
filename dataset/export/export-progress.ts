/**
 * What the progress line says of an export.
 */
import { formatCount } from '../markdown.ts';
import type { Manifest } from '../manifest.ts';
import { drawBar, formatRate, formatTimeLeft, type ProgressText } from '../progress-line.ts';

/** What an export tells while it works. One that writes both tells of its rows first, then of its records. */
export interface ExportProgress {
  /** Rows of tables that are written as they are, or records that were made of rows. */
  what: 'rows' | 'records';
  done: number;
  expected: number;
}

/** Describes the progress of one export; rates are those since the first of its rows, or of its records. */
export function createExportDescription(): (progress: ExportProgress, elapsedMs: number) => ProgressText {
  let stage = 0;
  let shown: ExportProgress['what'] | undefined;
  let startedMs = 0;
  let latestMs = 0;
  return ({ what, done, expected }, elapsedMs) => {
    if (what !== shown) {
      stage += 1;
      shown = what;
      startedMs = latestMs;
    }
    latestMs = elapsedMs;
    const share = expected === 0 ? 1 : Math.min(1, done / expected);
    const said = [
      drawBar(share),
      `${formatCount(done)} of ${formatCount(expected)} ${what}`,
      formatRate(done, elapsedMs - startedMs, what),
      share === 1 ? 'writing' : formatTimeLeft(share, elapsedMs - startedMs),
    ];
    return { stage, text: said.join(', ') };
  };
}

/** Rows that a dataset's tables have, withdrawn releases left out; of one table, or of all. */
export function countRows({ releases }: Manifest, table?: string): number {
  return releases
    .filter(({ withdrawn }) => !withdrawn)
    .flatMap(({ files }) => files)
    .filter((file) => table === undefined || file.table === table)
    .reduce((sum, { rows }) => sum + rows, 0);
}
