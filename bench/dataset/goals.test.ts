import { describe, expect, it } from 'vitest';
import { checkPullGoals, checkViewGoals } from './goals.ts';
import type { PullResults } from './pull-results.ts';
import { summarizeTimes, VIEW_PAGES, type TimedPages, type ViewResults } from './view-results.ts';

const MACHINE = { cpu: 'a processor', cores: 2, memoryGiB: 8, platform: 'linux', node: 'v24' };
const PULL: PullResults = {
  rowsPerSecond: 1_000_000,
  peakRssMiB: 512,
  kills: 10,
  identicalToCleanRun: true,
  bytesPerSample: 4.4,
  samples: 9_995_385,
  rows: 11_000_000,
  seconds: 11,
  cpuSeconds: 20,
  rowsPerCpuSecond: 550_000,
  loadBefore: 0,
  readersAgree: true,
  largestRowGroupBytes: 128 * 2 ** 20,
  machine: MACHINE,
};

function aView(pages: Partial<TimedPages>, episodes = 100_000): ViewResults {
  const quick = Object.fromEntries(Object.keys(VIEW_PAGES).map((name) => [name, summarizeTimes([10])]));
  return {
    episodes,
    motions: 1,
    rhythms: 1,
    rows: 1,
    openings: 1,
    requests: 1,
    pages: { ...(quick as TimedPages), ...pages },
    peakRssMiB: 1,
    loadBefore: 0,
    machine: MACHINE,
  };
}

const met = (changes: Partial<PullResults>) =>
  checkPullGoals({ ...PULL, ...changes }).map(({ isMet }) => isMet);

describe('goals of a pull', () => {
  it('are met at the figure and not beyond it', () => {
    expect(met({})).toEqual([true, true, true, true, true]);
    expect(met({ rowsPerSecond: 999_999 })).toEqual([false, true, true, true, true]);
    expect(met({ peakRssMiB: 513 })).toEqual([true, false, true, true, true]);
    expect(met({ identicalToCleanRun: false })).toEqual([true, true, false, true, true]);
    expect(met({ kills: 9 })).toEqual([true, true, false, true, true]);
    expect(met({ readersAgree: false })).toEqual([true, true, true, false, true]);
    expect(met({ largestRowGroupBytes: 128 * 2 ** 20 + 1 })).toEqual([true, true, true, true, false]);
  });

  it('say nothing of ten million samples where there were fewer', () => {
    expect(met({ samples: 1_000_000 })).toEqual([false, false, true, true, true]);
  });
});

describe('the goal of the viewer', () => {
  it('goes by the slowest page, not by the start', () => {
    const slow = summarizeTimes([290, 310, 900]);
    expect(slow).toEqual({ medianMs: 310, maxMs: 900 });
    expect(checkViewGoals(aView({ opened: slow }))[0]).toMatchObject({ isMet: true });
    expect(checkViewGoals(aView({ episode: slow }))[0]).toMatchObject({
      isMet: false,
      measured: '310 ms at most (one episode), of 100,000',
    });
    expect(summarizeTimes([400, 100])).toEqual({ medianMs: 250, maxMs: 400 });
  });

  it('is not met by fewer episodes', () => {
    expect(checkViewGoals(aView({}, 5000))[0]).toMatchObject({ isMet: false });
  });
});
