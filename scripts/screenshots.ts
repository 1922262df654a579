/**
 * `npm run screenshots`: pictures of the popup for the documents, from the built extension in a real browser.
 *
 * Writes docs/screenshots. Runs the demo study on loopback.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser } from '../demo/open-browser.ts';
import { consentTo, joinStudy, openPopup } from '../demo/participant.ts';
import { createPerson } from '../demo/person.ts';
import { buildExtension, openStudy } from '../demo/study.ts';

const OUT_DIR = fileURLToPath(new URL('../docs/screenshots', import.meta.url));
const POPUP_SIZE = { width: 400, height: 640 };

mkdirSync(OUT_DIR, { recursive: true });
const dir = mkdtempSync(join(tmpdir(), 'proffer-pictures-'));
const study = await openStudy(dir, { holdHours: 24, organization: 'Northwind Ltd' });
const browser = await openBrowser(buildExtension(), { headless: true });
try {
  await joinStudy(browser, study.invitation);
  const work = await browser.context.newPage();
  await work.goto(`${study.workAppUrl}/help`);
  const popup = await openPopup(browser, work);
  await popup.setViewportSize(POPUP_SIZE);
  await popup.waitForTimeout(1000);
  await popup.screenshot({ path: join(OUT_DIR, 'popup-undecided.png') });
  await consentTo(popup, ['pointer', 'keys', 'workflow']);
  await work.bringToFront();
  const person = createPerson(work);
  await person.scroll(300);
  await person.scroll(-300);
  const frame = work.frameLocator('iframe[title="Ask the desk"]');
  await person.fill(frame.getByRole('textbox', { name: 'Your question' }), 'when does the desk open again');
  await popup.bringToFront();
  await popup.waitForTimeout(2000);
  await popup.screenshot({ path: join(OUT_DIR, 'popup-recording.png') });
} finally {
  await browser.close();
  await study.close();
  rmSync(dir, { recursive: true, force: true });
}
