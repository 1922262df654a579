/**
 * All that the popup shows, read from storage and the queue at one moment.
 *
 * Runs in the popup. Reads only, and anew each time: the popup remembers no state of its own.
 */
import { browser, type Browser } from 'wxt/browser';
import { readCharterInForce, type CharterInForce } from '../consent/charter-in-force.ts';
import { readCurrentState } from '../consent/current-state.ts';
import { placeOf, type Place, type RecordingState } from '../consent/recording-state.ts';
import { isSensitiveTab } from '../consent/sensitive-tabs.ts';
import { readItem } from '../consent/stored-items.ts';
import { openQueue } from '../queue/queue.ts';
import { summarize, type QueueSummary } from '../queue/summary.ts';

export interface Snapshot {
  state: RecordingState;
  /** Where the charter in force comes from; undefined when there is none. */
  charterSource: 'policy' | 'join-code' | undefined;
  /** Undefined unless recording is on or paused. */
  place: Place | undefined;
  /** Whether the last thing agreed or refused was a consent taken back. */
  isWithdrawn: boolean;
  /** Host and port of the page; undefined where the extension may not know it. */
  host: string | undefined;
  summary: QueueSummary;
  readAtMs: number;
}

/** @param tabId the tab to tell of; undefined for the one in front. */
export async function readSnapshot(tabId: number | undefined, nowMs = Date.now()): Promise<Snapshot> {
  const [{ state, sitesOff }, inForce, receipts, page, summary] = await Promise.all([
    readCurrentState(nowMs),
    readCharterInForce(),
    readItem('receipts'),
    readPage(tabId),
    readSummary(nowMs),
  ]);
  const isActive = state.kind === 'on' || state.kind === 'paused';
  const place = isActive ? placeOf(page?.url, state.terms.charter, sitesOff) : undefined;
  const asksForSecrets = place?.recorded === true && (await isSensitiveTab(page?.id));
  return {
    state,
    charterSource: sourceOf(inForce),
    place: asksForSecrets ? { recorded: false, reason: 'asks-for-secrets' } : place,
    isWithdrawn: receipts?.at(-1)?.event === 'withdrawn',
    host: page?.url === undefined ? undefined : new URL(page.url).host,
    summary,
    readAtMs: nowMs,
  };
}

function sourceOf(inForce: CharterInForce): Snapshot['charterSource'] {
  return inForce.kind === 'none' ? undefined : inForce.source;
}

/** The browser tells the address only of pages that the extension has been given. */
async function readPage(tabId: number | undefined): Promise<Browser.tabs.Tab | undefined> {
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
