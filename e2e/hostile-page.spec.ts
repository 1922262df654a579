/**
 * A page that is against being recorded: it cannot break the recorder, put anything into a record, or tell that it is there.
 */
import { readdirSync } from 'node:fs';
import { chromium, firefox, type Browser, type CDPSession, type Page } from '@playwright/test';
import { chromiumPath, QUIET_ARGS } from '../demo/open-browser.ts';
import { consentTo } from '../demo/participant.ts';
import { createCanarySearch, hatchCanaries } from './canaries.ts';
import { countQueueAtRest, dumpExtensionStorage } from './extension-storage.ts';
import { HOSTILE_CONTROLS, hostilePage } from './hostile-page.ts';
import { launchPlainFirefox } from './open-firefox.ts';
import { expect, test } from './open-placed.ts';
import { tapMessages, tappedMessages } from './tap-messages.ts';
import { told } from './told-steps.ts';
import { viewOfPage, watchPage } from './traces-of-extension.ts';

/** Slow machines need minutes for a thousand frames, with or without a recorder. */
test.setTimeout(600_000);

/** The click, ten consequences of it, and as many views. */
const MOST_OF_ONE_CLICK = 25;

/** On a slow machine a page like these spends even that, which is told as a gap and is no deed of anybody. */
async function deedsTold(popup: Page): Promise<string[]> {
  return (await told(popup)).filter((deed) => deed !== 'gap budget');
}

/** A page that is driven by its own script: whatever a test tool runs in it may be lied to. */
async function tell<Value>(cdp: CDPSession, expression: string): Promise<Value> {
  const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', { expression });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as Value;
}

async function press(page: Page, name: keyof typeof HOSTILE_CONTROLS): Promise<void> {
  const [xPx, yPx] = HOSTILE_CONTROLS[name];
  await page.mouse.click(xPx, yPx);
}

test('a page that floods, provokes, lies and is without end: what a person does is recorded, once, and nothing else', async ({
  openPlaced,
}) => {
  const secrets = hatchCanaries(['page']);
  const { browser, page, popup } = await openPlaced({ '/': hostilePage(secrets.page) });
  await tapMessages(await browser.worker());
  await consentTo(popup, ['pointer', 'keys', 'workflow']);
  await page.bringToFront();
  await page.reload();
  await page.waitForTimeout(2500);
  const cdp = await page.context().newCDPSession(page);
  await press(page, 'save');
  // Longer than anything can be a consequence of it.
  await page.waitForTimeout(1500);
  await tell(cdp, 'hostile.grow()');
  for (const attack of ['flood', 'provoke']) {
    await tell(cdp, `hostile.${attack}(1500)`);
    await page.waitForTimeout(2000);
  }
  // A slow machine has still to do what was asked of it.
  let sent = 0;
  await expect.poll(async () => sent === (sent = await tell<number>(cdp, 'hostile.sent'))).toBe(true);
  expect(sent).toBeGreaterThan(10_000);
  await tell(cdp, 'scrollTo(0, 0); hostile.poison()');
  await press(page, 'cancel');
  await press(page, 'field');
  await page.keyboard.type('abc');
  for (const name of ['next', 'delete', 'close', 'giant'] as const) await press(page, name);
  await countQueueAtRest(popup);
  expect(await deedsTold(popup)).toEqual([
    'click save',
    'click cancel',
    'click textbox',
    'type textbox',
    'click next',
    'click delete',
    'click close',
    'click other',
  ]);
  expect(await tell(cdp, 'said()'), 'nothing that the page has replaced was used').toBe('{}');

  // A click as the cause of all that a page can provoke: what came of it is told, but not a thousand times.
  const before = (await countQueueAtRest(popup)).steps;
  await press(page, 'more');
  const after = (await countQueueAtRest(popup)).steps;
  expect(await deedsTold(popup)).toContain('click more');
  expect(after - before).toBeLessThan(MOST_OF_ONE_CLICK);

  const findCanaries = createCanarySearch(secrets);
  const messages = JSON.stringify(await tappedMessages(await browser.worker()));
  expect(messages).toContain('page:fragments');
  expect(findCanaries('messages to the background', messages)).toEqual([]);
  expect(findCanaries('extension storage', await dumpExtensionStorage(popup))).toEqual([]);
});

