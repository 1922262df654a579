/**
 * Every state that a participant can find the popup, the join page and the consent page for `linked` in, one after
 * another, in a real browser: for the pictures, and for the tests that must hold in all of them.
 *
 * Runs in Node. Reaches each state the way a person would, but for charters that change: those are written where the
 * browser's policy or a join code would have put them.
 */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Charter } from '../src/charter/charter.ts';
import type { BrowserOfPerson } from './open-browser.ts';
import { extensionPage, openPopup } from './participant.ts';
import { createPerson } from './person.ts';
import type { Study } from './study.ts';

export interface WalkOptions {
  study: Study;
  browser: BrowserOfPerson;
  language: 'en' | 'de';
  /** Is shown each state once it is there. */
  show: (state: string, page: Page) => Promise<void>;
}

/** What an ordinary study's charter should have, so that there is something to see of everything. */
export const STATES_CHARTER: Partial<Charter> = {
  organization: 'Northwind Ltd',
  holdHours: 24,
  tasks: ['password-reset', 'hardware-order', 'refund'],
  minContributors: 10,
  expectedParticipants: 40,
  release: { everyHours: 24, minRecords: 1000 },
};

type Say = (name: string, ...substitutions: string[]) => string;

interface Walk extends WalkOptions {
  say: Say;
  open: (path: string) => Promise<Page>;
}

/** Everything but `linked`, from before there is a charter to after the end. */
export async function walkStates(options: WalkOptions): Promise<void> {
  const walk = beginWalk(options);
  const { study, browser, show, say, open } = walk;
  const work = await browser.context.newPage();
  await work.goto(`${study.workAppUrl}/help`);
  let popup = await openPopup(browser, work);
  await popup.locator('[data-sign]').waitFor();
  await show('popup-no-charter', popup);
  await popup.close();

  await walkJoin(walk);

  popup = await openPopup(browser, work);
  await popup.getByRole('heading', { name: say('consent_heading') }).waitFor();
  await show('popup-undecided', popup);
  await popup.getByRole('button', { name: say('consent_no') }).click();
  await popup.getByText(say('status_off_declined')).waitFor();
  await show('popup-declined', popup);
  await popup.getByRole('button', { name: say('declined_change') }).click();
  for (const scope of ['pointer', 'keys', 'workflow'])
    await popup.getByRole('switch', { name: say(`scope_${scope}`) }).check();
  await show('popup-undecided-ticked', popup);
  await popup.getByRole('button', { name: say('consent_yes') }).click();
  await popup.getByRole('button', { name: say('withdraw_open') }).waitFor();

  await doSomeWork(work);
  await popup.bringToFront();
  await popup.locator('[data-pieces=held]').filter({ hasText: /[1-9]/ }).waitFor();
  await popup.waitForTimeout(2500);
  await show('popup-recording', popup);
  await walkControls(walk, work, popup);
  await walkExcluded(walk, work, popup);
  await walkWidening(walk, popup);
  await work.goto(`${study.workAppUrl}/help`);
  await doSomeWork(work);
  await popup.bringToFront();
  await popup.waitForTimeout(2500);
  await walkTrouble(walk, popup);
  await doSomeWork(work);
  await popup.bringToFront();
  await popup.waitForTimeout(2500);
  await walkWithdrawal(walk, popup);

  const joinPage = await open('join.html');
  await joinPage.locator('[data-charter=in-force]').waitFor();
  await show('join-in-force', joinPage);
  await joinPage.getByRole('button', { name: say('join_leave') }).click();
  await joinPage.getByText(say('join_left')).waitFor();
  await show('join-left', joinPage);
  await joinPage.close();

  await writeItem(popup, 'joined', { charter: '{"organization":1}', ...KEYS });
  await popup.getByRole('heading', { name: say('unreadable_problems') }).waitFor();
  await show('popup-unreadable', popup);
  await popup.close();
  await work.close();
}

