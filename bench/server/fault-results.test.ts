import { describe, expect, it } from 'vitest';
import { faultTable, hasFailed, type FaultResults } from './fault-results.ts';

const fine = { trials: 2, acknowledged: 100, lost: 0, duplicated: 0, corrupt: 0 };
const results = (changes: Partial<FaultResults> = {}): FaultResults => ({
  machine: { cpu: 'a processor', cores: 2, memoryGiB: 8, platform: 'linux', node: 'v24' },
  seed: 1,
  faults: { kill: fine, 'power-cut': fine },
  control: { name: 'synchronous=NORMAL', trials: 2, acknowledged: 100, lost: 40 },
  notTried: {},
  ...changes,
});

describe('a run of faults', () => {
  it('is well when nothing was harmed and the control lost', () => {
    expect(hasFailed(results())).toBe(false);
  });

  it.each(['lost', 'duplicated', 'corrupt'] as const)('has failed where anything was %s', (of) => {
    expect(hasFailed(results({ faults: { kill: { ...fine, [of]: 1 } } }))).toBe(true);
  });

  it('has failed where the control lost nothing, or a fault could not be tried', () => {
    const control = { ...results().control!, lost: 0 };
    expect(hasFailed(results({ control }))).toBe(true);
    expect(hasFailed(results({ notTried: { 'power-cut': 'mounting needs root' } }))).toBe(true);
  });

  it('is told with its control', () => {
    expect(faultTable(results())).toMatch(/control: synchronous=NORMAL.*40/);
  });
});
