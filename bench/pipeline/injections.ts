/**
 * The faults: how each breaks something at a moment of a trial, and how what it broke is brought back.
 *
 * Runs in Node. Each moment is chosen by the trial, which sends at the same time, so that a request may be under way.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../../src/trace/random.ts';
import { fillDisk } from '../server/fault-trials.ts';
import { raiseVersion } from './extension-copy.ts';
import type { FaultName, NetworkFault } from './fault-names.ts';
import type { Ground } from './ground.ts';

/** The browser's own interface, as code that is evaluated in the worker or an own page sees it. */
declare const chrome: { runtime: { reload(): void } };

export interface Injection {
  /** How often it happens in a trial. */
  times: number;
  /** Breaks something; what can no longer be used is usable again when it ends. */
  strike: () => Promise<void>;
  /** At the end of the trial. */
  heal: () => Promise<void>;
  withdraws?: true;
}

const nothing = () => Promise.resolve();
const DAY_MS = 24 * 3_600_000;
const MOST_DAYS_MOVED = 2;
/** A collector takes about so long for a batch. */
const LONGEST_INGEST_MS = 12;

export function prepare(name: FaultName, ground: Ground, random: Random): Injection {
  switch (name) {
    case 'worker-stopped':
      return { times: 3, strike: () => stopWorkers(ground), heal: nothing };
    case 'renderer-crash':
      return { times: 1, strike: () => crashPage(ground), heal: nothing };
    case 'browser-killed':
      return { times: 1, strike: () => killAndStart(ground), heal: nothing };
    case 'extension-reloaded':
      return { times: 1, strike: () => reload(ground), heal: nothing };
    case 'extension-updated':
      return {
        times: 1,
        strike: () => {
          raiseVersion(ground.extensionDir);
          return reload(ground);
        },
        heal: nothing,
      };
    case 'server-killed':
      return { times: 1, strike: () => killServer(ground, random), heal: nothing };
    case 'disk-full': {
      const disk = join(ground.study.databaseFile, '../../..');
      const ballast = join(disk, 'ballast');
      return {
        times: 1,
        strike: async () => {
          fillDisk(disk);
          await wait(500 + 1000 * random());
        },
        heal: async () => {
          rmSync(ballast, { recursive: true, force: true });
          await nothing();
        },
      };
    }
    case 'consent-withdrawn':
      return {
        times: 1,
        strike: () => ground.device().call('withdrawConsent'),
        heal: nothing,
        withdraws: true,
      };
    case 'clock-moved':
      return {
        times: 2,
        strike: async () => {
          await ground.relay.spoil('unavailable', 1);
          const direction = random() < 0.5 ? -1 : 1;
          await moveClock(ground, direction * random() * MOST_DAYS_MOVED * DAY_MS);
        },
        heal: async () => {
          await ground.relay.heal();
          await moveClock(ground, 0);
        },
      };
    case 'refused':
    case 'reset-halfway':
    case 'response-lost':
    case 'too-many-requests':
    case 'unavailable':
    case 'stall':
    case 'truncated-answer':
    case 'garbage-answer':
      return spoilNetwork(name, ground, random);
  }
}

function spoilNetwork(fault: NetworkFault, ground: Ground, random: Random): Injection {
  const { relay } = ground;
  const spoiledBefore = relay.spoiledCount();
  return {
    times: 1,
    strike: () => relay.spoil(fault, 1 + Math.floor(2 * random())),
    heal: async () => {
      await sendUntil(ground, 'a request to spoil', () => relay.spoiledCount() > spoiledBefore);
      await relay.heal();
    },
  };
}

/** Sends again and again, so that there is a request that a fault can meet. */
async function sendUntil(ground: Ground, what: string, holds: () => boolean): Promise<void> {
  await ground.patiently(what, async () => {
    if (!holds()) await ground.device().call('sendNow');
    return holds();
  });
}

/** As the browser does with an idle one, but at any moment. */
async function stopWorkers(ground: Ground): Promise<void> {
  const { page } = ground.device();
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}

async function crashPage(ground: Ground): Promise<void> {
  const page = ground.page();
  const crashed = page.waitForEvent('crash');
  const session = await page.context().newCDPSession(page);
  // Never answered: who could answer is gone.
  session.send('Page.crash').catch(() => undefined);
  await crashed;
  await ground.openPage();
  await page.close();
}

async function killAndStart(ground: Ground): Promise<void> {
  await ground.killBrowser();
  await ground.startBrowser();
}

async function reload(ground: Ground): Promise<void> {
  const { page } = ground.device();
  const closed = page.waitForEvent('close');
  // The page that says so is gone before it could be answered.
  page.evaluate(() => chrome.runtime.reload()).catch(() => undefined);
  await closed;
  await ground.reopenDevice();
}

/** Killed while it has a request. */
async function killServer(ground: Ground, random: Random): Promise<void> {
  const { relay, study } = ground;
  const delayMs = LONGEST_INGEST_MS * random();
  let killing: Promise<void> | undefined;
  relay.onNextBatch(() => {
    killing = wait(delayMs).then(() => study.stopCollector('SIGKILL'));
  });
  await sendUntil(ground, 'a request to kill the collector at', () => killing !== undefined);
  await killing;
  await study.startCollector();
}

/** In the worker only; one that is started anew has the right time again: a jump back. */
export async function moveClock(ground: Ground, byMs: number): Promise<void> {
  await ground.patiently('a worker whose clock can be moved', async () => {
    await ground.device().call('wakeWorker');
    const worker = await ground.browser().worker();
    const moved = worker.evaluate((offsetMs) => {
      const clock = globalThis as typeof globalThis & { rightNow?: () => number };
      clock.rightNow ??= Date.now.bind(Date);
      const { rightNow } = clock;
      Date.now = () => rightNow() + offsetMs;
      return true;
    }, byMs);
    // It may be one that has just been stopped.
    return moved.catch(() => false);
  });
}
