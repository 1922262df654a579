/**
 * Progress is one line on a terminal and few lines elsewhere.
 */
import { describe, expect, it } from 'vitest';
import { openProgressLine } from './progress-line.ts';
import type { PullProgress } from './pull.ts';

const reading: PullProgress = {
  phase: 'reading',
  kind: 'motion',
  records: 2000,
  sizeBytes: 1_500_000,
  release: 3,
  position: 1,
  releaseCount: 2,
  expectedRecords: 10_000,
};

function showOn(stream: { isTTY?: boolean; columns?: number }) {
  let nowMs = 0;
  let shown = '';
  const line = openProgressLine({ ...stream, write: (text) => (shown += text) }, () => nowMs);
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

  it('is a line every ten seconds elsewhere, with records, bytes and rate', () => {
    const lines = showOn({}).trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe('release 3 (1 of 2), motion records, 2,000 of 10,000 records, 1.5 MB, 4,000/s');
  });
});
