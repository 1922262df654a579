/**
 * Where the top frame of each tab lies in its window, for the frames in it that cannot see it.
 *
 * In the background, in the browser's session storage: in memory only, and gone with the browser.
 */
import { browser } from 'wxt/browser';
import type { RawMessage } from './capture/fragments.ts';

type WindowPlace = RawMessage['windowPlace'];

/** What this worker has written, so that it is not written again with every message. */
const written = new Map<number, string>();
const nameOf = (tabId: number) => `topPlace ${tabId}`;

export async function readTopPlace(tabId: number): Promise<WindowPlace> {
  return (await browser.storage.session.get(nameOf(tabId)))[nameOf(tabId)] as WindowPlace;
}

export async function rememberTopPlace(tabId: number, place: WindowPlace): Promise<void> {
  const text = JSON.stringify(place);
  if (!place || written.get(tabId) === text) return;
  await browser.storage.session.set({ [nameOf(tabId)]: place });
  written.set(tabId, text);
}

export async function forgetTopPlaces(): Promise<void> {
  const names = Object.keys(await browser.storage.session.get(null));
  await browser.storage.session.remove(names.filter((name) => name.startsWith('topPlace ')));
  written.clear();
}
