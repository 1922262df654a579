import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answerMetrics, openMetrics, SHOWN_EVERY_MS, type Metrics } from './metrics.ts';
import { quietOperations } from './testing/collector.ts';

const MEBIBYTE = 1024 * 1024;
const clock = { nowEpochMs: 1_000_000 };
let metrics: Metrics;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const disk = {
    ...quietOperations().disk,
    dataBytes: () => Promise.resolve(17 * MEBIBYTE),
    room: () => Promise.resolve({ freeBytes: 47 * MEBIBYTE, totalBytes: 100 * MEBIBYTE }),
  };
  metrics = openMetrics(disk, () => clock.nowEpochMs);
});
afterEach(() => {
  metrics.close();
  vi.useRealTimers();
});

async function figures(): Promise<Record<string, number>> {
  const lines = (await metrics.show()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

test('batches and erasures move by the full hour only', async () => {
  const before = await figures();
  expect(before['proffer_batch_outcomes_total{outcome="done"}']).toBe(0);
  metrics.countBatch('done', 12);
  metrics.countBatch('rate-limited', 1);
  metrics.countErasure('done', 3);
  await vi.advanceTimersByTimeAsync(SHOWN_EVERY_MS - 1);
  const hourly = (all: Record<string, number>) =>
    Object.entries(all).filter(([name]) => /^proffer_(batch|erasure)/.test(name));
  expect(hourly(await figures())).toEqual(hourly(before));
  await vi.advanceTimersByTimeAsync(1);
  const after = await figures();
  expect(after['proffer_batch_outcomes_total{outcome="done"}']).toBe(1);
  expect(after['proffer_batch_outcomes_total{outcome="rate-limited"}']).toBe(1);
  expect(after['proffer_batch_duration_seconds_bucket{le="0.005"}']).toBe(1);
  expect(after['proffer_erasure_outcomes_total{outcome="done"}']).toBe(1);
  metrics.countBatch('done', 12);
  expect(hourly(await figures())).toEqual(hourly(after));
});

test('what readers ask for, sizes and ages are live; sizes are rounded', async () => {
  metrics.countRequest('/v1/releases', 200, 20);
  metrics.noteDone('settle', clock.nowEpochMs - 30_000);
  const shown = await figures();
  expect(shown['proffer_request_duration_seconds_count{route="/v1/releases",status="200"}']).toBe(1);
  expect(shown['proffer_housekeeping_age_seconds{task="settle"}']).toBe(30);
  expect(shown['proffer_data_directory_bytes']).toBe(32 * MEBIBYTE);
  expect(shown['proffer_disk_free_bytes']).toBe(32 * MEBIBYTE);
  expect(shown['proffer_disk_low']).toBe(0);
  expect(shown['process_cpu_seconds_total']).toBeGreaterThan(0);
  expect(shown['nodejs_eventloop_lag_p99_seconds']).toBeGreaterThanOrEqual(0);
});

test('every figure is on this list, and no label tells people apart', async () => {
  metrics.countBatch('done', 1);
  metrics.countErasure('done', 1);
  metrics.countRequest('/v1/releases', 200, 1);
  metrics.noteDone('seal', clock.nowEpochMs);
  await metrics.showHour();
  const lines = Object.keys(await figures());
  const names = new Set(lines.map((line) => line.replace(/\{.*/, '').replace(/_(bucket|sum|count)$/, '')));
  expect([...names].toSorted()).toEqual([
    'nodejs_eventloop_lag_p99_seconds',
    'nodejs_eventloop_utilization_ratio',
    'nodejs_heap_size_used_bytes',
    'process_cpu_seconds_total',
    'process_resident_memory_bytes',
    'process_start_time_seconds',
    'proffer_batch_duration_seconds',
    'proffer_batch_outcomes_total',
    'proffer_data_directory_bytes',
    'proffer_disk_free_bytes',
    'proffer_disk_low',
    'proffer_erasure_duration_seconds',
    'proffer_erasure_outcomes_total',
    'proffer_housekeeping_age_seconds',
    'proffer_request_duration_seconds',
  ]);
  const labels = new Set(
    lines.flatMap((line) => [...line.matchAll(/[{,](\w+)=/g)].map(([, label]) => label)),
  );
  expect([...labels].toSorted()).toEqual(['le', 'outcome', 'route', 'status', 'task']);
});

test('its socket answers the figures and nothing else', async () => {
  const answer = answerMetrics(metrics);
  const found = await answer(new Request('http://localhost/metrics'));
  expect([found.status, found.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  expect((await answer(new Request('http://localhost/v1/releases'))).status).toBe(404);
  expect((await answer(new Request('http://localhost/metrics', { method: 'POST' }))).status).toBe(404);
});
