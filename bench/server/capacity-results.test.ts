import { describe, expect, it } from 'vitest';
import {
  accountTable,
  busiestQuarter,
  capacityTable,
  perThousand,
  settledInAMinute,
  type CapacityRun,
} from './capacity-results.ts';

const NONE = { answered: 0, repeated: 0, acknowledged: 0, stored: 0, erased: 0, lost: 0 };
const counts = (changes = {}) => ({ ...NONE, duplicated: 0, foreign: 0, unanswered: 0, ...changes });

function aRun(changes: Partial<CapacityRun> = {}): CapacityRun {
  return {
    machine: { cpu: 'a processor', cores: 2, memoryGiB: 8, platform: 'linux', node: 'v24' },
    store: 'sqlite',
    collectors: 1,
    participants: 10_000,
    simulated: 100,
    hours: 8,
    compress: 20,
    recordsPerDay: 2500,
    recordsPerDayWithShare: 100,
    tookSeconds: 1440,
    batches: 6000,
    wireBytes: 30_000_000,
    bySize: { 4096: 6000 },
    refusals: { overloaded: 3 },
    unsent: 0,
    erasures: { asked: 10, erased: 10, notHeld: 0, failed: 0 },
    records: counts({ answered: 250_100, repeated: 100, acknowledged: 250_000, stored: 249_990, erased: 10 }),
    sightings: counts({ answered: 500, acknowledged: 500, stored: 500 }),
    releases: 8,
    latencyMs: { p50: 5, p99: 40, max: 900 },
    cpu: { collectorSeconds: 200, databaseSeconds: 50, senderSeconds: 300 },
    busiest: { collectorCores: 0.3, databaseCores: 0.1, batchesPerSecond: 12 },
    peakRssBytes: 200_000_000,
    disk: { settledBytes: 124_995_000, peakBytes: 400_000_000 },
    sealSeconds: 4,
    pull: { rows: 240_000, seconds: 12 },
    ...changes,
  };
}

describe('what a day says of 1,000 people', () => {
  it('takes stock from those who were played, and processors from those they stood for at a time', () => {
    expect(perThousand(aRun())).toEqual({
      atATime: 2000,
      bytesPerRecord: 500,
      diskBytesPerDay: 1_249_950_000,
      wireBytesPerDay: 300_000_000,
      coreSecondsPerDay: 2500,
      busiestCores: 0.2,
      participantsPerCore: 3500,
    });
  });

  it('says how large a SQLite file may become, and nothing of the kind of PostgreSQL', () => {
    const settling = { sizeBytes: 124_995_000, seconds: 4 };
    const { bytes, people } = settledInAMinute(aRun(), settling)!;
    expect(bytes).toBeCloseTo(15 * 124_995_000);
    // 1.25 MB of a person and day, for 90 days.
    expect(people).toBeCloseTo(16.7, 1);
    expect(settledInAMinute(aRun({ store: 'postgres' }), settling)).toBeUndefined();
  });

  it('is told in tables of all runs', () => {
    const results = { SQLite: aRun(), other: aRun({ store: 'postgres' }) };
    expect(capacityTable(results)).toMatch(/MB on disk for 1,000 people and day.*1,250.*1,250/);
    expect(accountTable(results)).toMatch(/batches put off, and sent again\s+\|\s+3 \|/);
  });
});

describe('the busiest quarter of an hour', () => {
  const minute = (number: number, cpuMs: number) => ({
    collectorCpuMs: cpuMs,
    databaseCpuMs: 0,
    batches: 10 * number,
    realMs: 3000 * number,
  });

  it('is found wherever it is, by what was used within it', () => {
    const samples = Array.from({ length: 60 }, (_, number) =>
      minute(number, 300 * number + (number > 20 ? 600 * Math.min(number - 20, 15) : 0)),
    );
    expect(busiestQuarter(samples)).toEqual({
      collectorCores: 0.3,
      databaseCores: 0,
      batchesPerSecond: 3.333,
    });
  });

  it('is all there was of a shorter day', () => {
    expect(busiestQuarter([minute(0, 0), minute(1, 1500)]).collectorCores).toBe(0.5);
  });
});
