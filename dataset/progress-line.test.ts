/**
 * Progress is one line on a terminal and few lines elsewhere.
 */
import { describe, expect, it } from 'vitest';
import { openProgressLine } from './progress-line.ts';
import { createPullDescription } from './pull-progress.ts';
import type { PullProgress } from './pull.ts';

const reading: PullProgress = {
  kind: 'motion',
  records: 200,
  rows: 2000,
  sizeBytes: 1_500_000,
  release: 3,
  position: 1,
  releaseCount: 2,
  expectedRecords: 10_000,
};

function showOn(stream: { isTTY?: boolean; columns?: number }) {
  let nowMs = 0;
  let shown = '';
  const line = openProgressLine(
    { ...stream, write: (text) => (shown += text) },
    createPullDescription(),
    () => nowMs,
  );
  for (let page = 0; page < 50; page += 1) {
    nowMs += 500;
    line.report(reading);
  }
  line.close();
  return shown;
}

describe('a progress line', () => {
  it('stays one line on a terminal, no wider than it', () => {
    const shown = showOn({ isTTY: true, columns: 60 });
    expect(shown.split('\n')).toHaveLength(2);
    for (const text of shown.split('\r')) expect(text.replace(/\u001b\[K\n?/, '').length).toBeLessThan(60);
  });

  it('is a line every ten seconds elsewhere, with rows, bytes, rate and the time that is left', () => {
    const lines = showOn({}).trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe(
      '[....................] 2 %, release 3 (1 of 2), 2,000 rows, 1.5 MB, 4,000 rows/s, 25 s left',
    );
    expect(lines[2]).toBe(
      '[################....] 82 %, release 3 (1 of 2), 82,000 rows, 61.5 MB, 4,000 rows/s, 5 s left',
    );
  });
});
