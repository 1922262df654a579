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
  let rows = 0;
  let sizeBytes = 0;
  let latest: string | undefined;

  const show = (text: string) => {
    stream.write(isTerminal ? `\r${text.slice(0, (stream.columns ?? 80) - 1)}\u001b[K` : `${text}\n`);
  };
  return {
    report: (progress) => {
      records += progress.records;
      rows += progress.rows;
      sizeBytes += progress.sizeBytes;
      latest = describe(progress, { records, rows, sizeBytes, elapsedMs: nowMs() - startedMs });
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
  { release, position, releaseCount, expectedRecords }: PullProgress,
  total: { records: number; rows: number; sizeBytes: number; elapsedMs: number },
): string {
  const seconds = Math.max(total.elapsedMs / 1000, 0.001);
  const share = expectedRecords === 0 ? 1 : Math.min(1, total.records / expectedRecords);
  return [
    drawBar(share),
    `release ${release} (${position} of ${releaseCount})`,
    `${formatCount(total.rows)} rows`,
    `${(total.sizeBytes / 1e6).toFixed(1)} MB`,
    `${formatCount(Math.round(total.rows / seconds))} rows/s`,
    share === 1 ? 'writing' : `${formatDuration((seconds * (1 - share)) / share)} left`,
  ].join(', ');
}

const BAR_CELLS = 20;

function drawBar(share: number): string {
  const filled = Math.floor(share * BAR_CELLS);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_CELLS - filled)}] ${Math.floor(share * 100)} %`;
}

/** `3 s`, `4 min 05 s`, `2 h 03 min`; nothing to go by gives a question mark. */
function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  const whole = Math.ceil(seconds);
  const inTwo = (count: number) => String(count).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${inTwo(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${inTwo(Math.floor((whole % 3600) / 60))} min`;
}
