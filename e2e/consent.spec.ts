import type { CDPSession, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { chromiumPath } from '../demo/open-browser.ts';
import { consentTo, countShown, joinStudy, openPopup, sendEverything } from '../demo/participant.ts';
import { createPerson } from '../demo/person.ts';
import { registeredScripts, toolbarOf } from './browser-state.ts';
import { countQueue, countQueueAtRest, dumpExtensionStorage } from './extension-storage.ts';
import { expect, test } from './fixtures.ts';

test('without consent a page is the same as without the extension, and the collector hears nothing', async ({
  openTappedStudy,
  openBrowserWithExtension,
}) => {
  const study = await openTappedStudy();
  const browser = await openBrowserWithExtension();
  await joinStudy(browser, study.invitation);
  const invitationRequests = study.tap.requests.length;
  const page = await browser.context.newPage();
  await work(page, study.workAppUrl);
  const withExtension = await fingerprint(page);

  const plainBrowser = await chromium.launch({
    ...chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu', '--headless=new'],
  });
  const plainPage = await plainBrowser.newPage({ viewport: { width: 1280, height: 800 } });
  await work(plainPage, study.workAppUrl);
  expect(withExtension).toEqual(await fingerprint(plainPage));
  await plainBrowser.close();

  expect(await registeredScripts(browser)).toEqual([]);
  expect((await listenersByWorld(page)).extensionWorlds).toBe(0);
  // The join page was read by the person; nothing since.
  expect(study.tap.requests.slice(invitationRequests)).toEqual([]);
  expect(
    study.tap.requests.every((request) => request.path === '/join' || request.path === '/favicon.ico'),
  ).toBe(true);

  // The comparison must be able to fail: with consent there are listeners, and still nothing that the page can see.
  const popup = await openPopup(browser, page);
  await consentTo(popup, ['pointer', 'keys', 'workflow']);
  await work(page, study.workAppUrl);
  expect((await listenersByWorld(page)).extension).toContain('window pointermove true');
  expect(await fingerprint(page)).toEqual(withExtension);
});

test('no is kept, asks nobody again and records nothing', { tag: '@firefox' }, async ({ joinAStudy }) => {
  const { study, browser, page, popup } = await joinAStudy();
  await popup.getByRole('button', { name: 'No, thank you' }).click();
  await expect(popup.getByText('You said no.')).toBeVisible();
  const requestsBefore = study.tap.requests.length;
  await work(page, study.workAppUrl);
  expect(await registeredScripts(browser)).toEqual([]);
  expect(study.tap.requests.length).toBe(requestsBefore);
});

test(
  'withdrawal stops every frame at once, deletes what was not sent, and erases what was',
  { tag: '@firefox' },
  async ({ joinAStudy }) => {
    const { study, browser, page, popup } = await joinAStudy({ path: '/help', charter: { holdHours: 24 } });
    await consentTo(popup, ['pointer', 'keys', 'workflow']);

    // One part is sent, one part stays on hold.
    await work(page, study.workAppUrl);
    await popup.bringToFront();
    expect((await countQueueAtRest(popup)).records).toBeGreaterThan(0);
    await sendEverything(popup);
    const sent = await countShown(popup, 'sent');
    expect(sent).toBeGreaterThan(0);
    await work(page, study.workAppUrl);
    await popup.bringToFront();
    await expect.poll(() => countShown(popup, 'held')).toBeGreaterThan(0);

    await popup.getByRole('button', { name: 'Stop and withdraw' }).click();
    await popup.getByRole('radio', { name: /at once/i }).check();
    await popup.getByRole('button', { name: 'Stop and withdraw now' }).click();
    await expect(popup.getByText('Recording is off')).toBeVisible();
    expect(await registeredScripts(browser)).toEqual([]);

    // Whatever the page does now leaves no trace in storage and on the wire.
    await work(page, study.workAppUrl);
    await expect
      .poll(() => study.tap.requests.filter((request) => request.path === '/v1/erasures').length)
      .toBe(sent);
    await expect
      .poll(() => dumpExtensionStorage(popup).then(storedRecords))
      .toEqual({ records: 0, steps: 0, batches: 0, erasures: 0 });
    const batches = study.tap.requests.filter((request) => request.path === '/v1/batches').length;
    await page.waitForTimeout(1500);
    expect(study.tap.requests.filter((request) => request.path === '/v1/batches').length).toBe(batches);
    expect(study.seal()).toContain('Nothing may be sealed');
  },
);

test(
  'what came of sending is said only beside counts that know of it',
  { tag: '@firefox-too' },
  async ({ joinAStudy }) => {
    const { study, page, popup } = await joinAStudy({ path: '/help', charter: { holdHours: 24 } });
    await consentTo(popup, ['pointer', 'workflow']);
    await work(page, study.workAppUrl);
    await popup.bringToFront();
    expect((await countQueueAtRest(popup)).records).toBeGreaterThan(0);
    // As on a machine that has much else to do: each look at storage takes longer than the next one is away.
    await popup.evaluate(() => {
      const { tabs } = chrome;
      const getTab = tabs.get.bind(tabs);
      tabs.get = (tabId) => new Promise((resolve) => setTimeout(resolve, 1500)).then(() => getTab(tabId));
    });
    for (let turn = 0; turn < 2; turn += 1) {
      const sentBefore = await countShown(popup, 'sent');
      await sendEverything(popup);
      await expect(popup.locator('[data-outcome]')).toHaveAttribute('data-outcome', 'accepted');
      expect(await countShown(popup, 'sent')).toBeGreaterThan(sentBefore);
      expect(await countShown(popup, 'held')).toBe(0);
      await work(page, study.workAppUrl);
      await popup.bringToFront();
      expect((await countQueueAtRest(popup)).records).toBeGreaterThan(0);
    }
  },
);

test('pause reaches open pages, and resuming goes on', async ({ joinAStudy }) => {
  const { browser, page, popup } = await joinAStudy({ charter: { holdHours: 24 } });
  await consentTo(popup, ['pointer']);
  const listeners = async () => (await listenersByWorld(page)).extension.length;
  await expect.poll(listeners).toBeGreaterThan(0);
  const recording = await listeners();
  await expect
    .poll(() => toolbarOf(browser, page))
    .toEqual({ badge: '●', title: 'Proffer: this page is being recorded' });
  const elsewhere = await browser.context.newPage();
  await elsewhere.goto('about:blank#elsewhere');
  expect((await toolbarOf(browser, elsewhere)).title).toBe('Proffer: this page is not recorded');
  await elsewhere.close();
  await popup.bringToFront();

  await popup.getByRole('button', { name: 'Pause until I resume' }).click();
  await expect(popup.getByText('Recording is paused')).toBeVisible();
  await expect.poll(listeners).toBe(0);
  await expect
    .poll(() => toolbarOf(browser, page))
    .toEqual({ badge: 'II', title: 'Proffer: recording is paused' });
  const paused = await countQueueAtRest(popup);
  await page.bringToFront();
  await createPerson(page).pointAt(page.getByRole('button', { name: 'Number' }));
  await popup.bringToFront();
  expect(await countQueueAtRest(popup)).toEqual(paused);

  await popup.getByRole('button', { name: 'Resume recording' }).click();
  await expect.poll(listeners).toBe(recording);
  await page.bringToFront();
  await createPerson(page).pointAt(page.getByRole('link', { name: 'Reports' }));
  await popup.bringToFront();
  await expect.poll(() => countQueue(popup).then(({ records }) => records)).toBeGreaterThan(paused.records);
});

/** A little of everything, on a page that is loaded anew. */
async function work(page: Page, workAppUrl: string): Promise<void> {
  await page.bringToFront();
  await page.goto(`${workAppUrl}/help`);
  const person = createPerson(page);
  const frame = page.frameLocator('iframe[title="Ask the desk"]');
  await person.fill(frame.getByRole('textbox', { name: 'Your question' }), 'when does the desk open again');
  await person.scroll(400);
  await person.scroll(-400);
}

/** What a page could notice: its document, its globals, native functions replaced, listeners in its own world. */
async function fingerprint(page: Page) {
  const seen = await page.evaluate(() => ({
    html: document.documentElement.outerHTML,
    globals: Object.getOwnPropertyNames(window).filter((name) => !/^\d+$/.test(name)),
    documentProperties: Object.getOwnPropertyNames(document),
    prototypes: [Event, EventTarget, Element, HTMLElement, History, Navigator].map((type) => [
      type.name,
      ...Object.entries(Object.getOwnPropertyDescriptors(type.prototype)).map(
        ([name, descriptor]) =>
          `${name} ${String(descriptor.value ?? descriptor.get).includes('[native code]')}`,
      ),
    ]),
  }));
  const { page: pageListeners } = await listenersByWorld(page);
  return { ...seen, pageListeners };
}

/** Listeners on window and document: the page's own, and those in worlds of extensions, which pages cannot see. */
async function listenersByWorld(
  page: Page,
): Promise<{ page: string[]; extension: string[]; extensionWorlds: number }> {
  const session = await page.context().newCDPSession(page);
  const extensionWorlds: number[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin.startsWith('chrome-extension://')) extensionWorlds.push(context.id);
  });
  // Tells of every world that is there already.
  await session.send('Runtime.enable');
  const pageListeners = await listenersIn(session, undefined);
  const extension = (await Promise.all(extensionWorlds.map((world) => listenersIn(session, world)))).flat();
  await session.detach();
  return { page: pageListeners, extension, extensionWorlds: extensionWorlds.length };
}

async function listenersIn(session: CDPSession, contextId: number | undefined): Promise<string[]> {
  const found: string[] = [];
  for (const expression of ['window', 'document']) {
    const { result } = await session.send('Runtime.evaluate', {
      expression,
      ...(contextId && { contextId }),
    });
    const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId! });
    found.push(
      ...listeners.map((listener) => `${expression} ${listener.type} ${String(listener.useCapture)}`),
    );
  }
  return found.sort();
}

declare const chrome: { tabs: { get(tabId: number): Promise<object> } };

function storedRecords(dump: string) {
  const stores = JSON.parse(dump) as Record<string, [unknown[], unknown[]]>;
  const count = (store: string) => stores[`proffer/${store}`]?.[0].length ?? 0;
  return {
    records: count('records'),
    steps: count('steps'),
    batches: count('batches'),
    erasures: count('erasures'),
  };
}