/** Level `linked`, under a charter that asks for it. */
export async function walkLinkedStates(options: WalkOptions): Promise<void> {
  const walk = beginWalk(options);
  const { study, browser, show, say, open } = walk;
  const none = await open('linked.html');
  await none.locator('[data-linked=not-asked]').waitFor();
  await show('linked-not-asked', none);
  await none.close();
  await walkJoin({ ...walk, show: () => Promise.resolve() });
  const work = await browser.context.newPage();
  await work.goto(`${study.workAppUrl}/help`);
  const popup = await openPopup(browser, work);
  await popup.getByRole('heading', { name: say('linked_invitation') }).scrollIntoViewIfNeeded();
  await show('popup-linked-invitation', popup);

  const page = await open('linked.html');
  await page.getByRole('button', { name: say('linked_agree') }).waitFor();
  await show('linked', page);
  for (const scope of ['pointer', 'keys', 'workflow'])
    await page.getByRole('switch', { name: say(`scope_${scope}`) }).check();
  await page.locator('[name=understood]').check();
  await page.getByRole('button', { name: say('linked_agree') }).click();
  await page.getByText(say('linked_agreed')).waitFor();
  await show('linked-agreed', page);
  await page.close();

  await doSomeWork(work);
  await popup.bringToFront();
  await popup.locator('[data-level=linked]').waitFor();
  await popup.locator('[data-pieces=held]').filter({ hasText: /[1-9]/ }).waitFor();
  await show('popup-linked', popup);
  await popup.getByRole('button', { name: say('scopesOn_change') }).click();
  await show('popup-linked-change', popup);
  await popup.close();
  await work.close();
}

async function walkJoin({ study, browser, show, say, open }: Walk): Promise<void> {
  const invitation = await browser.context.newPage();
  await invitation.goto(study.invitation);
  const code = await invitation.locator('#code').inputValue();
  await invitation.close();
  const page = await open('join.html');
  await page.locator('[data-charter=none]').waitFor();
  await show('join', page);
  await page.getByRole('textbox').fill('proffer1.not-a-code');
  await page.getByRole('button', { name: say('join_read') }).click();
  await page.getByText(say('join_problems')).waitFor();
  await show('join-wrong-code', page);
  await page.getByRole('textbox').fill(code);
  await page.getByRole('button', { name: say('join_read') }).click();
  await page.getByRole('button', { name: say('join_accept') }).waitFor();
  await show('join-review', page);
  await page.getByRole('button', { name: say('join_accept') }).click();
  await page.getByText(say('join_accepted')).waitFor();
  await show('join-accepted', page);
  await page.close();
}

/** What can be pressed while a page is recorded. */
async function walkControls({ show, say }: Walk, work: Page, popup: Page): Promise<void> {
  const press = (name: string) => popup.getByRole('button', { name, exact: true }).click();
  await popup.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
  await show('popup-recording-whole', popup);
  await popup.locator('details').evaluateAll((all) => all.forEach((one) => one.removeAttribute('open')));

  const forget = popup.getByRole('group', { name: say('forget_heading') });
  await forget.getByRole('button', { name: say('forget_minutes', '15') }).click();
  await popup.getByText(say('forget_again', '15')).waitFor();
  await show('popup-forget', popup);
  await popup.locator('h1').focus();

  await press(say('tasks_begin', 'refund'));
  await popup.getByRole('heading', { name: say('tasks_running', 'refund') }).waitFor();
  await show('popup-task', popup);
  await press(say('tasks_done'));
  await popup.getByRole('heading', { name: say('tasks_heading') }).waitFor();

  await press(say('scopesOn_change'));
  await popup.getByRole('heading', { name: say('change_heading') }).waitFor();
  await show('popup-change', popup);
  await press(say('consent_back'));

  await press(say('pause_hour'));
  await popup.locator('[data-sign=paused]').waitFor();
  await show('popup-paused', popup);
  await press(say('pause_endless'));
  await popup.getByText(say('status_paused_open')).waitFor();
  await show('popup-paused-open', popup);
  await popup.getByRole('button', { name: say('pause_resume') }).click();
  await popup.locator('[data-sign=recording]').waitFor();
}

async function walkExcluded({ study, browser, show, say }: Walk, work: Page, popup: Page): Promise<void> {
  const siteSwitch = popup.getByRole('switch', { name: say('site_switch', new URL(work.url()).host) });
  await siteSwitch.uncheck();
  await popup.locator('[data-sign=excluded]').waitFor();
  await show('popup-excluded-site-off', popup);
  await siteSwitch.check();
  await popup.locator('[data-sign=recording]').waitFor();

  const elsewhere = await browser.context.newPage();
  await elsewhere.goto('about:blank#elsewhere');
  const other = await openPopup(browser, elsewhere);
  await other.locator('[data-sign=excluded]').waitFor();
  await show('popup-excluded', other);
  await other.close();
  await elsewhere.close();

  await work.goto(`${study.workAppUrl}/login`);
  await popup.getByText(say('status_excluded_sensitive')).waitFor();
  await show('popup-excluded-sensitive', popup);

  await work.goto(`${study.workAppUrl}/help`);
  await popup.locator('[data-sign=recording]').waitFor();
  await work.bringToFront();
  await work.evaluate(() => {
    const field = document.createElement('input');
    field.type = 'password';
    document.querySelector('main')!.prepend(field);
  });
  await work.locator('input[type=password]').click();
  await popup.bringToFront();
  await popup.getByText(say('status_excluded_asksForSecrets')).waitFor();
  await show('popup-excluded-asks-for-secrets', popup);
  await work.goto(`${study.workAppUrl}/tickets`);
  await popup.locator('[data-sign=recording]').waitFor();
}

