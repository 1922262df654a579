/**
 * Puts the recorder where the person has allowed it, and takes it away everywhere else.
 *
 * Background only. Without consent no content script is registered. Registrations do not outlive the browser
 * session: after a restart they are made again only once consent has been read again.
 */
import { browser, type Browser } from 'wxt/browser';
import type { ScriptPublicPath } from 'wxt/utils/inject-script';
import { originPattern, registrablePattern } from '../charter/match-pattern.ts';
import { SENSITIVE_PATTERNS } from '../charter/sensitive-places.ts';
import type { Terms } from '../consent/recording-state.ts';
import type { BackgroundNotice } from '../messages.ts';

const SCRIPT_ID = 'recorder';
/** One registration for both, so that neither is ever in a frame without the other. */
const SCRIPT_FILES: ScriptPublicPath[] = ['/vocabulary.js', '/recorder.js'];

/** Registers the recorder for the charter's apps and injects it into their tabs that are open already. */
export async function placeRecorder(terms: Terms): Promise<void> {
  const matches = terms.charter.apps.flatMap((app) => app.matches);
  if (matches.length === 0) return removeRecorder();
  const script: Browser.scripting.RegisteredContentScript = {
    id: SCRIPT_ID,
    js: SCRIPT_FILES,
    matches: matches.map(registrablePattern),
    excludeMatches: [...SENSITIVE_PATTERNS, ...terms.charter.neverRecord].map(registrablePattern),
    allFrames: true,
    matchOriginAsFallback: acceptsOriginFallback(matches),
    runAt: 'document_start',
    persistAcrossSessions: false,
  };
  if (await isRecorderPlaced()) await browser.scripting.updateContentScripts([script]);
  else await browser.scripting.registerContentScripts([script]);
  await injectIntoOpenTabs(matches);
}

/** Whether the recorder is registered, as it must be whenever recording is on. */
export async function isRecorderPlaced(): Promise<boolean> {
  return (await browser.scripting.getRegisteredContentScripts({ ids: [SCRIPT_ID] })).length > 0;
}

/** Unregisters the recorder and stops it in every tab and frame. */
export async function removeRecorder(): Promise<void> {
  if (await isRecorderPlaced()) await browser.scripting.unregisterContentScripts({ ids: [SCRIPT_ID] });
  await notifyEveryFrame({ notice: 'background:stop' });
}

/**
 * Tells every frame of every tab. Tabs without a recorder do not answer, which is no error.
 *
 * A message to a tab reaches all of its frames.
 */
export async function notifyEveryFrame(notice: BackgroundNotice): Promise<void> {
  const tabs = await browser.tabs.query({});
  await forAtMostOneSecond(tabs.map((tab) => notifyTab(tab.id, notice.notice)));
}

/** Tells every frame of one tab; nothing where it is gone meanwhile. */
export async function notifyTab(
  tabId: number | undefined,
  notice: BackgroundNotice['notice'],
): Promise<void> {
  const message: BackgroundNotice = { notice };
  if (tabId !== undefined) await browser.tabs.sendMessage(tabId, message).catch(() => undefined);
}

/** The recorder itself makes sure that it runs only once in a frame. */
async function injectIntoOpenTabs(matches: readonly string[]): Promise<void> {
  const tabs = await browser.tabs.query({ url: matches.map(originPattern) });
  await forAtMostOneSecond(
    tabs.map(async (tab) => {
      if (tab.id === undefined || tab.incognito) return;
      // Frames that the extension may not reach, and tabs that close meanwhile, are left alone.
      await browser.scripting
        .executeScript({
          target: { tabId: tab.id, allFrames: true },
          files: SCRIPT_FILES,
          injectImmediately: true,
        })
        .catch(() => undefined);
    }),
  );
}

/** A tab that hangs or shows a dialog answers late or never; the others must not wait for it. */
async function forAtMostOneSecond(answers: Promise<void>[]): Promise<void> {
  await Promise.race([Promise.all(answers), new Promise((resolve) => setTimeout(resolve, 1000))]);
}

/** Chromium accepts the fallback to the opener's origin (for about:blank frames) only with patterns for every path. */
function acceptsOriginFallback(matches: readonly string[]): boolean {
  return matches.every((pattern) => registrablePattern(pattern) === originPattern(pattern));
}
