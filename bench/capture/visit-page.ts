/**
 * One visit: a contestant's browser opens a page, the session is played, and everything about it is measured.
 *
 * Runs in Node. In this order, so that no instrument disturbs another: the page settles, a session under the trace
 * (dispatch times), the heap after garbage collection, a session under the profiler (script time). What is loaded
 * and snapshot before the first session is not counted.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import type { PageCounts } from './bench-pages.ts';
import { dispatchCost, type DispatchCost, type TraceEvent } from './dispatch-cost.ts';
import { playInputs } from './play-inputs.ts';
import { scriptCost, type ScriptCost } from './profile-cost.ts';
import type { Input, Places } from './scripted-session.ts';
import { flush } from './settle.ts';

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
  longTasks: number;
  /** Of both sessions together. */
  wireBytes: number;
  loadBytes: number;
  activeMs: number;
  profileMs: number;
}

const SAMPLE_US = 200;

export async function visitPage(request: VisitRequest): Promise<Visit> {
  const { context, isOwn, flushMs, receivedBytes } = request;
  const page = await context.newPage();
  try {
    const beforeLoadBytes = receivedBytes();
    await page.goto(request.url);
    await page.bringToFront();
    await sleep(request.settleMs);
    await flush(page, flushMs);
    const session = await context.newCDPSession(page);
    const places = await readPlaces(page);
    const loadBytes = receivedBytes() - beforeLoadBytes;

    const traceInputs = request.script(places, request.traceMs);
    const events = await traced(session, () => playInputs(session, traceInputs, request.traceMs));
    const traceCounts = await page.evaluate(() => bench.counts());
    checkArrived(traceInputs, traceCounts);
    const heapBytes = await usedHeapBytes(session);

    const profileInputs = request.script(places, request.profileMs);
    const beforeProfile = await startProfiler(session, page);
    await playInputs(session, profileInputs, request.profileMs);
    const afterProfile = await page.evaluate(() => bench.counts());
    const { profile } = await session.send('Profiler.stop');
    checkArrived([...traceInputs, ...profileInputs], afterProfile);

    await page.evaluate(() => (bench.isChanging = false));
    await flush(page, flushMs);
    await page.close();
    // What is sent as the page goes.
    await sleep(500);
    const isCounted = (atMs: number) =>
      atMs < traceCounts.nowMs || (atMs > beforeProfile.nowMs && atMs < afterProfile.nowMs);
    return {
      cost: scriptCost(profile, isOwn),
      dispatch: dispatchCost(events, isOwn),
      heapBytes,
      longTasks: afterProfile.longTasksMs.filter(isCounted).length,
      wireBytes: receivedBytes() - beforeLoadBytes - loadBytes,
      loadBytes,
      activeMs: request.traceMs + request.profileMs,
      profileMs: request.profileMs,
    };
  } finally {
    if (!page.isClosed()) await page.close();
  }
}

async function startProfiler(session: CDPSession, page: Page): Promise<PageCounts> {
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: SAMPLE_US });
  await session.send('Profiler.start');
  // Its own start may be a long task.
  await sleep(300);
  return page.evaluate(() => bench.counts());
}

async function traced(session: CDPSession, play: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline'], excludedCategories: ['*'] },
  });
  await play();
  const isComplete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await isComplete;
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
