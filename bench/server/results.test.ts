import { describe, expect, it } from 'vitest';
import { checkGoals } from './goals.ts';
import { resultsOf, summarize } from './results.ts';
import { goalTable, resultTable } from './table.ts';

const MACHINE = { cpu: 'a processor', cores: 2, memoryGiB: 8, platform: 'linux', node: 'v24' };
const CONDITIONS = {
  machine: MACHINE,
  rounds: 3,
  rows: 1000,
  batchRecords: 100,
  batches: 10,
  concurrency: 4,
  pacedPerSecond: 20,
};
const paced = Array.from({ length: 100 }, (_, index) => index + 1);
const floor = { recordsPerSecond: [9000, 10_000, 8000], pacedMs: [], bombGrowthBytes: [] };
const collector = { recordsPerSecond: [4000, 6000, 5000], pacedMs: paced, bombGrowthBytes: [1e6, 3e6] };

describe('rounds', () => {
  it('give the median of throughput, latencies of all rounds together and the worst growth', () => {
    expect(summarize(collector)).toEqual({
      recordsPerSecond: 5000,
      spread: { min: 4000, max: 6000 },
      p50Ms: 50.5,
      p99Ms: 99.01,
      bombGrowthBytes: 3e6,
    });
  });

  it('say nothing of latency and memory where none was measured', () => {
    expect(Object.keys(summarize(floor))).toEqual(['recordsPerSecond', 'spread']);
  });
});

describe('goals', () => {
  const { contestants } = resultsOf(
    CONDITIONS,
    new Map([
      ['sqlite-floor', floor],
      ['sqlite', collector],
    ]),
  );

  it('are met at their limit and missed beyond it', () => {
    const met = checkGoals(contestants).map(({ isMet }) => isMet);
    // 5,000 of 9,000; 5,000 records/s; 99 ms; 3 MB.
    expect(met).toEqual([true, true, false, true]);
    const slower = { ...contestants.sqlite!, recordsPerSecond: 3999 };
    expect(checkGoals({ ...contestants, sqlite: slower }).map(({ isMet }) => isMet)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  it('are not told of what was not measured', () => {
    expect(checkGoals({ 'sqlite-floor': contestants['sqlite-floor']! })).toEqual([]);
  });
});

describe('tables', () => {
  const results = resultsOf(
    CONDITIONS,
    new Map([
      ['inflate-parse', { ...floor, recordsPerSecond: [10_000] }],
      ['sqlite-floor', floor],
      ['sqlite', collector],
    ]),
  );

  it('show the shares beside the figures, and nothing where there is no figure', () => {
    const [, , , floorRow, collectorRow] = resultTable(results).split('\n');
    expect(cells(floorRow!)).toEqual(['sqlite-floor', '9,000', '8,000', '10,000', '', '', '', '', '']);
    expect(cells(collectorRow!).slice(4)).toEqual(['0.56', '0.50', '50.5', '99.0', '3.0']);
  });

  it('say plainly which goal was missed', () => {
    expect(goalTable(results)).toMatch(/99th percentile.*99\.0 ms.*\*\*not met\*\*/);
  });
});

function cells(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
