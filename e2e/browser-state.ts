/**
 * What the browser itself has of the extension: its sign in the toolbar, its scripts.
 */
import type { Page } from '@playwright/test';
import type { BrowserOfPerson } from '../demo/open-browser.ts';

interface AboutTab {
  tabId?: number | undefined;
}
/** The browser's own interface, as code that is evaluated in the worker sees it. */
declare const chrome: {
  scripting: { getRegisteredContentScripts(): Promise<{ id: string }[]> };
  tabs: { query(about: { active: boolean; lastFocusedWindow: boolean }): Promise<{ id?: number }[]> };
  action: { getBadgeText(about: AboutTab): Promise<string>; getTitle(about: AboutTab): Promise<string> };
};

/** What the toolbar shows for the tab of a page, which is brought to the front for it. */
export async function toolbarOf(
  browser: BrowserOfPerson,
  page: Page,
): Promise<{ badge: string; title: string }> {
  await page.bringToFront();
  const worker = await browser.worker();
  return worker.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    const about = { tabId: tab?.id };
    return { badge: await chrome.action.getBadgeText(about), title: await chrome.action.getTitle(about) };
  });
}

/** Ids of the content scripts that are registered. */
export async function registeredScripts(browser: BrowserOfPerson): Promise<string[]> {
  const worker = await browser.worker();
  return worker.evaluate(async () =>
    (await chrome.scripting.getRegisteredContentScripts()).map((script) => script.id),
  );
}