test(
  'a page cannot tell that it is recorded: it sees what it sees in a browser without the extension',
  { tag: '@firefox' },
  async ({ openPlaced, browserName }) => {
    const document = `<!doctype html><link rel=icon href="data:,"><script>(${watchPage.toString()})()</script><body style="margin:0">
    <button style="position:absolute;left:10px;top:10px">Save</button>
    <input id=field style="position:absolute;left:110px;top:10px">
    <form onsubmit="event.preventDefault()" style="position:absolute;top:60px"><input><button>Send</button></form>
    <iframe srcdoc="x"></iframe><div style="height:4000px"></div></body>`;
    const { browser, origin, page, popup } = await openPlaced({ '/': document });
    await consentTo(popup, ['pointer', 'keys', 'workflow']);
    await page.bringToFront();
    await page.reload();
    await workOn(page);
    await expect.poll(() => deedsTold(popup)).toContain('type textbox');
    const recorded = await page.evaluate(viewOfPage);
    const unrecorded = await inPlainBrowser(browserName, async (plain) => {
      const other = await plain.newPage({ viewport: { width: 1280, height: 800 } });
      await other.goto(`${origin}/`);
      await other.reload();
      await workOn(other);
      return other.evaluate(viewOfPage);
    });
    // In Firefox their order tells which were asked for first, by whomever (README, What differs on Firefox).
    if (browserName === 'firefox')
      for (const { surroundings } of [recorded, unrecorded]) (surroundings.prototypes as unknown[][]).sort();
    expect(recorded.surroundings).toEqual(unrecorded.surroundings);
    expect(recorded.told).toContain(origin);
    expect(recorded.told).not.toMatch(/extension|proffer|recorder|vocabulary/);
    const files = readdirSync(process.env.PROFFER_EXTENSION_DIR!, { recursive: true }).map(String);
    const address = browser.extensionOrigin;
    const reached = await page.evaluate(
      async ([base, paths]) => {
        const found: string[] = [];
        for (const path of paths) {
          await fetch(`${base}/${path}`, { mode: 'no-cors' }).then(
            () => found.push(path),
            () => undefined,
          );
        }
        return found;
      },
      [address, files] as const,
    );
    expect(files.length).toBeGreaterThan(10);
    expect(reached).toEqual([]);
  },
);

/** One without the extension. */
async function inPlainBrowser<Found>(
  browserName: string,
  look: (browser: Browser) => Promise<Found>,
): Promise<Found> {
  const lookIn = async (browser: Browser) => look(browser).finally(() => browser.close());
  if (browserName === 'firefox')
    return launchPlainFirefox(async (options) => lookIn(await firefox.launch(options)));
  const headless = { headless: false, args: ['--headless=new', ...QUIET_ARGS, '--lang=en'] };
  return lookIn(await chromium.launch({ ...chromiumPath(), ...headless }));
}

async function workOn(page: Page): Promise<void> {
  await page.waitForTimeout(2500);
  await page.mouse.move(30, 20, { steps: 10 });
  await page.mouse.click(30, 20);
  await page.mouse.click(150, 20);
  await page.keyboard.type('abc');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.mouse.wheel(0, 300);
  await page.waitForTimeout(1000);
}

test('a page of 1,000 frames is recorded as any other', async ({ openPlaced }) => {
  const { page, popup } = await openPlaced({ '/': hostilePage('quiet') });
  await consentTo(popup, ['workflow']);
  await page.bringToFront();
  await page.reload();
  await page.waitForTimeout(2500);
  const cdp = await page.context().newCDPSession(page);
  await tell(cdp, 'hostile.addFrames()');
  await press(page, 'save');
  await press(page, 'next');
  // A browser of 1,000 frames needs its time for everything.
  await expect.poll(() => deedsTold(popup), { timeout: 120_000 }).toEqual(['click save', 'click next']);
});
