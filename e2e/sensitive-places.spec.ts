/**
 * Pages that are sensitive by what they show: not recorded, what they gave in the last minute dropped, and said so.
 */
import type { Page } from '@playwright/test';
import { consentTo, joinStudy, openPopup } from '../demo/participant.ts';
import type { BrowserOfPerson } from '../demo/open-browser.ts';
import { countQueueAtRest, type QueueCount } from './extension-storage.ts';
import { expect, test as base } from './fixtures.ts';
import { servePages } from './serve-pages.ts';

declare const chrome: { action: { getTitle(about: { tabId: number }): Promise<string> } };

const work = '<button id="work">Save</button><input id="text"><p id="rest">text</p>';
const FRAME = '<!doctype html><button id="inside">Save</button><input id="inside-text">';
const PAGES: Record<string, string> = {
  '/plain': work,
  '/inner': FRAME,
  '/inner-secret': `${FRAME}<input type="password" id="secret">`,
  '/hidden': `${work}<dialog><input type="password"></dialog><input type="password" style="display:none">
    <input type="password" style="position:absolute;left:-999px"><input type="password" style="width:1px;height:1px;padding:0;border:0">
    <div style="visibility:hidden"><input type="password"></div><iframe src="/inner-secret" width="1" height="1"></iframe>`,
  '/app': `${work}<iframe src="/inner"></iframe><button id="open" onclick="document.querySelector('dialog').show()">Settings</button>
    <dialog><input type="password" id="secret"></dialog>`,
  '/around': `${work}<iframe src="/inner-secret" width="400" height="200"></iframe>`,
  '/account': `${work}<form><input type="email" id="mail"><input type="password" id="secret"></form>`,
  '/card': `${work}<input autocomplete="section-a billing cc-number" id="secret">`,
  '/expiry': `${work}<select autocomplete="cc-exp-month" id="secret"><option>1<option>2</select>`,
  '/code': `${work}<input autocomplete="one-time-code" id="secret">`,
  '/new': `${work}<input autocomplete="new-password" id="secret">`,
  '/split': `${work}<form>${'<input maxlength="1" inputmode="numeric">'.repeat(6)}</form>`,
  '/pay': `${work}<iframe src="about:blank" allow="payment *" width="300" height="60"></iframe>`,
  '/component': `${work}<x-sign-in></x-sign-in><script>customElements.define('x-sign-in', class extends HTMLElement {
    constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = '<input id="secret" type="password">'; } })</script>`,
};

interface Recorded {
  page: Page;
  browser: BrowserOfPerson;
  popup: Page;
  goTo: (path: string) => Promise<void>;
  /** What rests in the queue once everything under way has arrived. */
  held: () => Promise<QueueCount>;
  /** What the popup says of the page, and the toolbar. */
  sign: () => Promise<{ popup: string | null; why: string; toolbar: string }>;
}

const test = base.extend<{ openRecordedPage: (path: string) => Promise<Recorded> }>({
  openRecordedPage: async ({ openTappedStudy, openBrowserWithExtension }, use) => {
    const pages = await servePages((path) => PAGES[path] && `<!doctype html><body>${PAGES[path]}`);
    await use(async (path) => {
      const apps = [{ label: 'pages', matches: [`${pages.origin}/*`] }];
      const study = await openTappedStudy({ apps, holdHours: 24 });
      const browser = await openBrowserWithExtension();
      await joinStudy(browser, study.invitation);
      const page = await browser.context.newPage();
      await page.goto(pages.origin + path);
      const popup = await openPopup(browser, page);
      await consentTo(popup, ['pointer', 'keys', 'workflow']);
      const tabId = Number(new URL(popup.url()).searchParams.get('tab'));
      await page.bringToFront();
      return {
        page,
        browser,
        popup,
        goTo: async (next) => {
          await page.goto(pages.origin + next);
        },
        held: () => countQueueAtRest(popup),
        sign: async () => ({
          popup: await popup.locator('[data-sign]').getAttribute('data-sign'),
          why: (await popup.locator('[data-sign] p').textContent()) ?? '',
          toolbar: await (
            await browser.worker()
          ).evaluate((id) => chrome.action.getTitle({ tabId: id }), tabId),
        }),
      };
    });
    await pages.close();
  },
});

