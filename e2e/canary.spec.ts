import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { pull } from '../dataset/pull.ts';
import { consentTo, joinStudy, openPopup, sendEverything } from '../demo/participant.ts';
import { findCanaries, hatchCanaries } from './canaries.ts';
import { openCanaryPage, PLACED, TYPED, type Place } from './canary-page.ts';
import { dumpExtensionStorage } from './extension-storage.ts';
import { expect, test } from './fixtures.ts';
import { queryDataset } from './read-dataset.ts';

test('no secret of a page, typed or placed, is found anywhere it could have gone', async ({
  dir,
  openTappedStudy,
  openBrowserWithExtension,
}) => {
  const secrets = hatchCanaries<Place>([...PLACED, ...TYPED]);
  const canaryPage = await openCanaryPage(secrets);
  const study = await openTappedStudy({ apps: [{ label: 'canary', matches: [`${canaryPage.origin}/*`] }] });
  const profileDir = join(dir, 'profile');
  const browser = await openBrowserWithExtension({ profileDir });
  await joinStudy(browser, study.invitation);
  const page = await browser.context.newPage();
  await page.goto(canaryPage.url);
  const popup = await openPopup(browser, page);
  await consentTo(popup, ['pointer', 'keys', 'workflow']);
  await page.bringToFront();
  await page.reload();

  await useEverything(page, secrets, dir);
  const leaks: string[] = [];
  const search = (where: string, haystack: Buffer | string) =>
    leaks.push(...findCanaries(where, haystack, secrets));

  await popup.bringToFront();
  const held = await dumpExtensionStorage(popup);
  search('extension storage while on hold', held);
  await sendEverything(popup);
  search('extension storage after sending', await dumpExtensionStorage(popup));

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
    await pull({ from: study.tap.url, key: study.readerKey, purpose: study.charter.purpose, outDir }),
  ).toMatchObject({ kind: 'done' });
  for (const table of ['motions', 'motion_samples', 'rhythms', 'rhythm_keys', 'episodes', 'steps', 'views']) {
    search(`table ${table}`, JSON.stringify(await queryDataset(outDir, `SELECT * FROM {${table}}`)));
  }
  searchFiles(outDir, search);
  searchFiles(join(study.databaseFile, '..'), search);
  search('log of the collector', study.collectorLog());
  await browser.close();
  searchFiles(join(profileDir, 'Default', 'IndexedDB'), search);
  searchFiles(join(profileDir, 'Default', 'Local Extension Settings'), search);
  expect(leaks).toEqual([]);

  // The test would prove nothing if nothing had been recorded, or if it could not find a secret that is there.
  const [steps] = await queryDataset(outDir, 'SELECT count(*)::INTEGER AS n FROM {steps}');
  expect(Number(steps!.n)).toBeGreaterThan(30);
  expect(held.length).toBeGreaterThan(10_000);
  expect(findCanaries('control', `{"x":"${secrets.text.slice(3, 9)}"}`, secrets)).not.toEqual([]);
  await canaryPage.close();
});

/** Types every secret where it belongs, and clicks everything. */
async function useEverything(page: Page, secrets: Record<Place, string>, dir: string): Promise<void> {
  const type = async (selector: string, place: Place) => {
    await page.locator(selector).click();
    await page.keyboard.type(`${secrets[place]} and ${secrets[place]}`, { delay: 12 });
  };
  await type('#text', 'text');
  await type('#search', 'search');
  await type('#email', 'email');
  await type('#url', 'url');
  await type('#tel', 'tel');
  await type('#password', 'password');
  await type('#named', 'named password');
  await type('#otp', 'one-time code');
  await type('#card', 'card number');
  await type('#ignored', 'ignored region');
  await type('#textarea', 'textarea');
  await type('#contenteditable', 'contenteditable');
  await type('#textbox', 'textbox role');
  await page.locator('#labelled').click();
  await type('#shown', 'password shown');
  await page.locator('#open input').click();
  await page.keyboard.type(secrets['open shadow field'], { delay: 12 });
  await page.locator('#closed').click();
  await page.keyboard.type(secrets['closed shadow field'], { delay: 12 });
  await page.frameLocator('#frame').locator('#inside').click();
  await page.keyboard.type(`${secrets['frame field']} and more of it`, { delay: 12 });
  await page.locator('#select').selectOption(secrets.option);
  await page.locator('#prefilled').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await page.locator('#listed').click();
  await page.keyboard.press('Control+v');
  const file = join(dir, `${secrets['file name']}.txt`);
  writeFileSync(file, secrets['file name']);
  await page.locator('#file').setInputFiles(file);
  for (const selector of ['#cell', '#image', '#custom', '#labelled', '#link', '#button'])
    await page.locator(selector).click();
  await page.evaluate((place) => (location.hash = place), secrets.pasted);
  await page.locator('h1').click();
  // Longer than the wait for a second click, an effect and the next message.
  await page.waitForTimeout(2500);
}

function searchFiles(dir: string, search: (where: string, haystack: Buffer) => void): void {
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) search(`file ${entry.name}`, readFileSync(join(entry.parentPath, entry.name)));
  }
}
