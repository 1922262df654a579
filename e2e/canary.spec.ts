/**
 * The canary test: no secret of a page is found anywhere it could have gone, and what is sensitive gives nothing.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { BrowserContext, Worker } from '@playwright/test';
import { pull } from '../dataset/pull.ts';
import { consentTo, joinStudy, openPopup, sendEverything } from '../demo/participant.ts';
import { readFolder } from '../scripts/package/read-folder.ts';
import { createCanarySearch, hatchCanaries } from './canaries.ts';
import {
  carryAround,
  clickEverything,
  goAround,
  readPdf,
  typeEverywhere,
  useNamedFields,
  useVaults,
  writeOtherwise,
} from './canary-deeds.ts';
import { openCanaryPage, PLACES, SCRIPTS } from './canary-page.ts';
import { PLACED_ON_CONTROLS } from './canary-places.ts';
import { countQueueAtRest, dumpExtensionStorage } from './extension-storage.ts';
import { expect, test } from './fixtures.ts';
import { queryDataset } from './read-dataset.ts';
import { tapMessages, tappedMessages } from './tap-messages.ts';

const TABLES = ['motions', 'motion_samples', 'rhythms', 'rhythm_keys', 'episodes', 'steps', 'views'];
/** Where a browser keeps what belongs to extensions. What a page stores itself is the page's. */
const EXTENSION_FILES =
  /^(IndexedDB\/chrome-extension_|(Local|Sync|Managed) Extension Settings\/|Extension (State|Scripts|Rules)\/|Service Worker\/)/;

test('no secret of a page, typed or placed, is found anywhere it could have gone', async ({
  dir,
  openTappedStudy,
  openBrowserWithExtension,
}) => {
  test.setTimeout(600_000);
  const secrets = hatchCanaries(PLACES, SCRIPTS);
  const canaryPage = await openCanaryPage(secrets);
  const apps = [{ label: 'canary', matches: [`${canaryPage.origin}/*`] }];
  // On hold until it is looked at, so that nothing changes by the clock.
  const study = await openTappedStudy({ apps, holdHours: 24 });
  const profileDir = join(dir, 'profile');
  const browser = await openBrowserWithExtension({ profileDir });
  await joinStudy(browser, study.invitation);
  const page = await browser.context.newPage();
  await page.goto(canaryPage.url);
  const popup = await openPopup(browser, page);
  // Of Chromium, where it is one.
  const worker = (await browser.worker()) as Worker;
  const written = watchConsole(browser.context, worker, browser.extensionOrigin);
  await tapMessages(worker);
  await consentTo(popup, ['pointer', 'keys', 'workflow']);
  await page.bringToFront();
  await page.reload();
  const cdp = await browser.context.newCDPSession(page);

  await typeEverywhere(page, secrets);
  await writeOtherwise(page, cdp, secrets);
  await carryAround(page, cdp, secrets, dir);
  const beforePieces = await countQueueAtRest(popup);
  await clickEverything(page);
  const newSteps = (await countQueueAtRest(popup)).steps - beforePieces.steps;
  expect(newSteps, 'every piece was looked at').toBeGreaterThan(PLACED_ON_CONTROLS.length);
  await goAround(page, secrets);
  await readPdf(page, canaryPage.pdfUrl, secrets);
  await page.bringToFront();
  await page.goto(canaryPage.url);
  await page.locator('#search').focus();
  await page.keyboard.type('ordinary typing is recorded here', { delay: 12 });
  await page.locator('#search').blur();
  const before = await countQueueAtRest(popup);
  await useNamedFields(page, secrets);
  expect(await countQueueAtRest(popup), 'fields named as secrets give nothing').toEqual(before);
  const vault = await browser.context.newPage();
  await useVaults(vault, await browser.context.newCDPSession(vault), canaryPage.origin, secrets);
  expect(await countQueueAtRest(popup), 'pages that ask for secrets give nothing').toMatchObject({
    records: before.records,
    steps: before.steps,
  });
  await vault.close();
  await page.bringToFront();
  await page.locator('#text').click();
  await page.keyboard.type('and it still is', { delay: 12 });
  expect((await countQueueAtRest(popup)).steps).toBeGreaterThan(before.steps);

  const ownCode = readFolder(process.env.PROFFER_EXTENSION_DIR!).map(({ bytes }) => bytes);
  const findCanaries = createCanarySearch(secrets, ownCode);
  const leaks: string[] = [];
  const search = (where: string, haystack: Buffer | string) => leaks.push(...findCanaries(where, haystack));
  await popup.bringToFront();
  const held = await dumpExtensionStorage(popup);
  search('extension storage while on hold', held);
  await sendEverything(popup);
  search('extension storage after sending', await dumpExtensionStorage(popup));
  const messages = await tappedMessages(await browser.worker());
  search('messages to the background', JSON.stringify(messages));
  search('console of the extension', written.join('\n'));

  for (const request of study.tap.requests) {
    search(`headers of ${request.path}`, JSON.stringify([request.path, request.headers]));
    search(
      `body of ${request.path}`,
      request.path === '/v1/batches' ? gunzipSync(request.body) : request.body,
    );
  }
  study.seal();
  const outDir = join(dir, 'dataset');
  expect(
    await pull({
      from: study.tap.url,
      key: study.addReader('data-team'),
      purpose: study.charter.purpose,
      outDir,
    }),
  ).toMatchObject({ kind: 'done' });
  for (const table of TABLES)
    search(`table ${table}`, JSON.stringify(await queryDataset(outDir, `SELECT * FROM {${table}}`)));
  searchFiles(outDir, search);
  searchFiles(join(study.databaseFile, '..'), search);
  search('log of the collector', study.collectorLog());
  await browser.close();
  const searched = searchFiles(join(profileDir, 'Default'), search, EXTENSION_FILES);
  expect(leaks).toEqual([]);

  // The test would prove nothing if nothing had been recorded, or if it could not find a secret that is there.
  const count = async (table: string) =>
    Number((await queryDataset(outDir, `SELECT count(*)::INTEGER AS n FROM {${table}}`))[0]!.n);
  expect(await count('steps')).toBeGreaterThan(150);
  expect(await count('motions')).toBeGreaterThan(5);
  expect(await count('rhythms')).toBeGreaterThan(5);
  expect(await count('views')).toBeGreaterThan(5);
  expect(held.length).toBeGreaterThan(10_000);
  expect(JSON.stringify(messages)).toContain('page:fragments');
  expect(searched).toBeGreaterThan(5);
  expect(written.length).toBe(0);
  for (const place of PLACES) {
    expect(findCanaries('control', JSON.stringify({ x: secrets[place] })), place).not.toEqual([]);
    expect(findCanaries('control', Buffer.from(secrets[place], 'utf16le')), place).not.toEqual([]);
  }
  await canaryPage.close();
});

/** What the extension writes to a console, in its worker, its pages and the pages that it records. */
function watchConsole(context: BrowserContext, worker: Worker, extensionOrigin: string): string[] {
  const written: string[] = [];
  context.on('console', (message) => {
    if (message.location().url.startsWith(extensionOrigin)) written.push(message.text());
  });
  worker.on('console', (message) => void written.push(message.text()));
  return written;
}

/** @returns how many files were searched. */
function searchFiles(dir: string, search: (where: string, haystack: Buffer) => void, only = /^/): number {
  if (!existsSync(dir)) return 0;
  let count = 0;
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !only.test(path.slice(dir.length + 1))) continue;
    search(`file ${entry.name}`, readFileSync(path));
    count += 1;
  }
  return count;
}
