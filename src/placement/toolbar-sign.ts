/**
 * The toolbar's sign: recording, paused, excluded here or off, told by shape, colour and words.
 *
 * Background only. A tab is shown as recording when its top frame has asked and was allowed to record; the browser
 * itself resets that when the tab goes elsewhere, so no browsing event is needed.
 */
import { browser } from 'wxt/browser';
import type { RecordingState } from '../consent/recording-state.ts';
import { readItem } from '../consent/stored-items.ts';

export const SIGNS = ['recording', 'paused', 'excluded', 'off'] as const;
export type Sign = (typeof SIGNS)[number];

const BADGES: Record<Sign, { text: string; color: string }> = {
  recording: { text: '●', color: '#b3261e' },
  paused: { text: 'II', color: '#7a5900' },
  excluded: { text: '', color: '#5f6368' },
  off: { text: '', color: '#5f6368' },
};

/** The sign of all tabs that have none of their own. */
export function signOf(state: RecordingState): Sign {
  switch (state.kind) {
    case 'on':
      return 'excluded';
    case 'paused':
      return 'paused';
    case 'no-charter':
    case 'charter-unreadable':
    case 'undecided':
    case 'declined':
    case 'charter-changed':
      return 'off';
  }
}

/**
 * Shows a sign for one tab, or with no tab for every tab without a sign of its own.
 *
 * Where the person wants a neutral one, all states look the same and only the popup tells them apart.
 */
export async function showSign(sign: Sign, tabId?: number): Promise<void> {
  const where = tabId === undefined ? {} : { tabId };
  const isNeutral = (await readItem('neutralIcon')) === true;
  const title = browser.i18n.getMessage(isNeutral ? 'extensionName' : (`sign_${sign}` as 'sign_off'));
  const badge = isNeutral ? BADGES.off : BADGES[sign];
  await Promise.all([
    browser.action.setIcon({ ...where, path: iconPaths(isNeutral ? '' : `${sign}-`) }),
    browser.action.setBadgeText({ ...where, text: badge.text }),
    browser.action.setBadgeBackgroundColor({ ...where, color: badge.color }),
    browser.action.setTitle({ ...where, title }),
  ]).catch(() => undefined); // The tab was closed meanwhile.
}

/** Takes away the tabs' own signs, then shows the common one. */
export async function resetSigns(state: RecordingState): Promise<void> {
  const sign = signOf(state);
  await showSign(sign);
  for (const tab of await browser.tabs.query({})) {
    if (tab.id !== undefined) await showSign(sign, tab.id);
  }
}

/** @param prefix of the sign's files; empty for the extension's own icon. */
function iconPaths(prefix: string): Record<string, string> {
  return Object.fromEntries([16, 32, 48, 128].map((size) => [String(size), `/icons/${prefix}${size}.png`]));
}
