/**
 * Pictures of `proffer view`: the list, and an invented episode opened.
 *
 * A part of `npm run screenshots`. The dataset is pulled by the real command from a collector of the tests.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { anEpisode, aRow, aStep, aTarget, aView, keyedHashFor } from '../dataset/testing/published-rows.ts';
import { aCollector, CHARTER, pullOrFail, someRows } from '../dataset/testing/pulling.ts';
import { openView } from '../dataset/view/start-view.ts';
import { chromiumPath, QUIET_ARGS } from '../demo/open-browser.ts';

const WIDE = { width: 1180, height: 900 };

const list = { landmark: 'main', siblings: '10-19', listSize: '20+', role: 'link', tag: 'a' } as const;
const field = { role: 'textbox', tag: 'input', inputType: 'text', landmark: 'form', widthLog2: 9 } as const;
const number = unnamed({ ...list, gridX: 2, gridY: 3, elementKey: keyedHashFor('row') });
const search = aTarget({
  role: 'searchbox',
  tag: 'input',
  inputType: 'search',
  landmark: 'search',
  gridX: 8,
  gridY: 0,
  widthLog2: 8,
  term: 'search',
});
const subject = unnamed({ ...field, gridX: 6, gridY: 2, elementKey: keyedHashFor('subject') });
const status = unnamed({
  role: 'combobox',
  tag: 'select',
  landmark: 'form',
  gridX: 4,
  gridY: 4,
  widthLog2: 8,
});
const save = aTarget({ landmark: 'form', gridX: 4, gridY: 6, term: 'save' });
const cancel = aTarget({ landmark: 'form', gridX: 6, gridY: 6, term: 'cancel' });

/** A control whose name is no term. */
function unnamed(changes: Parameters<typeof aTarget>[0]) {
  const { term: _term, ...target } = aTarget(changes);
  return target;
}

/** A ticket looked for, changed, refused, mended and saved. */
const EPISODE = anEpisode(0, {
  outcome: 'done',
  views: [aView(), aView({ viewKey: keyedHashFor('ticket'), navigation: 'push' })],
  steps: [
    aStep({ target: search, effect: 'focusMoved', pauseBeforeMs: 0 }),
    aStep({ action: 'type', length: '5-9', target: search, effect: 'stateChanged' }),
    aStep({ target: number, effect: 'viewChanged', pauseBeforeMs: 1500, pathFlags: ['hesitated'] }),
    aStep({ action: 'select', target: status, view: 1, effect: 'stateChanged', pauseBeforeMs: 2000 }),
    aStep({ target: save, view: 1, effect: 'formInvalid', pauseBeforeMs: 750 }),
    aStep({ target: subject, view: 1, effect: 'focusMoved', pauseBeforeMs: 3000, pathFlags: ['overshot'] }),
    aStep({
      action: 'type',
      length: '20-49',
      target: subject,
      view: 1,
      effect: 'stateChanged',
      pauseBeforeMs: 1000,
    }),
    aStep({ action: 'undo', target: subject, view: 1, effect: 'stateChanged', pauseBeforeMs: 500 }),
    aStep({ action: 'drag', target: cancel, destination: save, view: 1, pauseBeforeMs: 250 }),
    aStep({ target: save, view: 1, effect: 'viewChanged', pauseBeforeMs: 1000 }),
  ],
  gaps: [{ afterStep: 6, reason: 'sensitiveField' }],
});
/** The one shown: a button pressed, in a view of which several controls are known. */
const SHOWN = /save/;

export async function takeViewPictures(take: (name: string, page: Page) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'proffer-pictures-'));
  const outDir = join(dir, 'dataset');
  await pullOrFail(aCollector([...someRows(1, 80), aRow(CHARTER.hash, EPISODE)]), outDir);
  const view = await openView(outDir);
  const browser = await chromium.launch({ ...chromiumPath(), args: QUIET_ARGS });
  try {
    const page = await browser.newPage({ viewport: WIDE, locale: 'en' });
    await page.goto(view.url);
    await take('view-list', page);
    await page.goto(`${view.url}records/${EPISODE.recordId}`);
    await page.getByRole('button', { name: SHOWN }).last().click();
    await page.getByRole('heading', { level: 1 }).click();
    await take('view-episode', page);
  } finally {
    await browser.close();
    await view.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
