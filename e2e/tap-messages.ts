/**
 * What pages tell the extension's background, as it arrives there.
 */
import type { Worker } from '@playwright/test';

declare const chrome: { runtime: { onMessage: { addListener(listener: (message: unknown) => void): void } } };
declare const globalThis: { tappedMessages?: unknown[] };

/** Keeps every message that reaches the background from now on, as it was sent. */
export function tapMessages(worker: Pick<Worker, 'evaluate'>): Promise<void> {
  return worker.evaluate(() => {
    const tapped: unknown[] = (globalThis.tappedMessages = []);
    chrome.runtime.onMessage.addListener((message) => void tapped.push(message));
  });
}

/** Those that were kept. */
export function tappedMessages(worker: Pick<Worker, 'evaluate'>): Promise<unknown[]> {
  return worker.evaluate(() => globalThis.tappedMessages ?? []);
}
