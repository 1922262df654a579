/**
 * Shows on stderr what a pull is doing: one line that updates on a terminal, a line now and then elsewhere.
 */
import type { PullProgress } from './pull.ts';
import { formatCount } from './markdown.ts';

export interface ProgressLine {
  report: (progress: PullProgress) => void;
  /** Ends the line, if one is shown. */
  close: () => void;
}

const TERMINAL_EVERY_MS = 100;
const PLAIN_EVERY_MS = 10_000;

/** Opens a progress line on a stream; `nowMs` is a clock that never goes back. */
export function openProgressLine(
  stream: { isTTY?: boolean; columns?: number; write: (text: string) => unknown },
  nowMs: () => number = () => performance.now(),
): ProgressLine {
  const isTerminal = stream.isTTY === true;
  const everyMs = isTerminal ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS;
  const startedMs = nowMs();
  let shownMs = -Infinity;
  let shownRelease = 0;
  let records = 0;
  let sizeBytes = 0;
  let latest: string | undefined;

  const show = (text: string) => {
    stream.write(isTerminal ? `\r${text.slice(0, (stream.columns ?? 80) - 1)}\u001b[K` : `${text}\n`);
  };
  return {
    report: (progress) => {
      if (progress.phase === 'reading') {
        records += progress.records;
        sizeBytes += progress.sizeBytes;
      }
      latest = describe(progress, { records, sizeBytes, elapsedMs: nowMs() - startedMs });
      const isDue = nowMs() - shownMs >= everyMs || progress.release !== shownRelease;
      if (!isDue) return;
      shownMs = nowMs();
      shownRelease = progress.release;
      show(latest);
    },
    close: () => {
      if (latest === undefined) return;
      if (isTerminal) {
        show(latest);
        stream.write('\n');
      }
    },
  };
}

function describe(
  progress: PullProgress,
  total: { records: number; sizeBytes: number; elapsedMs: number },
): string {
  const { release, position, releaseCount, expectedRecords } = progress;
  const seconds = Math.max(total.elapsedMs / 1000, 0.001);
  const what = progress.phase === 'reading' ? `${progress.kind} records` : `writing ${progress.table}`;
  return [
    `release ${release} (${position} of ${releaseCount})`,
    what,
    `${formatCount(total.records)} of ${formatCount(expectedRecords)} records`,
    `${(total.sizeBytes / 1e6).toFixed(1)} MB`,
    `${formatCount(Math.round(total.records / seconds))}/s`,
  ].join(', ');
}
