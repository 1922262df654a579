/**
 * All that the popup shows, read from storage and the queue.
 *
 * Runs in the popup. Reads only, and anew each time: the popup remembers no state of its own. In two parts, since the
 * first thing that a person wants to know must not wait for what a queue of a hundred thousand records has to tell.
 */
import { browser, type Browser } from 'wxt/browser';
import type { CharterInForce } from '../consent/charter-in-force.ts';
import { readCurrentState } from '../consent/current-state.ts';
import { placeOf, type Place, type RecordingState } from '../consent/recording-state.ts';
import { isSensitiveTab } from '../consent/sensitive-tabs.ts';
import { readItem, type Decision, type Receipt } from '../consent/stored-items.ts';
import { openQueue } from '../queue/queue.ts';
import { summarize, type QueueSummary } from '../queue/summary.ts';
import { readCost, type RecordingCost } from '../recording-cost.ts';
import { readRunningTask, type RunningTask } from '../running-task.ts';

export interface Snapshot extends Standing {
  /** Undefined until it has been read once. */
  numbers: Numbers | undefined;
}

/** Whether this page is recorded, and why: known at once. */
export interface Standing {
  state: RecordingState;
  inForce: CharterInForce;
  /** Undefined unless recording is on or paused. */
  place: Place | undefined;
  /** Whether the last thing agreed or refused was a consent taken back. */
  isWithdrawn: boolean;
  /** Undefined where the charter in force was not agreed to. */
  since: Since | undefined;
  /** The tab that is told of; undefined where there is none. */
  tabId: number | undefined;
  /** Host and port of the page; undefined where the extension may not know it. */
  host: string | undefined;
  /** Whether the toolbar shows the same sign in all states. */
  isIconNeutral: boolean;
  runningTask: RunningTask | undefined;
  readAtMs: number;
}

/** Epoch ms. */
export interface Since {
  agreedAtMs: number;
  /** When a narrower charter last took the place of the one that was agreed to. */
  narrowedAtMs: number | undefined;
}

export interface Numbers {
  summary: QueueSummary;
  /** What recording cost today; undefined while nothing was told. */
  cost: RecordingCost | undefined;
  /** The keys of the shortcuts, by the names of `COMMANDS`; empty where the person has taken them away. */
  shortcutKeys: Record<string, string>;
}

/** @param tabId the tab to tell of; undefined for the one in front. */
export async function readStanding(tabId: number | undefined, nowMs = Date.now()): Promise<Standing> {
  const [{ state, inForce, decision, sitesOff }, receipts, neutralIcon, { page, isSensitive }, runningTask] =
    await Promise.all([
      readCurrentState(nowMs),
      readItem('receipts'),
      readItem('neutralIcon'),
      readPage(tabId),
      readRunningTask(),
    ]);
  const isActive = state.kind === 'on' || state.kind === 'paused';
  const place = isActive ? placeOf(page?.url, state.terms.charter, sitesOff) : undefined;
  const asksForSecrets = place?.recorded === true && isSensitive;
  return {
    state,
    inForce,
    place: asksForSecrets ? { recorded: false, reason: 'asks-for-secrets' } : place,
    isWithdrawn: receipts?.at(-1)?.event === 'withdrawn',
    since: isActive && decision !== undefined ? sinceOf(decision, receipts ?? []) : undefined,
    tabId: page?.id,
    host: page?.url === undefined ? undefined : new URL(page.url).host,
    isIconNeutral: neutralIcon === true,
    runningTask,
    readAtMs: nowMs,
  };
}

export async function readNumbers(nowMs = Date.now()): Promise<Numbers> {
  const [summary, cost, commands] = await Promise.all([
    readSummary(nowMs),
    readCost(nowMs),
    browser.commands.getAll(),
  ]);
  const shortcutKeys = Object.fromEntries(commands.map(({ name, shortcut }) => [name ?? '', shortcut ?? '']));
  return { summary, cost, shortcutKeys };
}

function sinceOf(decision: Decision, receipts: readonly Receipt[]): Since {
  const narrowed = receipts.findLast(
    ({ event, at }) => event === 'narrowed' && Date.parse(at) >= decision.decidedAtMs,
  );
  return {
    agreedAtMs: decision.decidedAtMs,
    narrowedAtMs: narrowed === undefined ? undefined : Date.parse(narrowed.at),
  };
}

async function readPage(tabId: number | undefined) {
  const page = await readTab(tabId);
  return { page, isSensitive: await isSensitiveTab(page?.id) };
}

/** The browser tells the address only of pages that the extension has been given. */
async function readTab(tabId: number | undefined): Promise<Browser.tabs.Tab | undefined> {
  if (tabId !== undefined) return browser.tabs.get(tabId).catch(() => undefined);
  return (await browser.tabs.query({ active: true, currentWindow: true }))[0];
}

async function readSummary(nowMs: number): Promise<QueueSummary> {
  const queue = await openQueue();
  try {
    return await summarize(queue, nowMs);
  } finally {
    queue.close();
  }
}
