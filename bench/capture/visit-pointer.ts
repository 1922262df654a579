/**
 * A visit with nothing but a person's pointer path: what a contestant sends for it.
 *
 * Runs in Node. No instrument is on. What the page costs by itself is not counted: it has been sent before the path
 * begins.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext } from '@playwright/test';
import { playInputs } from './play-inputs.ts';
import { flush, leave, settle } from './settle.ts';
import type { Input } from './scripted-session.ts';

export interface PointerVisitRequest {
  context: BrowserContext;
  url: string;
  flushMs: number;
  settleMs: number;
  inputs: readonly Input[];
  lengthMs: number;
  receivedBytes: () => number;
}

export interface PointerVisit {
  /** For the path. */
  pathBytes: number;
  /** For as much time without any input, just before it. */
  idleBytes: number;
}

export async function visitPointer(request: PointerVisitRequest): Promise<PointerVisit> {
  const { context, url, flushMs, inputs, lengthMs, receivedBytes } = request;
  // Each visit is a first one: Clarity would go on where it was, at an address that it takes to be https.
  await context.clearCookies();
  const page = await context.newPage();
  try {
    await page.goto(url);
    await page.bringToFront();
    await settle(page, request, receivedBytes);
    const loadedBytes = receivedBytes();
    await sleep(lengthMs);
    await flush(page, flushMs);
    const idleBytes = receivedBytes() - loadedBytes;
    await playInputs(await context.newCDPSession(page), inputs, lengthMs);
    await flush(page, flushMs);
    await leave(page);
    return { pathBytes: receivedBytes() - loadedBytes - idleBytes, idleBytes };
  } finally {
    if (!page.isClosed()) await page.close();
  }
}
