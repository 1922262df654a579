/**
 * Pictures of the My data page: with a hundred sessions, one of them opened, sent, deleted, empty and after withdrawal.
 *
 * A part of `npm run screenshots`. One session is real work of a scripted person; the others are invented and put into the
 * queue by its own functions.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { fillFromPage } from '../bench/my-data/fill-from-page.ts';
import { doMinuteOfWork } from '../demo/minute-of-work.ts';
import { openBrowser, type OpenBrowser } from '../demo/open-browser.ts';
import { consentTo, extensionPage, joinStudy, openMyData, openPopup } from '../demo/participant.ts';
import { openStudy, type Study } from '../demo/study.ts';

const WIDE = { width: 1180, height: 900 };
const NARROW = { width: 390, height: 844 };
const A_HUNDRED_SESSIONS = { days: 13, sessionsADay: 8, steps: 24, heldMotions: 6, sentMotions: 3 };
/** The last message of the work waits for its turn. */
const ARRIVAL_MS = 4000;

type TakePicture = (name: string, page: Page) => Promise<void>;

export async function takeMyDataPictures(extensionDir: string, take: TakePicture): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'proffer-pictures-'));
  const study = await openStudy(join(dir, 'study'), {
    organization: 'Northwind Ltd',
    holdHours: 24,
    retentionDays: 365,
  });
  // The same profile once more in German, so that both show the same.
  const profileDir = join(dir, 'profile');
  try {
    await inBrowser(extensionDir, profileDir, 'en', (browser) => showAll(browser, study, take));
    await inBrowser(extensionDir, profileDir, 'de', (browser) => showGerman(browser, take));
  } finally {
    await study.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function inBrowser(
  extensionDir: string,
  profileDir: string,
  locale: 'en' | 'de',
  show: (browser: OpenBrowser) => Promise<void>,
): Promise<void> {
  const browser = await openBrowser(extensionDir, { headless: true, profileDir, locale });
  try {
    await show(browser);
  } finally {
    await browser.close();
  }
}

async function showAll(browser: OpenBrowser, study: Study, take: TakePicture): Promise<void> {
  const page = await openMyData(browser);
  await page.setViewportSize(WIDE);
  await take('my-data-empty', page);
  await joinStudy(browser, study.invitation);
  const work = await browser.context.newPage();
  await work.goto(`${study.workAppUrl}/tickets`);
  const popup = await openPopup(browser, work);
  await consentTo(popup, ['pointer', 'keys', 'workflow']);
  await fillFromPage(page, A_HUNDRED_SESSIONS);
  await work.bringToFront();
  await doMinuteOfWork(work, study.workAppUrl, () => undefined);
  await page.waitForTimeout(ARRIVAL_MS);
  await popup.close();
  await page.bringToFront();
  await page.reload();
  await page.locator('.session').first().waitFor();
  await inAllLooks('my-data', page, take);

  await page.locator('.session a').first().click();
  await showMoment(page, /^Click, on .*“submit”/);
  await inAllLooks('my-data-session', page, take);
  await showMoment(page, /^Movement of the pointer, .* click$/);
  await page.getByRole('radio', { name: 'As JSON' }).check();
  await take('my-data-session-json', page);

  await page.getByRole('link', { name: 'Back to everything' }).click();
  await page
    .getByRole('button', { name: /^Delete wiki/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await take('my-data-deleted', page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Have it erased at the collector').click();
  await page.locator('#sent tbody input').first().check();
  await page.evaluate(() => document.querySelector('#sent')!.scrollIntoView());
  await take('my-data-sent', page);
  await page.evaluate(() => document.querySelector('#receipts')!.scrollIntoView());
  await take('my-data-receipts', page);
}

/** Opens the replay at the first moment that says so, and shows it from its heading on. */
async function showMoment(page: Page, wanted: RegExp): Promise<void> {
  const said = page.locator('.caption p').last();
  const slider = page.getByRole('slider', { name: 'Moment' });
  await slider.focus();
  await page.keyboard.press('Home');
  const last = Number(await slider.getAttribute('max'));
  for (let moment = 0; moment < last && !wanted.test((await said.textContent())!); moment += 1)
    await page.keyboard.press('ArrowRight');
  await slider.blur();
  await page.evaluate(() => window.scrollTo(0, 0));
}

async function inAllLooks(name: string, page: Page, take: TakePicture): Promise<void> {
  await take(name, page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await take(`${name}-dark`, page);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  await take(`${name}-forced-colors`, page);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  await page.setViewportSize(NARROW);
  await page.evaluate(() => window.scrollTo(0, 0));
  await take(`${name}-narrow`, page);
  await page.setViewportSize(WIDE);
}

async function showGerman(browser: OpenBrowser, take: TakePicture): Promise<void> {
  const page = await browser.context.newPage();
  await page.setViewportSize(WIDE);
  await page.goto(extensionPage(browser, 'my-data.html'));
  await page.locator('.session').first().waitFor();
  await take('my-data-de', page);
  await page.locator('.session a').first().click();
  await page.locator('.player').waitFor();
  await page.evaluate(() => window.scrollTo(0, 0));
  await take('my-data-session-de', page);
}
