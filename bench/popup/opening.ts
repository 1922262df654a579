/**
 * `npm run bench:popup`: how long it takes from opening the real popup until its state is drawn, with few records on the
 * device and with 100,000.
 *
 * Runs on this computer, in real Chromium with the built extension. The popup is opened by `action.openPopup()` and
 * tells by its own paint timing when its first content was drawn, which is the state. Prints the figures and writes
 * bench/results/popup.json.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openBrowser } from '../../demo/open-browser.ts';
import { consentTo, extensionPage, joinStudy, openPopup } from '../../demo/participant.ts';
import { createPerson } from '../../demo/person.ts';
import { buildExtension, openStudy } from '../../demo/study.ts';
import { describeMachine } from '../server/describe-machine.ts';

const OPENINGS = 21;
const MANY_RECORDS = 100_000;

interface Opening {
  /** Since the popup's navigation began. */
  stateDrawnMs: number;
  /** Until the counts stood there as well. */
  countsDrawnMs: number;
}

const dir = mkdtempSync(join(tmpdir(), 'proffer-popup-'));
const study = await openStudy(join(dir, 'study'), { holdHours: 24 });
const browser = await openBrowser(buildExtension(join(dir, 'extension')), { headless: true });
try {
  await joinStudy(browser, study.invitation);
  const work = await browser.context.newPage();
  await work.goto(`${study.workAppUrl}/help`);
  const popup = await openPopup(browser, work);
  await consentTo(popup, ['pointer', 'keys', 'workflow']);
  await work.bringToFront();
  await createPerson(work).scroll(300);
  await createPerson(work).pointAt(work.getByRole('link', { name: 'Reports' }));
  await work.waitForTimeout(4000);
  await popup.close();

  // Any page of the extension can open the popup and look into it.
  const opener = await browser.context.newPage();
  await opener.goto(extensionPage(browser, 'join.html'));
  const few = await openOften(opener);
  const recordCount = await copyRecords(opener, MANY_RECORDS);
  const many = await openOften(opener);
  const results = { machine: describeMachine(), openings: OPENINGS, few, many: { recordCount, ...many } };
  console.log(results);
  const file = new URL('../results/popup.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
} finally {
  await browser.close();
  await study.close();
  rmSync(dir, { recursive: true, force: true });
}

async function openOften(opener: Page) {
  const openings: Opening[] = [];
  // The first one is made while the browser still starts other things.
  for (let opening = 0; opening <= OPENINGS; opening += 1) openings.push(await openOnce(opener));
  openings.shift();
  const ofAll = (figure: keyof Opening) => {
    const sorted = openings.map((opening) => Math.round(opening[figure])).sort((one, other) => one - other);
    return { min: sorted[0]!, median: sorted[OPENINGS >> 1]!, max: sorted.at(-1)! };
  };
  return { stateDrawnMs: ofAll('stateDrawnMs'), countsDrawnMs: ofAll('countsDrawnMs') };
}

/** The browser's own interface, as code that is evaluated in an extension page sees it. */
declare const chrome: {
  action: { openPopup(): Promise<void> };
  extension: { getViews(about: { type: 'popup' }): (Window & typeof globalThis)[] };
};

async function openOnce(opener: Page): Promise<Opening> {
  await opener.bringToFront();
  const opening = await opener.evaluate(async () => {
    const wait = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs));
    await chrome.action.openPopup();
    const untilMs = performance.now() + 10_000;
    while (performance.now() < untilMs) {
      await wait(5);
      const popup = chrome.extension.getViews({ type: 'popup' })[0];
      const drawn = popup?.performance.getEntriesByName('first-contentful-paint')[0];
      const hasCounts = popup?.document.querySelector('[data-pieces=captured]') != null;
      if (!popup || !drawn || !hasCounts) continue;
      const found = { stateDrawnMs: drawn.startTime, countsDrawnMs: popup.performance.now() };
      popup.close();
      await wait(300);
      return found;
    }
    return undefined;
  });
  if (opening === undefined) throw new Error('the popup did not show');
  return opening;
}

/**
 * Fills the queue with copies of a record that was recorded, each with a number of its own, on hold for some days.
 *
 * @returns how many records there are now.
 */
function copyRecords(opener: Page, count: number): Promise<number> {
  return opener.evaluate(async (wanted) => {
    const asPromise = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('the queue cannot be filled'));
      });
    const database = await asPromise(indexedDB.open('proffer'));
    const inStore = () => database.transaction('records', 'readwrite').objectStore('records');
    const [model] = (await asPromise(inStore().getAll(null, 1))) as { dueAtMs: number }[];
    for (let first = 0; first < wanted; first += 5000) {
      const store = inStore();
      for (let index = first; index < Math.min(wanted, first + 5000); index += 1) {
        const dueAtMs = model!.dueAtMs + index * 1000;
        const recordId = `copy${String(index).padStart(18, '0')}`;
        store.put({ ...model, recordId, counter: 1_000_000 + index, dueAtMs });
      }
      await new Promise((resolve) => (store.transaction.oncomplete = resolve));
    }
    const stored = await asPromise(inStore().count());
    database.close();
    return stored;
  }, count);
}
