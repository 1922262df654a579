/**
 * Runs `fill-queue.ts` in an open page of the extension, bundled as one script.
 */
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import type { Filling } from './fill-queue.ts';

declare const profferFill: { fillQueue(filling: Filling): Promise<void> };

/** Fills the queue of the extension that the page belongs to. */
export async function fillFromPage(page: Page, filling: Filling): Promise<void> {
  await page.evaluate(await fillScript());
  await page.evaluate((wanted) => profferFill.fillQueue(wanted), filling);
}

async function fillScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL('fill-queue.ts', import.meta.url)),
        formats: ['iife'],
        name: 'profferFill',
        fileName: 'fill',
      },
    },
  });
  const result = Array.isArray(built) ? built[0]! : built;
  if (!('output' in result)) throw new Error('the script was not bundled');
  return `${result.output[0].code}; globalThis.profferFill = profferFill;`;
}
