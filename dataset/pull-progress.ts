/**
 * What the progress line says of a pull.
 */
import { formatCount } from './markdown.ts';
import { drawBar, formatRate, formatTimeLeft, type ProgressText } from './progress-line.ts';
import type { PullProgress } from './pull.ts';

/** Describes the progress of one pull; sums up what is told of each page. */
export function createPullDescription(): (progress: PullProgress, elapsedMs: number) => ProgressText {
  let records = 0;
  let rows = 0;
  let sizeBytes = 0;
  return (progress, elapsedMs) => {
    records += progress.records;
    rows += progress.rows;
    sizeBytes += progress.sizeBytes;
    const { release, position, releaseCount, expectedRecords } = progress;
    const share = expectedRecords === 0 ? 1 : Math.min(1, records / expectedRecords);
    const said = [
      drawBar(share),
      `release ${release} (${position} of ${releaseCount})`,
      `${formatCount(rows)} rows`,
      `${(sizeBytes / 1e6).toFixed(1)} MB`,
      formatRate(rows, elapsedMs, 'rows'),
      share === 1 ? 'writing' : formatTimeLeft(share, elapsedMs),
    ];
    return { stage: release, text: said.join(', ') };
  };
}
