/**
 * `npm run screenshots`: pictures of every state of the popup, the join page and the consent page for `linked`, from the
 * built extension in a real browser.
 *
 * Writes docs/screenshots. Runs a study on loopback; some of the states are taken in the dark, with forced colours,
 * narrow and in German as well. `-- NAME` takes only the pictures whose names begin with it.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { openBrowser } from '../demo/open-browser.ts';
import {
  STATES_CHARTER,
  walkLinkedStates,
  walkStates,
  type WalkOptions,
} from '../demo/participant-states.ts';
import { buildExtension, openStudy } from '../demo/study.ts';
import type { Charter } from '../src/charter/charter.ts';
import { takeMyDataPictures } from './my-data-pictures.ts';
import { takeViewPictures } from './view-pictures.ts';

const OUT_DIR = fileURLToPath(new URL('../docs/screenshots', import.meta.url));
/** A popup is at most this large; what is longer scrolls. */
const POPUP_SIZE = { width: 400, height: 600 };
const PAGE_SIZE = { width: 760, height: 900 };
const NARROW_SIZE = { width: 320, height: 480 };

const DARK = /^(popup-(undecided|recording|paused|excluded|widened|withdraw|declined)|join-review|linked)$/;
const FORCED = /^popup-(recording|paused|undecided)$/;
const NARROW = /^popup-(recording|undecided)$/;
const GERMAN = /^popup-(undecided|recording|paused|widened|withdraw|stopped)$/;
/** Shown from top to bottom. */
const WHOLE = /^(popup-recording-whole|popup-linked|linked)$/;

const wanted = process.argv[2] ?? '';
const extensionDir = buildExtension();
mkdirSync(OUT_DIR, { recursive: true });

await takePictures('en', STATES_CHARTER, walkStates);
await takePictures('de', STATES_CHARTER, walkStates);
await takePictures('en', { ...STATES_CHARTER, protection: 'linked' }, walkLinkedStates);
await takeMyDataPictures(extensionDir, picture);
await takeViewPictures(picture);

async function takePictures(
  language: 'en' | 'de',
  charter: Partial<Charter>,
  walk: (options: WalkOptions) => Promise<void>,
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'proffer-pictures-'));
  const study = await openStudy(dir, charter);
  const browser = await openBrowser(extensionDir, { headless: true, locale: language });
  try {
    await walk({
      study,
      browser,
      language,
      show: (state, page) => (language === 'en' ? showEnglish(state, page) : showGerman(state, page)),
    });
  } finally {
    await browser.close();
    await study.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function showEnglish(state: string, page: Page): Promise<void> {
  await page.setViewportSize(state.startsWith('popup') ? POPUP_SIZE : PAGE_SIZE);
  await page.emulateMedia({ colorScheme: 'light' });
  await picture(state, page);
  if (DARK.test(state)) {
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(`${state}-dark`, page);
  }
  if (FORCED.test(state)) {
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
    await picture(`${state}-forced-colors`, page);
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  if (NARROW.test(state)) {
    await page.setViewportSize(NARROW_SIZE);
    await picture(`${state}-narrow`, page);
  }
}

async function showGerman(state: string, page: Page): Promise<void> {
  if (!GERMAN.test(state)) return;
  await page.setViewportSize(POPUP_SIZE);
  await picture(`${state}-de`, page);
}

async function picture(name: string, page: Page): Promise<void> {
  if (!name.startsWith(wanted)) return;
  await page.bringToFront();
  await page.screenshot({
    path: join(OUT_DIR, `${name}.png`),
    fullPage: WHOLE.test(name.replace(/-dark$/, '')),
    animations: 'disabled',
  });
}
