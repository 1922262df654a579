/**
 * The collector's figures in Prometheus' format.
 *
 * Runs in the collector. What participants' devices send is counted privately and shown as it stood at the last full
 * hour, so that reading the figures often does not time a single upload; sizes are rounded for the same reason, and
 * open connections are not shown at all. No label tells people apart: outcomes, routes and nothing else.
 */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { PATHS, type ErrorCode } from '../src/trace/collector-api.ts';
import type { Disk } from './disk.ts';
import { answerRefusal, refuse } from './refusal.ts';

export const SHOWN_EVERY_MS = 3_600_000;
/** Sizes on disk are shown in steps of this: one batch then hardly ever shows. */
const SIZE_STEP_BYTES = 16 * 1024 * 1024;
const DURATION_BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const MICROSECOND_PER_SECOND = 1_000_000;
const NANOSECOND_PER_SECOND = 1_000_000_000;

/** What came of a request: done, or the code of its refusal. */
export type RequestOutcome = 'done' | ErrorCode;
export type HousekeepingTask = 'settle' | 'seal';

export interface Metrics {
  countBatch: (outcome: RequestOutcome, durationMs: number) => void;
  countErasure: (outcome: RequestOutcome, durationMs: number) => void;
  /** @param route as a pattern; only of what readers and operators ask for. */
  countRequest: (route: string, status: number, durationMs: number) => void;
  /** Notes when housekeeping last did something. */
  noteDone: (task: HousekeepingTask, atEpochMs: number) => void;
  /** All figures as text. */
  show: () => Promise<string>;
  contentType: string;
  /** Shows what has come together privately; a timer does it every hour. */
  showHour: () => Promise<void>;
  close: () => void;
}

/** Opens the figures of one collector; close them, since they hold timers. */
export function openMetrics(disk: Disk, nowEpochMs: () => number = Date.now): Metrics {
  const live = new Registry();
  const hourly = new Registry();
  const batches = createHourly(hourly, 'batch', 'Batches');
  const erasures = createHourly(hourly, 'erasure', 'Erasure requests');
  const requests = new Histogram({
    name: 'proffer_request_duration_seconds',
    help: 'What readers and operators asked for, by route and status.',
    labelNames: ['route', 'status'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers: [live],
  });
  const doneAtEpochMs: Partial<Record<HousekeepingTask, number>> = {};
  addSizes(live, disk);
  addAges(live, doneAtEpochMs, nowEpochMs);
  const closeProcessFigures = addProcess(live);

  let shown = hourly.metrics();
  const showHour = async () => {
    shown = Promise.resolve(await hourly.metrics());
  };
  const timer = setInterval(() => void showHour(), SHOWN_EVERY_MS).unref();

  return {
    countBatch: batches,
    countErasure: erasures,
    countRequest: (route, status, durationMs) =>
      requests.observe({ route, status: String(status) }, durationMs / 1000),
    noteDone: (task, atEpochMs) => void (doneAtEpochMs[task] = atEpochMs),
    show: async () => [await live.metrics(), await shown].join('\n'),
    contentType: live.contentType,
    showHour,
    close: () => {
      clearInterval(timer);
      closeProcessFigures();
    },
  };
}

/** What the socket for metrics answers: the figures, and nothing else. */
export function answerMetrics(metrics: Metrics): (request: Request) => Promise<Response> {
  return async (request) => {
    const isAsked = new URL(request.url).pathname === PATHS.metrics && request.method === 'GET';
    if (!isAsked) return answerRefusal(refuse('not-found'));
    return showMetrics(metrics);
  };
}

/** The figures as an answer. */
export async function showMetrics(metrics: Pick<Metrics, 'show' | 'contentType'>): Promise<Response> {
  return new Response(await metrics.show(), {
    headers: { 'content-type': metrics.contentType, 'cache-control': 'no-store' },
  });
}

function createHourly(registry: Registry, what: 'batch' | 'erasure', words: string) {
  const outcomes = new Counter({
    name: `proffer_${what}_outcomes_total`,
    help: `${words} by what came of them, as it stood at the last full hour since the start.`,
    labelNames: ['outcome'],
    registers: [registry],
  });
  outcomes.inc({ outcome: 'done' }, 0);
  const durations = new Histogram({
    name: `proffer_${what}_duration_seconds`,
    help: `${words}: how long answering took, as it stood at the last full hour since the start.`,
    buckets: DURATION_BUCKETS_SECONDS,
    registers: [registry],
  });
  return (outcome: RequestOutcome, durationMs: number): void => {
    outcomes.inc({ outcome });
    durations.observe(durationMs / 1000);
  };
}

function addSizes(registry: Registry, disk: Disk): void {
  new Gauge({
    name: 'proffer_data_directory_bytes',
    help: 'What the files of the data directory take up, rounded up to 16 MiB.',
    registers: [registry],
    async collect() {
      this.set(Math.ceil((await disk.dataBytes()) / SIZE_STEP_BYTES) * SIZE_STEP_BYTES);
    },
  });
  new Gauge({
    name: 'proffer_disk_free_bytes',
    help: 'Room on the disk of the data directory, rounded down to 16 MiB.',
    registers: [registry],
    async collect() {
      this.set(Math.floor((await disk.room()).freeBytes / SIZE_STEP_BYTES) * SIZE_STEP_BYTES);
    },
  });
  new Gauge({
    name: 'proffer_disk_low',
    help: '1 while batches are refused for want of room.',
    registers: [registry],
    async collect() {
      this.set(Number(await disk.isLow()));
    },
  });
}

function addAges(
  registry: Registry,
  doneAtEpochMs: Partial<Record<HousekeepingTask, number>>,
  nowEpochMs: () => number,
): void {
  new Gauge({
    name: 'proffer_housekeeping_age_seconds',
    help: 'How long ago the store was last settled, and a release last sealed or found not to be due.',
    labelNames: ['task'],
    registers: [registry],
    collect() {
      for (const [task, atEpochMs] of Object.entries(doneAtEpochMs)) {
        this.set({ task }, Math.max(0, (nowEpochMs() - atEpochMs) / 1000));
      }
    },
  });
}

/**
 * Figures of the process, under the names that Prometheus' own clients use.
 *
 * Not the ready-made set of prom-client: that one shows open sockets and file handles, which are participants'
 * connections, and cannot be stopped again.
 */
function addProcess(registry: Registry): () => void {
  const addGauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  const startedAtSeconds = Math.round(Date.now() / 1000 - process.uptime());
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Processor time of the process.',
    registers: [registry],
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / MICROSECOND_PER_SECOND);
    },
  });
  addGauge('process_start_time_seconds', 'When the process started, in Unix time.', () => startedAtSeconds);
  addGauge('process_resident_memory_bytes', 'Memory that the process holds.', () =>
    process.memoryUsage.rss(),
  );
  addGauge('nodejs_heap_size_used_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  addGauge(
    'nodejs_eventloop_lag_p99_seconds',
    'Lag of the event loop, 99th percentile since the last reading.',
    () => {
      const lagSeconds = delay.percentile(99) / NANOSECOND_PER_SECOND;
      delay.reset();
      return lagSeconds;
    },
  );
  addGauge(
    'nodejs_eventloop_utilization_ratio',
    'Share of its life that the event loop was busy.',
    () => performance.eventLoopUtilization().utilization,
  );
  return () => void delay.disable();
}
