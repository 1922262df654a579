/**
 * One visit: a contestant's browser opens a page, the session is played, and everything about it is measured.
 *
 * Runs in Node. In this order, so that no instrument disturbs another: the load under a trace (long tasks), a session
 * under a trace (long tasks, dispatch), a session under the profiler (script time), the heap after garbage collection:
 * that also throws away what the browser has compiled, which nobody would lose in the midst of work. Time and bytes of
 * the load are not counted.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import type { PageCounts } from './bench-pages.ts';
import { dispatchCost, type DispatchCost, type TraceEvent } from './dispatch-cost.ts';
import { countLongTasksAdded } from './long-tasks.ts';
import { playInputs } from './play-inputs.ts';
import { scriptCost, type ScriptCost } from './profile-cost.ts';
import type { Input, Places } from './scripted-session.ts';
import { flush, leave, settle } from './settle.ts';

/** The page's own counting, as code that is evaluated in it sees it. */
declare const bench: { counts(): PageCounts; isChanging: boolean };

export interface VisitRequest {
  context: BrowserContext;
  url: string;
  /** Whether a script is one of the contestant's. */
  isOwn: (url: string) => boolean;
  /** How long what it holds takes to the sink, once it is told to send. */
  flushMs: number;
  settleMs: number;
  traceMs: number;
  profileMs: number;
  /** The session of a part of the visit. */
  script: (places: Places, lengthMs: number) => Input[];
  receivedBytes: () => number;
}

export interface Visit {
  cost: ScriptCost;
  dispatch: DispatchCost;
  heapBytes: number;
  /** By its load and the traced session. */
  longTasksAdded: number;
  /** Of both sessions together. */
  wireBytes: number;
  loadBytes: number;
  activeMs: number;
  profileMs: number;
}

const SAMPLE_US = 200;

export async function visitPage(request: VisitRequest): Promise<Visit> {
  const { context, isOwn, flushMs, receivedBytes } = request;
  // Each visit is a first one: Clarity would go on where it was, at an address that it takes to be https.
  await context.clearCookies();
  const page = await context.newPage();
  try {
    const beforeLoadBytes = receivedBytes();
    const session = await context.newCDPSession(page);
    const loadEvents = await traced(session, async () => {
      await page.goto(request.url);
      await page.bringToFront();
      await settle(page, request, receivedBytes);
    });
    const places = await readPlaces(page);
    const loadBytes = receivedBytes() - beforeLoadBytes;

    await page.evaluate(() => (bench.isChanging = true));
    const traceInputs = request.script(places, request.traceMs);
    const events = await traced(session, () => playInputs(session, traceInputs, request.traceMs));
    checkArrived(traceInputs, await page.evaluate(() => bench.counts()));

    const profileInputs = request.script(places, request.profileMs);
    await startProfiler(session);
    await playInputs(session, profileInputs, request.profileMs);
    const { profile } = await session.send('Profiler.stop');
    await session.send('Profiler.disable');
    checkArrived([...traceInputs, ...profileInputs], await page.evaluate(() => bench.counts()));
    const heapBytes = await usedHeapBytes(session);

    await page.evaluate(() => (bench.isChanging = false));
    await flush(page, flushMs);
    await leave(page);
    return {
      cost: scriptCost(profile, isOwn),
      dispatch: dispatchCost(events, isOwn),
      heapBytes,
      longTasksAdded: countLongTasksAdded([...loadEvents, ...events], isOwn),
      wireBytes: receivedBytes() - beforeLoadBytes - loadBytes,
      loadBytes,
      activeMs: request.traceMs + request.profileMs,
      profileMs: request.profileMs,
    };
  } finally {
    if (!page.isClosed()) await page.close();
  }
}

async function startProfiler(session: CDPSession): Promise<void> {
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: SAMPLE_US });
  await session.send('Profiler.start');
  // Its own start takes a moment.
  await sleep(300);
}

async function traced(session: CDPSession, play: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const keep = ({ value }: { value: unknown[] }) => void events.push(...(value as TraceEvent[]));
  session.on('Tracing.dataCollected', keep);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'],
      excludedCategories: ['*'],
    },
  });
  await play();
  const isComplete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await isComplete;
  session.off('Tracing.dataCollected', keep);
  return events;
}

/** What is alive in the page's process after collection: of JavaScript and of the page's own objects. */
async function usedHeapBytes(session: CDPSession): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) {
    await session.send('HeapProfiler.collectGarbage');
    await sleep(100);
  }
  const heap = (await session.send('Runtime.getHeapUsage')) as {
    usedSize: number;
    embedderHeapUsedSize?: number;
    backingStorageSize?: number;
  };
  return heap.usedSize + (heap.embedderHeapUsedSize ?? 0) + (heap.backingStorageSize ?? 0);
}

function readPlaces(page: Page): Promise<Places> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('[id]')].map((element) => {
        const box = element.getBoundingClientRect();
        return [element.id, { xPx: box.x + box.width / 2, yPx: box.y + box.height / 2 }];
      }),
    ),
  );
}

/** A session that did not arrive as it was played measures nothing. */
function checkArrived(inputs: readonly Input[], counts: PageCounts): void {
  const clicks = inputs.filter((input) => input.kind === 'release').length;
  const keys = inputs.filter((input) => input.kind === 'key').length;
  if (counts.clicks !== clicks || counts.keys !== keys)
    throw new Error(
      `the page saw ${counts.clicks} clicks and ${counts.keys} keys of ${clicks} and ${keys} that were played`,
    );
}
