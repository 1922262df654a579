/**
 * What pages tell the extension's background, as it arrives there.
 */
import type { Worker } from '@playwright/test';

declare const chrome: { runtime: { onMessage: { addListener(listener: (message: unknown) => void): void } } };
declare const globalThis: { tappedMessages?: unknown[] };

/** Keeps every message that reaches the background from now on, as it was sent. */
export function tapMessages(worker: Worker): Promise<void> {
  return worker.evaluate(() => {
    const tapped: unknown[] = (globalThis.tappedMessages = []);
    chrome.runtime.onMessage.addListener((message) => void tapped.push(message));
  });
}

/** Those that were kept. */
export function tappedMessages(worker: Worker): Promise<unknown[]> {
  return worker.evaluate(() => globalThis.tappedMessages ?? []);
}