async function walkWidening({ study, show, say }: Walk, popup: Page): Promise<void> {
  const joined = await readItem(popup, 'joined');
  const { charter } = study;
  const wider: Charter = {
    ...charter,
    apps: [...charter.apps, { label: 'wiki', matches: ['https://wiki.example.com/*'] }],
    retentionDays: charter.retentionDays + 335,
    budget: { ...charter.budget, bytesPerDay: 2 * charter.budget.bytesPerDay },
  };
  await writeItem(popup, 'joined', { ...joined, charter: JSON.stringify(wider) });
  await popup.getByRole('heading', { name: say('changes_heading') }).waitFor();
  await show('popup-widened', popup);
  await writeItem(popup, 'joined', joined);
  await popup.locator('[data-sign=recording]').waitFor();
}

/** As when an administrator has taken the key away. */
async function walkTrouble({ show, say }: Walk, popup: Page): Promise<void> {
  const joined = await readItem(popup, 'joined');
  await writeItem(popup, 'joined', { ...joined, participantKey: KEYS.participantKey });
  await popup.getByRole('button', { name: say('send_held'), exact: true }).click();
  await popup.locator('[data-trouble=key]').waitFor();
  await popup.locator('[data-outcome=stopped]').waitFor();
  await popup.locator('[data-trouble=key]').scrollIntoViewIfNeeded();
  await show('popup-stopped', popup);
  await writeItem(popup, 'joined', joined);
}

async function walkWithdrawal({ show, say }: Walk, popup: Page): Promise<void> {
  const press = (name: string) => popup.getByRole('button', { name, exact: true }).click();
  await press(say('send_held'));
  await popup.locator('[data-outcome=accepted]').waitFor();
  await show('popup-sent', popup);
  await press(say('withdraw_open'));
  await popup.getByRole('heading', { name: say('withdraw_heading') }).waitFor();
  await show('popup-withdraw', popup);
  await popup.locator('input[value=keep]').check();
  await press(say('withdraw_confirm'));
  await popup.getByText(say('status_off_withdrawn')).waitFor();
  await popup.getByRole('heading', { name: say('sent_heading') }).waitFor();
  await show('popup-withdrawn', popup);
  await popup.locator('input[value=erase-spread]').check();
  await press(say('sent_do'));
  await popup.locator('[data-count=erasing]').waitFor();
  await show('popup-erasing', popup);
}

const KEYS = { participantKey: 'A'.repeat(43), hashingKey: 'A'.repeat(43) };

function beginWalk(options: WalkOptions): Walk {
  const { browser, language } = options;
  const file = new URL(`../public/_locales/${language}/messages.json`, import.meta.url);
  const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { message: string }>;
  return {
    ...options,
    say: (name, ...substitutions) =>
      texts[name]!.message.replace(
        /\$(\d)/g,
        (_placeholder, digit: string) => substitutions[Number(digit) - 1] ?? '',
      ),
    open: async (path) => {
      const page = await browser.context.newPage();
      await page.goto(extensionPage(browser, path));
      return page;
    },
  };
}

/** A little of everything: some of it typed in a frame, some scrolled, some pressed. */
async function doSomeWork(work: Page): Promise<void> {
  await work.bringToFront();
  const person = createPerson(work);
  await person.scroll(300);
  await person.scroll(-300);
  const frame = work.frameLocator('iframe[title="Ask the desk"]');
  await person.fill(frame.getByRole('textbox', { name: 'Your question' }), 'when does the desk open again');
}

/** The browser's own interface, as code that is evaluated in an extension page sees it. */
declare const chrome: {
  storage: {
    local: { get(name: string): Promise<Record<string, object>>; set(items: object): Promise<void> };
  };
};

function readItem(page: Page, name: string): Promise<object> {
  return page.evaluate(async (item) => (await chrome.storage.local.get(item))[item]!, name);
}

function writeItem(page: Page, name: string, value: object): Promise<void> {
  return page.evaluate((items) => chrome.storage.local.set(items), { [name]: value });
}
