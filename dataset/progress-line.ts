/**
 * Shows on stderr what a long command is doing: one line that updates on a terminal, a line now and then elsewhere.
 */
import { formatCount } from './markdown.ts';

/** What the line says; a new stage is shown at once. */
export interface ProgressText {
  stage: number;
  text: string;
}

export interface ProgressLine<Progress> {
  report: (progress: Progress) => void;
  /** Ends the line, if one is shown. */
  close: () => void;
}

const TERMINAL_EVERY_MS = 100;
const PLAIN_EVERY_MS = 10_000;

/**
 * Opens a progress line on a stream.
 *
 * @param describe called with everything that is reported, also with what is not shown.
 * @param nowMs a clock that never goes back.
 */
export function openProgressLine<Progress>(
  stream: { isTTY?: boolean; columns?: number; write: (text: string) => unknown },
  describe: (progress: Progress, elapsedMs: number) => ProgressText,
  nowMs: () => number = () => performance.now(),
): ProgressLine<Progress> {
  const isTerminal = stream.isTTY === true;
  const everyMs = isTerminal ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS;
  const startedMs = nowMs();
  let shownMs = -Infinity;
  let shownStage: number | undefined;
  let latest: string | undefined;

  const show = (text: string) => {
    stream.write(isTerminal ? `\r${text.slice(0, (stream.columns ?? 80) - 1)}\u001b[K` : `${text}\n`);
  };
  return {
    report: (progress) => {
      const { stage, text } = describe(progress, nowMs() - startedMs);
      latest = text;
      const isDue = nowMs() - shownMs >= everyMs || stage !== shownStage;
      if (!isDue) return;
      shownMs = nowMs();
      shownStage = stage;
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

const BAR_CELLS = 20;

/** `[####................] 20 %` */
export function drawBar(share: number): string {
  const filled = Math.floor(share * BAR_CELLS);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_CELLS - filled)}] ${Math.floor(share * 100)} %`;
}

/** `4,000 rows/s` */
export function formatRate(count: number, elapsedMs: number, what: string): string {
  return `${formatCount(Math.round(count / secondsOf(elapsedMs)))} ${what}/s`;
}

/** `25 s left`, by how long a share of the whole took. */
export function formatTimeLeft(share: number, elapsedMs: number): string {
  return `${formatDuration((secondsOf(elapsedMs) * (1 - share)) / share)} left`;
}

/** Never none: rates are by it. */
function secondsOf(elapsedMs: number): number {
  return Math.max(elapsedMs / 1000, 0.001);
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
