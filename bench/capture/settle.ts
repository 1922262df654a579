/**
 * How long a page is left alone before it is measured, and how a recorder is told to send what it holds.
 *
 * Runs in Node.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { FLUSH_EVENT } from './recorders/when-flushed.ts';

/** Until a page has loaded and everybody has started. */
export const SETTLE_MS = 2000;

/** More than this, and a recorder sends without end. */
const MAX_FLUSHES = 6;

/** Until what the page's load gave has been sent, so that none of it counts as activity. */
export async function settle(
  page: Page,
  { settleMs, flushMs }: { settleMs: number; flushMs: number },
  receivedBytes: () => number,
): Promise<void> {
  // PostHog sends nothing of a page that nobody touches.
  await page.mouse.move(40, 40);
  await page.mouse.move(42, 40);
  await page.mouse.down({ button: 'middle' });
  await page.mouse.up({ button: 'middle' });
  await sleep(settleMs);
  for (let turn = 0, before = -1; turn < MAX_FLUSHES && receivedBytes() !== before; turn += 1) {
    before = receivedBytes();
    await flush(page, flushMs);
  }
}

export async function flush(page: Page, flushMs: number): Promise<void> {
  await page.evaluate((name) => document.dispatchEvent(new Event(name)), FLUSH_EVENT);
  await sleep(flushMs);
}

/** As a person leaves, so that what is sent as the page goes is sent. */
export async function leave(page: Page): Promise<void> {
  await page.goto('about:blank');
  await sleep(500);
  await page.close();
}
