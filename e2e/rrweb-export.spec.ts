/**
 * The rrweb export, played by rrweb's own player in a real browser: what is seen, where and when.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { exportDataset } from '../dataset/export/export-dataset.ts';
import { withTemporaryFolder } from '../dataset/testing/dataset-reader.ts';
import { createFakeCollector } from '../dataset/testing/fake-collector.ts';
import { aRow, aStep, aTarget, aTrace, aView } from '../dataset/testing/published-rows.ts';
import { LINKED_CHARTER, LINKED_PURPOSE, pullOrFail } from '../dataset/testing/pulling.ts';
import { packPath } from '../src/trace/packed-path.ts';
import { expect, test } from './capture-page.ts';

test.use({ viewport: { width: 1300, height: 900 } });

/** rrweb's player as a page loads it; nothing of it is imported, here or in what is shipped. */
const PLAYER = fileURLToPath(new URL('../node_modules/rrweb/dist/rrweb.umd.min.cjs', import.meta.url));
const PLAYER_STYLE = fileURLToPath(new URL('../node_modules/rrweb/dist/style.css', import.meta.url));

const NUMBER = aTarget({ gridX: 2, gridY: 2, widthLog2: 8, heightLog2: 6, role: 'button', term: 'save' });
const FIELD = aTarget({ gridX: 8, gridY: 4, widthLog2: 8, heightLog2: 5, role: 'textbox', term: 'search' });
const LINK = aTarget({ gridX: 4, gridY: 6, widthLog2: 7, heightLog2: 5, role: 'link', term: 'next' });

const movement = (startMs: number, afterStep: number, dxPx: number[], dyPx: number[]) => ({
  startMs,
  afterStep,
  path: packPath({ dxPx, dyPx }),
  end: 'click' as const,
  pauseBefore: 'short' as const,
  endOffset: { xQuarters: 0, yQuarters: 0 },
  target: { role: 'button' as const, widthLog2: 7, heightLog2: 5 },
  pointerType: 'mouse' as const,
  nestedScroller: false,
});
const steady = (px: number) => Array.from({ length: 20 }, () => px);

/** To the button and a click; to the field, a click and ten keys; a scroll; another view and a click there. */
const TRACE = aTrace(1, {
  split: 1,
  views: [aView(), aView({ app: 'mail', viewKey: 'AAAAAAAAAAA' })],
  steps: [
    aStep({ target: NUMBER, pauseBeforeMs: 0 }),
    aStep({ target: FIELD, pauseBeforeMs: 1000 }),
    aStep({ action: 'type', target: FIELD, length: '10-19', pauseBeforeMs: 500 }),
    aStep({ action: 'scroll', direction: 'down', amount: 'page', pauseBeforeMs: 1000 }),
    aStep({ target: LINK, view: 1, pauseBeforeMs: 1000 }),
  ],
  gaps: [{ afterStep: 3, reason: 'paused' }],
  motions: [
    movement(0, -1, steady(8), steady(4)),
    movement(1500, 0, steady(28), steady(8)),
    movement(6000, 3, steady(-20), steady(8)),
  ],
  rhythms: [],
});

declare const rrweb: { Replayer: new (events: unknown[], options: object) => object };
declare global {
  interface Window {
    player: {
      pause(atMs: number): void;
      play(atMs: number): void;
      on(name: string, heard: (event: unknown) => void): void;
      getMetaData(): { totalTime: number };
      iframe: HTMLIFrameElement;
    };
    clicked: string[];
    isFinished: boolean;
  }
}

/** Opens the player on a page of its own with the events of a file, and collects what the page complains of. */
async function openPlayer(page: Page, events: unknown[]): Promise<string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.setContent('<!doctype html><body style="margin:0"><div id=stage></div>');
  await page.addStyleTag({ path: PLAYER_STYLE });
  await page.addScriptTag({ path: PLAYER });
  await page.evaluate((given) => {
    const { Replayer } = rrweb;
    const root = document.querySelector('#stage');
    const options = { root, mouseTail: { duration: 2000, strokeStyle: '#c00' }, showWarning: true, speed: 1 };
    window.player = new Replayer(given, options) as Window['player'];
    window.clicked = [];
    window.isFinished = false;
    window.player.on('mouse-interaction', (event) => {
      const { type, target } = event as { type: number; target: Element };
      if (type === 2) window.clicked.push(target.getAttribute('role') ?? target.tagName);
    });
    window.player.on('finish', () => {
      window.isFinished = true;
    });
  }, events);
  return complaints;
}

