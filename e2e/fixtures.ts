/**
 * What the end-to-end tests start from: a study of their own, and a browser with the built extension in it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import type { Charter } from '../src/charter/charter.ts';
import { openBrowser, type BrowserOfPerson } from '../demo/open-browser.ts';
import { joinStudy, openPopup } from '../demo/participant.ts';
import { openStudy, type Study } from '../demo/study.ts';
import { openFirefoxWithExtension, whyNoFirefox } from './open-firefox.ts';
import { openTap, type Tap } from './tap.ts';

export { expect } from '@playwright/test';

export interface TappedStudy extends Study {
  tap: Tap;
}

interface Participation {
  study: TappedStudy;
  browser: BrowserOfPerson;
  page: Page;
  popup: Page;
}

interface BrowserOptions {
  profileDir?: string;
  backForwardCache?: boolean;
}

interface Fixtures {
  /** A folder that is gone after the test. */
  dir: string;
  /** Opens a study whose collector is reached through a tap. Closed after the test. */
  openTappedStudy: (changes?: Partial<Charter>) => Promise<TappedStudy>;
  /** A study, a browser whose person has joined it, a page of the work app and the popup about that page. */
  joinAStudy: (
    options?: { path?: string; charter?: Partial<Charter> } & BrowserOptions,
  ) => Promise<Participation>;
  /** Opens the project's browser with the extension. Closed after the test. */
  openBrowserWithExtension: (options?: BrowserOptions) => Promise<BrowserOfPerson>;
}

export const test = base.extend<Fixtures>({
  dir: async ({}, use) => {
    const dir = mkdtempSync(join(tmpdir(), 'proffer-e2e-'));
    await use(dir);
    rmSync(dir, { recursive: true, force: true });
  },
  openTappedStudy: async ({ dir }, use) => {
    const closings: (() => Promise<void>)[] = [];
    await use(async (changes = {}) => {
      const tap = await openTap();
      const study = await openStudy(join(dir, `study-${closings.length}`), {
        collectorUrl: tap.url,
        ...changes,
      });
      tap.forwardTo(study.collectorUrl);
      closings.push(
        () => study.close(),
        () => tap.close(),
      );
      return Object.assign(study, { tap });
    });
    for (const close of closings) await close();
  },
  openBrowserWithExtension: async ({ browserName }, use, { skip }) => {
    const isFirefox = browserName === 'firefox';
    const reason = isFirefox ? whyNoFirefox() : undefined;
    skip(reason !== undefined, reason ?? '');
    const extensionDir = process.env.PROFFER_EXTENSION_DIR!;
    const browsers: BrowserOfPerson[] = [];
    await use(async (options = {}) => {
      const browser = isFirefox
        ? await openFirefoxWithExtension(join(extensionDir, '../firefox-mv3'), options.profileDir)
        : await openBrowser(extensionDir, { headless: true, ...options });
      browsers.push(browser);
      return browser;
    });
    for (const browser of browsers) await browser.close();
  },
  joinAStudy: async ({ openTappedStudy, openBrowserWithExtension }, use) => {
    await use(async ({ path = '/tickets', charter = {}, ...browserOptions } = {}) => {
      const study = await openTappedStudy(charter);
      const browser = await openBrowserWithExtension(browserOptions);
      await joinStudy(browser, study.invitation);
      const page = await browser.context.newPage();
      await page.goto(study.workAppUrl + path);
      return { study, browser, page, popup: await openPopup(browser, page) };
    });
  },
});
