/**
 * Draws the extension's icons into `public/icons`: the four signs of the toolbar and the extension's own, in the sizes
 * that browsers ask for.
 *
 * Run by hand when a drawing changes (`node scripts/draw-icons.ts`), with a Chromium at `CHROMIUM_PATH`. The signs
 * differ by shape and by colour, so that neither has to be seen to tell them apart.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';

const SIZES_PX = [16, 32, 48, 128];
const OUT = new URL('../public/icons/', import.meta.url);

/** Drawings on a 32 x 32 canvas; names are file names before the size. */
const DRAWINGS: Record<string, string> = {
  /** A full disc with a white centre, as on any recorder. */
  'recording-':
    '<circle cx="16" cy="16" r="14" fill="#c5221f"/><circle cx="16" cy="16" r="5.5" fill="#fff"/>',
  /** A filled square with two bars. */
  'paused-':
    '<rect x="2" y="2" width="28" height="28" rx="7" fill="#b26a00"/><path d="M12 9v14M20 9v14" stroke="#fff" stroke-width="4.5" stroke-linecap="round"/>',
  /** A ring with a slash. */
  'excluded-':
    '<circle cx="16" cy="16" r="12" fill="none" stroke="#687f95" stroke-width="4"/><path d="M7.8 24.2 24.2 7.8" stroke="#687f95" stroke-width="4"/>',
  /** An empty square: nothing in it. */
  'off-': '<rect x="4" y="4" width="24" height="24" rx="6" fill="none" stroke="#7b7f86" stroke-width="4"/>',
  /** A pointer held out on an open palm. */
  '': '<rect width="32" height="32" rx="7.5" fill="#0b5f66"/><path d="M12 4.5v14.2l3.7-3.2 2.4 5 2.9-1.4-2.4-4.9 4.8-.5z" fill="#fff"/><path d="M5.5 20.5c2 4.6 6 6.8 10.5 6.8s8.5-2.2 10.5-6.8" fill="none" stroke="#8fe0d0" stroke-width="2.6" stroke-linecap="round"/>',
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
mkdirSync(OUT, { recursive: true });
for (const [name, drawing] of Object.entries(DRAWINGS)) {
  for (const sizePx of SIZES_PX)
    writeFileSync(new URL(`${name}${sizePx}.png`, OUT), await draw(page, drawing, sizePx));
}
await browser.close();

async function draw(page: Page, drawing: string, sizePx: number): Promise<Buffer> {
  await page.setViewportSize({ width: sizePx, height: sizePx });
  await page.setContent(
    `<body style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="${sizePx}" height="${sizePx}" style="display:block">${drawing}</svg></body>`,
  );
  return page.screenshot({ omitBackground: true });
}