/** Where the player's cursor stands, and what of the page is seen. */
function look(page: Page) {
  return page.evaluate(() => {
    const cursor = document.querySelector<HTMLElement>('.replayer-mouse')!;
    const seen = window.player.iframe.contentDocument!;
    return {
      x: parseFloat(cursor.style.left),
      y: parseFloat(cursor.style.top),
      isActive: cursor.classList.contains('active'),
      scrollY: window.player.iframe.contentWindow!.scrollY,
      typed: seen.querySelector('input')?.value,
      roles: [...seen.querySelectorAll('[role]')].map((element) => element.getAttribute('role')).sort(),
      landmarks: [...seen.querySelectorAll('.landmark')].map((element) => element.textContent),
    };
  });
}

async function exportTrace(folder: string): Promise<{ type: number; timestamp: number }[]> {
  const datasetDir = join(folder, 'dataset');
  const collector = createFakeCollector({
    charters: { [LINKED_CHARTER.hash]: LINKED_CHARTER.text },
    purpose: LINKED_PURPOSE,
    releases: [{ number: 1, rows: [aRow(LINKED_CHARTER.hash, TRACE)] }],
  });
  await pullOrFail(collector, datasetDir, { purpose: LINKED_PURPOSE });
  const outDir = join(folder, 'export');
  expect(await exportDataset({ datasetDir, format: 'rrweb', outDir })).toMatchObject({ kind: 'done' });
  const dir = join(outDir, 'events/release-0001');
  const [file, ...others] = await readdir(dir);
  expect(others).toEqual([]);
  return JSON.parse(await readFile(join(dir, file!), 'utf8')) as { type: number; timestamp: number }[];
}

test(
  'a trace is played in rrweb: the cursor goes its way, clicks, types and scrolls at the times told',
  { tag: '@firefox' },
  async ({ page }, testInfo) => {
    await withTemporaryFolder(async (folder) => {
      const events = await exportTrace(folder);
      const complaints = await openPlayer(page, events);
      const lookAt = async (atMs: number) => {
        await page.evaluate((ms) => window.player.pause(ms), atMs);
        return look(page);
      };

      // It ends in the middle of the button, (250, 250); a player that jumps shows the last of each half second's samples.
      const onTheWay = await lookAt(500);
      expect(onTheWay).toMatchObject({ x: 250 - 11 * 8, y: 250 - 11 * 4 });
      expect(onTheWay.roles).toEqual(['button', 'textbox']);
      expect(onTheWay.landmarks).toEqual(['main']);
      expect(await lookAt(1049)).toMatchObject({ x: 250, y: 250 });

      // The second movement ends at 2,500 ms; the scroll is a pause of 500 and one of 1,000 ms later.
      const onField = await lookAt(2600);
      expect(onField).toMatchObject({ x: 850, y: 450, scrollY: 0, typed: '' });
      expect(await lookAt(3100)).toMatchObject({ typed: '•'.repeat(10), scrollY: 0 });
      await page.screenshot({ path: testInfo.outputPath('typed.png') });
      expect(await lookAt(4100)).toMatchObject({ scrollY: 800 });
      const inMail = await lookAt(7010);
      expect(inMail).toMatchObject({ x: 450, y: 650, scrollY: 0, roles: ['link'] });
      await page.screenshot({ path: testInfo.outputPath('mail.png') });

      // Played as a person would see it, from the start to the end.
      await page.evaluate(() => {
        window.clicked = [];
        window.player.play(0);
      });
      const { totalTime } = await page.evaluate(() => window.player.getMetaData());
      await expect.poll(() => page.evaluate(() => window.isFinished), { timeout: 4 * totalTime }).toBe(true);
      expect(await page.evaluate(() => window.clicked)).toEqual(['button', 'textbox', 'link']);
      expect(complaints).toEqual([]);
    });
  },
);
