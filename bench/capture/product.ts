/**
 * Proffer as a contestant: built, joined to a study with a real collector on loopback, every scope switched on.
 *
 * Runs in Node. Its way to the collector goes through a tap, so that what is counted is what left the browser.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { build } from 'wxt';
import type { OpenBrowser } from '../../demo/open-browser.ts';
import { consentTo, joinStudy, openPopup, sendEverything } from '../../demo/participant.ts';
import { buildExtension, openStudy } from '../../demo/study.ts';
import { openTap } from '../../e2e/tap.ts';
import { inflateBatch } from '../../server/wire.ts';
import { SCOPES } from '../../src/charter/charter.ts';
import { PATHS } from '../../src/trace/collector-api.ts';
import { TraceBatch } from '../../src/trace/batch.ts';

export interface Product {
  extensionDir: string;
  join: (browser: OpenBrowser) => Promise<void>;
  /** Sends what was recorded since the last call, and gives it as it went over the wire. */
  collect: () => Promise<TraceBatch[]>;
  /** Of all content scripts together; known once a browser has joined. */
  bundleGzipBytes: () => number;
  close: () => Promise<void>;
}

/** The browser's own interface, as code that is evaluated in the worker sees it. */
declare const chrome: { scripting: { getRegisteredContentScripts(): Promise<{ js?: string[] }[]> } };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Longer than a step waits for its effect, and the next message. */
const REST_MS = 2500;

/** @param origin of the benchmark's pages, the only app of the charter. */
export async function openProduct(dir: string, origin: string, isReadable: boolean): Promise<Product> {
  const extensionDir = isReadable
    ? await buildReadable(join(dir, 'proffer'))
    : buildExtension(join(dir, 'proffer'));
  const tap = await openTap();
  const apps = [{ label: 'bench', matches: [`${origin}/*`] }];
  const study = await openStudy(join(dir, 'study'), { collectorUrl: tap.url, apps });
  tap.forwardTo(study.collectorUrl);
  let popup: Page | undefined;
  let scripts: string[] = [];
  return {
    extensionDir,
    async join(browser) {
      await joinStudy(browser, study.invitation);
      const page = await browser.context.newPage();
      await page.goto(`${origin}/pointer`);
      popup = await openPopup(browser, page);
      await consentTo(popup, SCOPES);
      await page.close();
      const worker = await browser.worker();
      const registered = await worker.evaluate(() => chrome.scripting.getRegisteredContentScripts());
      scripts = [...new Set(registered.flatMap((script) => script.js ?? []))];
      tap.requests.length = 0;
    },
    async collect() {
      await popup!.waitForTimeout(REST_MS);
      await sendEverything(popup!);
      const sent = tap.requests.filter((request) => request.path === PATHS.batches);
      tap.requests.length = 0;
      return sent.map((request) => readBatch(request.body));
    },
    bundleGzipBytes: () =>
      scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(extensionDir, file))).length, 0),
    async close() {
      await study.close();
      await tap.close();
    },
  };
}

function readBatch(body: Buffer): TraceBatch {
  const text = inflateBatch(body);
  if (typeof text !== 'string') throw new Error(`a batch cannot be read: ${text.error}`);
  return TraceBatch.parse(JSON.parse(text));
}

/** With the functions' own names, to see what costs most; never for figures. */
async function buildReadable(outDir: string): Promise<string> {
  process.env.PROFFER_CHARTER = join(ROOT, 'demo/charter.json');
  process.env.PROFFER_OUT = outDir;
  await build({ root: ROOT, vite: () => ({ build: { minify: false } }) });
  return join(outDir, 'chrome-mv3');
}
