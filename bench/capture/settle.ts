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

export async function flush(page: Page, flushMs: number): Promise<void> {
  await page.evaluate((name) => document.dispatchEvent(new Event(name)), FLUSH_EVENT);
  await sleep(flushMs);
}
