/**
 * Which tabs show a page that was found to be a sensitive place, by what it shows and not by its address.
 *
 * Background, and read by the popup. In the browser's session storage: as tabs do, it outlives the worker and not
 * the browser. Holds numbers of tabs only.
 */
import { browser } from 'wxt/browser';

/** One item for each tab, so that no two changes can undo each other. */
const nameOf = (tabId: number) => `sensitiveTab ${tabId}`;

export async function isSensitiveTab(tabId: number | undefined): Promise<boolean> {
  if (tabId === undefined) return false;
  return (await browser.storage.session.get(nameOf(tabId)))[nameOf(tabId)] === true;
}

export async function markSensitiveTab(tabId: number): Promise<void> {
  await browser.storage.session.set({ [nameOf(tabId)]: true });
}

export async function unmarkSensitiveTab(tabId: number): Promise<void> {
  await browser.storage.session.remove(nameOf(tabId));
}

export async function forgetSensitiveTabs(): Promise<void> {
  const names = Object.keys(await browser.storage.session.get(null));
  await browser.storage.session.remove(names.filter((name) => name.startsWith('sensitiveTab ')));
}
