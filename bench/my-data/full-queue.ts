/**
 * `npm run bench:my-data`: how long the My data page takes with 100,000 records and steps on the device.
 *
 * Runs on this computer, in real Chromium with the built extension, and prints what it measured: from the start of the
 * navigation until the timeline is drawn, and from the press until a session is open; the median of several loads.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openBrowser } from '../../demo/open-browser.ts';
import { consentTo, joinStudy, openMyData, openPopup } from '../../demo/participant.ts';
import { buildExtension, openStudy } from '../../demo/study.ts';
import { fillFromPage } from './fill-from-page.ts';
import type { Filling } from './fill-queue.ts';

const FILLING: Filling = { days: 30, sessionsADay: 8, steps: 240, heldMotions: 12, sentMotions: 166 };
const LOADS = 9;

const dir = mkdtempSync(join(tmpdir(), 'proffer-full-'));
const study = await openStudy(dir, { holdHours: 24 });
const browser = await openBrowser(buildExtension(join(dir, 'extension')), { headless: true });
try {
  await joinStudy(browser, study.invitation);
  const work = await browser.context.newPage();
  await work.goto(`${study.workAppUrl}/tickets`);
  await consentTo(await openPopup(browser, work), ['pointer', 'keys', 'workflow']);
  await work.close();
  const myData = await openMyData(browser);
  await fillFromPage(myData, FILLING);
  console.log(`On the device: ${JSON.stringify(await countRows(myData))}`);
  const shown: number[] = [];
  const opened: number[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    await myData.goto('about:blank');
    await myData.goto(`chrome-extension://${browser.extensionId}/my-data.html`);
    shown.push(await whenDrawn(myData, '.session'));
    const pressedMs = await myData.evaluate(() => {
      document.querySelector<HTMLAnchorElement>('.session a')!.click();
      return performance.now();
    });
    opened.push((await whenDrawn(myData, '.record')) - pressedMs);
  }
  console.log(`Timeline drawn after ${summary(shown)}`);
  console.log(`Session opened after ${summary(opened)}`);
} finally {
  await browser.close();
  await study.close();
  rmSync(dir, { recursive: true, force: true });
}

/** Ms since the navigation began, in the frame after the element is there. */
function whenDrawn(page: Page, selector: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        (function look() {
          if (document.querySelector(wanted) === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => resolve(performance.now()));
        })();
      }),
    selector,
  );
}

function countRows(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const asPromise = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await asPromise(indexedDB.open('proffer'));
    const counts: Record<string, number> = {};
    for (const name of ['records', 'steps', 'sessions', 'ledger'])
      counts[name] = await asPromise(database.transaction(name).objectStore(name).count());
    database.close();
    return counts;
  });
}

function summary(durationsMs: readonly number[]): string {
  const sorted = [...durationsMs].sort((one, other) => one - other).map(Math.round);
  return `${sorted[sorted.length >> 1]!} ms (from ${sorted[0]!} to ${sorted.at(-1)!} ms, ${sorted.length} loads)`;
}
