/**
 * What tests of capture in a whole extension start from: a study of pages of their own, and a browser that takes part.
 */
import type { Page } from '@playwright/test';
import { joinStudy, openPopup } from '../demo/participant.ts';
import type { BrowserOfPerson } from '../demo/open-browser.ts';
import type { Charter } from '../src/charter/charter.ts';
import { test as base } from './fixtures.ts';
import { servePages } from './serve-pages.ts';

export { expect } from './fixtures.ts';

interface Placed {
  browser: BrowserOfPerson;
  origin: string;
  page: Page;
  popup: Page;
}

/** A budget that a busy computer does not use up, so that no gap is told of it. */
const AMPLE = { mainThreadMsPerMinute: 1000, bytesPerDay: 5_000_000 };

export const test = base.extend<{
  /**
   * A browser that takes part in a study of these pages, with the first of them open.
   *
   * @param charter what differs; the budget is ample otherwise.
   */
  openPlaced: (pages: Record<string, string>, charter?: Partial<Charter>) => Promise<Placed>;
}>({
  openPlaced: async ({ openTappedStudy, openBrowserWithExtension }, use) => {
    const closings: (() => Promise<void>)[] = [];
    await use(async (pages, charter = {}) => {
      const served = await servePages((path) => pages[path]);
      closings.push(() => served.close());
      const apps = [{ label: 'desk', matches: [`${served.origin}/*`] }];
      const study = await openTappedStudy({ holdHours: 24, apps, budget: AMPLE, ...charter });
      const browser = await openBrowserWithExtension();
      await joinStudy(browser, study.invitation);
      const page = await browser.context.newPage();
      await page.goto(`${served.origin}/`);
      return { browser, origin: served.origin, page, popup: await openPopup(browser, page) };
    });
    for (const close of closings) await close();
  },
});
