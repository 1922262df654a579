/**
 * The goals that the dataset set itself, and what the last results say of them.
 *
 * Pure. A goal that is not met is said like one that is.
 */
import type { PullResults } from './pull-results.ts';
import { VIEW_PAGES, type TimedPages, type ViewResults } from './view-results.ts';

export interface GoalCheck {
  goal: string;
  measured: string;
  isMet: boolean;
}

export const GOALS = {
  samples: 9_900_000,
  rowsPerSecond: 1_000_000,
  peakRssMiB: 512,
  kills: 10,
  rowGroupBytes: 128 * 2 ** 20,
  episodes: 100_000,
  pageMs: 300,
} as const;

export function checkPullGoals(results: PullResults): GoalCheck[] {
  const { samples, rowsPerSecond, peakRssMiB, kills, identicalToCleanRun } = results;
  // Records have samples of their own number, so a little less than what was asked for.
  const isWhole = samples >= GOALS.samples;
  const ofSamples = `${(samples / 1e6).toFixed(1)} million pointer samples`;
  return [
    {
      goal: `At least ${whole(GOALS.rowsPerSecond)} rows/s decoded and written`,
      measured: `${whole(rowsPerSecond)}, of ${ofSamples}`,
      isMet: isWhole && rowsPerSecond >= GOALS.rowsPerSecond,
    },
    {
      goal: `At most ${GOALS.peakRssMiB} MiB of memory for 10 million pointer samples`,
      measured: `${whole(peakRssMiB)} MiB, of ${ofSamples}`,
      isMet: isWhole && peakRssMiB <= GOALS.peakRssMiB,
    },
    {
      goal: `Killed ${GOALS.kills} times and run again, identical to one clean run`,
      measured: `${identicalToCleanRun ? 'identical' : 'different'} after ${kills} kills`,
      isMet: identicalToCleanRun && kills >= GOALS.kills,
    },
    {
      goal: 'Two readers that share no code read the same',
      measured: results.readersAgree ? 'the same' : 'different',
      isMet: results.readersAgree,
    },
    {
      goal: `Row groups of at most ${GOALS.rowGroupBytes / 2 ** 20} MiB`,
      measured: `${(results.largestRowGroupBytes / 2 ** 20).toFixed(1)} MiB at most`,
      isMet: results.largestRowGroupBytes <= GOALS.rowGroupBytes,
    },
  ];
}

export function checkViewGoals({ episodes, pages }: ViewResults): GoalCheck[] {
  const { opened: _start, ...answers } = pages;
  const [slowest] = Object.entries(answers).sort(([, one], [, other]) => other.medianMs - one.medianMs);
  const [name, { medianMs }] = slowest!;
  return [
    {
      goal: `Every page of the viewer within ${GOALS.pageMs} ms (median), of ${whole(GOALS.episodes)} episodes`,
      measured: `${whole(medianMs)} ms at most (${VIEW_PAGES[name as keyof TimedPages]}), of ${whole(episodes)}`,
      isMet: episodes >= GOALS.episodes && medianMs <= GOALS.pageMs,
    },
  ];
}

function whole(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 0 });
}