/** Moves, clicks and types enough for a record of each kind. */
async function useThe(page: Page, text = '#text', button = '#work'): Promise<void> {
  await page.mouse.move(700, 500);
  for (let step = 1; step <= 14; step++) {
    await page.mouse.move(700 - step * 20, 500 - step * 12);
    await page.waitForTimeout(25);
  }
  await page.click(button);
  await page.click(text);
  await page.keyboard.type('typed on the page, long enough for a rhythm', { delay: 15 });
  await page.click('#rest');
}

test(
  'a page that asks for a password while it is open stops being recorded and loses its last minute',
  { tag: '@firefox' },
  async ({ openRecordedPage }) => {
    const { page, held, sign } = await openRecordedPage('/app');
    await useThe(page);
    const before = await held();
    expect(before.records).toBeGreaterThan(1);
    expect(before.steps).toBeGreaterThan(2);
    expect(await sign()).toMatchObject({
      popup: 'recording',
      toolbar: 'Proffer: this page is being recorded',
    });

    await page.click('#open');
    await page.click('#secret');
    await page.keyboard.type('never recorded');
    const after = await held();
    expect(after).toMatchObject({ records: 0, steps: 0 });
    expect(after.dropped).toBeGreaterThanOrEqual(before.records + before.steps);
    await expect.poll(sign).toEqual({
      popup: 'excluded',
      why: expect.stringContaining('fields for a password') as unknown as string,
      toolbar: 'Proffer: this page is not recorded',
    });

    // The field is gone again, but it is still the same view; its frame is part of it.
    await page.evaluate(() => document.querySelector('dialog')!.close());
    await useThe(page);
    await page.frameLocator('iframe').locator('#inside').click();
    await page
      .frameLocator('iframe')
      .locator('#inside-text')
      .pressSequentially('inside the frame', { delay: 15 });
    expect(await held()).toMatchObject({ records: 0, steps: 0 });

    await page.evaluate(() => history.pushState({}, '', '/tickets'));
    await expect
      .poll(sign)
      .toMatchObject({ popup: 'recording', toolbar: 'Proffer: this page is being recorded' });
    await useThe(page);
    await page.frameLocator('iframe').locator('#inside').click();
    expect((await held()).records).toBeGreaterThan(1);
  },
);

test(
  'hidden and tiny password fields do not keep a page from being recorded',
  { tag: '@firefox' },
  async ({ openRecordedPage }) => {
    const { page, held, sign } = await openRecordedPage('/hidden');
    await useThe(page);
    expect((await held()).records).toBeGreaterThan(1);
    expect(await sign()).toMatchObject({ popup: 'recording' });
  },
);

test(
  'pages that show a password, a code, a card or a payment frame give nothing, frames and all',
  { tag: '@firefox-too' },
  async ({ openRecordedPage }) => {
    const { page, goTo, held, sign } = await openRecordedPage('/account');
    for (const path of ['/account', '/card', '/expiry', '/code', '/new', '/split', '/pay', '/around']) {
      await goTo(path);
      await page.waitForTimeout(300);
      await useThe(page);
      expect(await held(), path).toMatchObject({ records: 0, steps: 0 });
      await expect.poll(sign, path).toMatchObject({ popup: 'excluded' });
    }
    // A form inside a component is met when it is touched; what was recorded before is dropped then.
    await goTo('/component');
    await useThe(page);
    expect((await held()).records).toBeGreaterThan(1);
    await page.locator('#secret').click();
    await page.keyboard.type('never recorded');
    expect(await held()).toMatchObject({ records: 0, steps: 0 });

    // The next document is recorded again: all that was missing was missing for what the pages showed.
    await goTo('/plain');
    await useThe(page);
    expect((await held()).records).toBeGreaterThan(1);
  },
);

test(
  'goes on with the next page after a sign-in that another frame has asked for',
  { tag: '@firefox-too' },
  async ({ openRecordedPage }) => {
    const { page, goTo, held, browser } = await openRecordedPage('/around');
    await page.frameLocator('iframe').locator('#secret').pressSequentially('never recorded');
    await useThe(page);
    expect(await held()).toMatchObject({ records: 0, steps: 0 });
    const other = await browser.context.newPage();
    await other.goto(new URL('/plain', page.url()).href);
    await useThe(other);
    const inOther = await held();
    expect(inOther.records).toBeGreaterThan(1);
    await page.bringToFront();
    await goTo('/plain');
    await useThe(page);
    expect((await held()).records).toBeGreaterThan(inOther.records);
  },
);
