/**
 * The progress line of an export: how much, how fast, how long yet; rows and records each by their own rate.
 */
import { describe, expect, it } from 'vitest';
import { openProgressLine } from '../progress-line.ts';
import { createExportDescription, type ExportProgress } from './export-progress.ts';

describe('the progress line of an export', () => {
  it('says records, rate and the time that is left', () => {
    const describeProgress = createExportDescription();
    expect(describeProgress({ what: 'records', done: 2000, expected: 10_000 }, 5000).text).toBe(
      '[####................] 20 %, 2,000 of 10,000 records, 400 records/s, 20 s left',
    );
    expect(describeProgress({ what: 'records', done: 10_000, expected: 10_000 }, 20_000).text).toBe(
      '[####################] 100 %, 10,000 of 10,000 records, 500 records/s, writing',
    );
  });

  it('goes by the records alone once rows are written, and shows them at once', () => {
    let nowMs = 0;
    let shown = '';
    const line = openProgressLine(
      { write: (text) => (shown += text) },
      createExportDescription(),
      () => nowMs,
    );
    const reportAt = (ms: number, progress: ExportProgress) => {
      nowMs = ms;
      line.report(progress);
    };
    reportAt(1000, { what: 'rows', done: 50_000, expected: 200_000 });
    reportAt(4000, { what: 'rows', done: 200_000, expected: 200_000 });
    reportAt(5000, { what: 'records', done: 100, expected: 400 });
    reportAt(6000, { what: 'records', done: 200, expected: 400 });
    line.close();
    expect(shown.trim().split('\n')).toEqual([
      '[#####...............] 25 %, 50,000 of 200,000 rows, 50,000 rows/s, 3 s left',
      '[#####...............] 25 %, 100 of 400 records, 100 records/s, 3 s left',
    ]);
  });
});
