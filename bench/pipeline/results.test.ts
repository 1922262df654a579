import { describe, expect, it } from 'vitest';
import { faultTable, hasFailed, type PipelineFaults } from './results.ts';

const FINE = { trials: 2, events: 48, lost: 0, duplicated: 0, unexplained: 0, afterWithdrawal: 0 };

function someResults(changes: Partial<PipelineFaults> = {}): PipelineFaults {
  return {
    machine: { cpu: 'a processor', cores: 2, memoryGiB: 8, platform: 'linux', node: 'v24' },
    seed: 1,
    faults: { 'worker-stopped': FINE, stall: FINE },
    control: { trials: 2, events: 48, lost: 40 },
    notTried: {},
    ...changes,
  };
}

describe('the campaign', () => {
  it('is well when nothing was harmed and the control lost', () => {
    expect(hasFailed(someResults())).toBe(false);
  });

  it.each(['lost', 'duplicated', 'unexplained', 'afterWithdrawal'] as const)(
    'has failed where anything was %s',
    (harm) => {
      expect(hasFailed(someResults({ faults: { stall: { ...FINE, [harm]: 1 } } }))).toBe(true);
    },
  );

  it('has failed where the control lost nothing, or a fault could not be tried', () => {
    expect(hasFailed(someResults({ control: { trials: 2, events: 48, lost: 0 } }))).toBe(true);
    expect(hasFailed(someResults({ notTried: { 'disk-full': 'mounting needs root' } }))).toBe(true);
  });

  it('is told with its control', () => {
    expect(faultTable(someResults())).toMatch(/control .* 40 /);
  });
});
