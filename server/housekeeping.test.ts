import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startHousekeeping } from './housekeeping.ts';
import { aBatch, aMotion } from './testing/builders.ts';
import { openTestCollector, type TestCollector } from './testing/collector.ts';

let collector: TestCollector;
let events: string[];
let doneAtEpochMs: Record<string, number>;
let stopping: AbortController;
let stopped: Promise<void>;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  events = [];
  doneAtEpochMs = {};
  stopping = new AbortController();
});
afterEach(async () => {
  stopping.abort();
  await stopped;
  vi.useRealTimers();
  await collector.close();
});

async function startWith(everyHours: number): Promise<void> {
  collector = await openTestCollector({ release: { everyHours, minRecords: 0 } });
  stopped = startHousekeeping(
    {
      store: collector.store,
      charter: collector.charter,
      nowEpochMs: () => collector.clock.nowEpochMs,
      settleEveryMs: HOUR_MS,
      log: (event) => void events.push(event),
      noteDone: (task, atEpochMs) => void (doneAtEpochMs[task] = atEpochMs),
      takeFaults: () => ({}),
    },
    stopping.signal,
  );
  await passTime(0);
}

async function passTime(durationMs: number): Promise<void> {
  for (let passedMs = 0; passedMs <= durationMs; passedMs += MINUTE_MS) {
    collector.clock.nowEpochMs += passedMs === 0 ? 0 : MINUTE_MS;
    await vi.advanceTimersByTimeAsync(passedMs === 0 ? 0 : MINUTE_MS);
  }
}

const releases = async () => (await collector.dump())['releases']?.length;

test('seals once the charter’s hours have passed', async () => {
  await startWith(3);
  await collector.post(aBatch(collector.charterHash, [aMotion(1)]));
  await passTime(2 * HOUR_MS);
  expect(await releases()).toBe(0);
  await passTime(HOUR_MS);
  expect(await releases()).toBe(1);
});

test('seals within a minute when the charter says 0 hours', async () => {
  await startWith(0);
  await collector.post(aBatch(collector.charterHash, [aMotion(1)]));
  await passTime(2 * MINUTE_MS);
  expect(await releases()).toBe(1);
});

test('settles every hour', async () => {
  await startWith(24);
  await collector.post(aBatch(collector.charterHash, [aMotion(1)]));
  expect(await collector.store.unsettledBytes()).toBeGreaterThan(0);
  await passTime(HOUR_MS + MINUTE_MS);
  expect(await collector.store.unsettledBytes()).toBe(0);
  expect(events).toContain('settled');
});

test('forgets at the start and once a day', async () => {
  await startWith(24);
  await passTime(23 * HOUR_MS);
  expect(events.filter((event) => event === 'forgot')).toHaveLength(2);
});

test('notes when it last settled and sealed', async () => {
  await startWith(3);
  const startedAtEpochMs = collector.clock.nowEpochMs;
  expect(doneAtEpochMs).toEqual({ settle: startedAtEpochMs, seal: startedAtEpochMs });
  await passTime(3 * HOUR_MS);
  expect(doneAtEpochMs['seal']).toBe(startedAtEpochMs + 3 * HOUR_MS);
  expect(doneAtEpochMs['settle']).toBe(startedAtEpochMs + 3 * HOUR_MS);
});

test('goes on after a failure', async () => {
  await startWith(24);
  const settle = vi.spyOn(collector.store, 'settle').mockRejectedValueOnce(new Error('disk'));
  await passTime(HOUR_MS + 2 * MINUTE_MS);
  expect(events).toContain('housekeeping-failed');
  expect(settle.mock.calls.length).toBeGreaterThan(1);
});
