/**
 * What a participant does with the extension itself: joins by code, consents, sends, withdraws.
 *
 * Runs in Node and presses the buttons that a person would press. The popup is opened as a tab, since automation
 * cannot see the real one; `?tab=` tells it which tab it is about.
 */
import type { Page } from '@playwright/test';
import type { Scope } from '../src/charter/charter.ts';
import type { BrowserOfPerson } from './open-browser.ts';

/** The browser's own interface, as code that is evaluated in the worker sees it. */
declare const chrome: { tabs: { query(about: object): Promise<{ id?: number; url?: string }[]> } };

const SCOPE_NAMES: Record<Scope, string> = {
  pointer: 'Pointer movements',
  keys: 'Typing rhythm',
  workflow: 'Steps of work',
};

const SEND_ALL = 'Send also what is on hold';

/** Takes the code from the collector's join page to the extension's own, and accepts the charter shown there. */
export async function joinStudy(browser: BrowserOfPerson, invitation: string): Promise<void> {
  const invitationPage = await browser.context.newPage();
  await invitationPage.goto(invitation);
  const code = await invitationPage.locator('#code').inputValue();
  await invitationPage.close();
  const joinPage = await browser.context.newPage();
  await joinPage.goto(extensionPage(browser, 'join.html'));
  await joinPage.getByRole('textbox').fill(code);
  await joinPage.getByRole('button', { name: 'Show the charter' }).click();
  await joinPage.getByRole('button', { name: 'Accept this charter' }).click();
  // A page that is closed before may take the answer with it.
  await joinPage.getByText('Charter accepted.').waitFor();
  await joinPage.close();
}

/** Opens the popup as it is for the tab that shows `page`. */
export async function openPopup(browser: BrowserOfPerson, page: Page): Promise<Page> {
  const worker = await browser.worker();
  const url = page.url();
  const tabId = await worker.evaluate(async (wanted) => {
    const tabs = await chrome.tabs.query({});
    return tabs.find((tab) => tab.url === wanted)?.id;
  }, url);
  const popup = await browser.context.newPage();
  await popup.goto(extensionPage(browser, `popup.html?tab=${tabId ?? ''}`));
  return popup;
}

/** Opens the page where a person sees, replays and deletes what was recorded. */
export async function openMyData(browser: BrowserOfPerson): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(extensionPage(browser, 'my-data.html'));
  await page.getByRole('heading', { name: 'My data' }).waitFor();
  return page;
}

/** Opens the consent page for level linked, agrees there to some parts, and comes back to the popup. */
export async function volunteerFor(
  browser: BrowserOfPerson,
  popup: Page,
  scopes: readonly Scope[],
): Promise<void> {
  const opened = browser.context.waitForEvent('page');
  await popup.getByRole('button', { name: 'Read about linked recording' }).click();
  const page = await opened;
  for (const scope of scopes) await page.getByRole('switch', { name: SCOPE_NAMES[scope] }).check();
  await page.getByRole('checkbox', { name: 'I understand' }).check();
  await page.getByRole('button', { name: 'Agree to linked recording' }).click();
  await page.getByText('Agreed: what you ticked').waitFor();
  await page.close();
  await popup.bringToFront();
}

export async function consentTo(popup: Page, scopes: readonly Scope[]): Promise<void> {
  for (const scope of scopes) await popup.getByRole('switch', { name: SCOPE_NAMES[scope] }).check();
  await popup.getByRole('button', { name: /^Yes/ }).click();
  // Shown once the recorder is in place in every tab.
  await popup.getByRole('button', { name: 'Stop and withdraw' }).waitFor();
}

/** Whether the popup offers to send, as it does while consent is given. */
export async function maySend(popup: Page): Promise<boolean> {
  await popup.locator('[data-sign]').waitFor();
  return (await popup.getByRole('button', { name: SEND_ALL }).count()) > 0;
}

/** Sends what is due and what is on hold, and waits for the collector's answer. */
export async function sendEverything(popup: Page): Promise<void> {
  await popup.getByRole('button', { name: SEND_ALL }).click();
  await popup.locator('[data-outcome]').waitFor();
  const outcome = await popup.locator('[data-outcome]').getAttribute('data-outcome');
  // What was due may have gone a moment before, by the extension's own clock.
  if (outcome !== 'accepted' && outcome !== 'nothing-due') throw new Error(`sending came to: ${outcome}`);
}

/** A count that the popup shows, by the name it has there. */
export async function countShown(popup: Page, name: 'held' | 'due' | 'sent' | 'deleted'): Promise<number> {
  return Number((await popup.locator(`[data-count=${name}]`).textContent())?.replace(/\D/g, ''));
}

export function extensionPage(browser: BrowserOfPerson, path: string): string {
  return `${browser.extensionOrigin}/${path}`;
}
