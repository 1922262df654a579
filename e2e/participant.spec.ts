/**
 * What a participant does with the popup, from the first look to the end, and that it does what it says.
 */
import { gunzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import type { BrowserOfPerson } from '../demo/open-browser.ts';
import { consentTo, countShown, sendEverything } from '../demo/participant.ts';
import { createPerson } from '../demo/person.ts';
import { COMMANDS } from '../src/command-names.ts';
import type { Charter } from '../src/charter/charter.ts';
import { PATHS } from '../src/trace/collector-api.ts';
import { registeredScripts, toolbarOf } from './browser-state.ts';
import { countQueue, countQueueAtRest, dumpExtensionStorage } from './extension-storage.ts';
import { expect, test, type TappedStudy } from './fixtures.ts';

/** The browser's own interface, as code that is evaluated in the worker or an extension page sees it. */
declare const chrome: {
  commands: { onCommand: { dispatch(command: string): void } };
  storage: {
    local: { get(name: string): Promise<Record<string, object>>; set(items: object): Promise<void> };
  };
};

test('as a new user: read, no, yes to one part, work, pause and resume by shortcut, send, withdraw', async ({
  joinAStudy,
}) => {
  const { study, browser, page, popup } = await joinAStudy({ path: '/help', charter: { holdHours: 24 } });
  // Read: who, why, where, how long, and every field of the charter.
  await expect(popup.getByText(`${study.charter.organization} operates the collector`).first()).toBeVisible();
  await expect(popup.getByText(study.charter.notice.text!)).toBeAttached();

  // No: nothing happens, and nothing nags.
  const pagesBefore = browser.context.pages().length;
  await popup.getByRole('button', { name: 'No, thank you' }).click();
  await expect(popup.getByText('You said no.')).toBeVisible();
  await work(page);
  const requestsAfterNo = study.tap.requests.length;
  await pressShortcut(browser, COMMANDS.pauseOrResume);
  await popup.bringToFront();
  await expect(popup.getByText('You said no.')).toBeVisible();
  expect(await toolbarOf(browser, page)).toEqual({ badge: '', title: 'Proffer: recording is off' });
  expect(await registeredScripts(browser)).toEqual([]);
  expect(browser.context.pages().length).toBe(pagesBefore);
  expect(study.tap.requests.length).toBe(requestsAfterNo);
  await popup.bringToFront();
  expect(await countQueue(popup)).toMatchObject({ records: 0, steps: 0 });

  // Yes to one part: nothing of the others.
  await popup.getByRole('button', { name: 'Change my mind' }).click();
  await consentTo(popup, ['pointer']);
  await work(page);
  await popup.bringToFront();
  expect((await countQueueAtRest(popup)).records).toBeGreaterThan(0);
  expect(await heldKinds(popup)).toEqual(['motion']);

  // Paused by shortcut: the work that is done now is not recorded; resumed, it is.
  await pressShortcut(browser, COMMANDS.pauseOrResume);
  await expect(popup.getByText('Recording is paused')).toBeVisible();
  const atPause = await countQueueAtRest(popup);
  await work(page);
  await popup.bringToFront();
  expect(await countQueueAtRest(popup)).toEqual(atPause);
  await pressShortcut(browser, COMMANDS.pauseOrResume);
  await expect(popup.getByText('This page is being recorded')).toBeVisible();
  await pressShortcut(browser, COMMANDS.pauseBriefly);
  await expect(popup.getByText(/Until .* Then it goes on by itself/)).toBeVisible();
  await pressShortcut(browser, COMMANDS.pauseBriefly);
  await expect(popup.getByText('This page is being recorded')).toBeVisible();
  await work(page);
  await popup.bringToFront();
  expect((await countQueueAtRest(popup)).records).toBeGreaterThan(atPause.records);

  // Every piece that was captured is somewhere, and the popup says where.
  await sendEverything(popup);
  const shown = await piecesShown(popup);
  const { captured, ...parts } = shown;
  expect(captured).toBeGreaterThan(0);
  expect(Object.values(parts).reduce((sum, count) => sum + count, 0)).toBe(captured);
  expect(shown.sent).toBeGreaterThan(0);
  await expect(popup.locator('[data-cost=time]')).toHaveText(/^[\d.,]+ ms\/min$/);

  const opened = browser.context.waitForEvent('page');
  await popup.getByRole('link', { name: 'Look at my data' }).click();
  const myData = await opened;
  await expect(myData.locator('h1')).toBeVisible();
  expect(new URL(myData.url()).pathname).toBe('/my-data.html');
  await myData.close();
  await popup.bringToFront();

  // Withdrawn, with the question whether to keep what could erase later.
  const sent = await countShown(popup, 'sent');
  await popup.getByRole('button', { name: 'Stop and withdraw' }).click();
  await popup.getByRole('radio', { name: 'keep the possibility' }).check();
  await popup.getByRole('button', { name: 'Stop and withdraw now' }).click();
  await expect(popup.getByText('You took your consent back.')).toBeVisible();
  await expect(popup.getByText(`can still be erased from here: ${sent}`)).toBeVisible();
  expect(await whatIsLeft(popup)).toEqual({ local: ['decision', 'joined', 'receipts'], contents: 0 });

  // The keys that were kept are good for that.
  await popup.getByRole('radio', { name: 'at once' }).check();
  await popup.getByRole('button', { name: 'Do this' }).click();
  await expect.poll(() => erasureRequests(study)).toBe(sent);
  expect(await whatIsLeft(popup)).toEqual({ local: ['decision', 'joined', 'receipts'], contents: 0 });
});

test(
  'a charter that widens has stopped recording before the first event under it, and shows what is new',
  { tag: '@firefox' },
  async ({ joinAStudy }) => {
    const { study, browser, page, popup } = await joinAStudy({ path: '/help', charter: { holdHours: 24 } });
    await consentTo(popup, ['pointer', 'keys', 'workflow']);
    await work(page);
    await popup.bringToFront();
    const before = await countQueueAtRest(popup);
    expect(before.records).toBeGreaterThan(0);

    const wider: Charter = { ...study.charter, retentionDays: study.charter.retentionDays + 1 };
    const joined = await popup.evaluate(async () => (await chrome.storage.local.get('joined')).joined);
    await popup.evaluate((items) => chrome.storage.local.set(items), {
      joined: { ...joined, charter: JSON.stringify(wider) },
    });
    // At once, without waiting for anything: whatever a page reports now was captured under no agreement.
    await work(page);
    await popup.bringToFront();
    await expect(popup.getByText('The charter has changed.')).toBeVisible();
    expect(await countQueueAtRest(popup)).toEqual(before);
    expect(await registeredScripts(browser)).toEqual([]);
    expect((await toolbarOf(browser, page)).title).toBe('Proffer: recording is off');

    await popup.bringToFront();
    const change = popup.locator('.change');
    await expect(change).toHaveCount(1);
    await expect(change.locator('del')).toHaveText(
      `At the collector: at most ${study.charter.retentionDays} days.`,
    );
    await expect(change.locator('ins')).toHaveText(`At the collector: at most ${wider.retentionDays} days.`);
    for (const scope of await popup.getByRole('switch').all()) await expect(scope).not.toBeChecked();
  },
);

test(
  'what is forgotten is gone from the device, after the second press and not after the first',
  { tag: '@firefox-too' },
  async ({ joinAStudy }) => {
    const { page, popup } = await joinAStudy({ path: '/help', charter: { holdHours: 24 } });
    await consentTo(popup, ['pointer', 'keys', 'workflow']);
    await work(page);
    await popup.bringToFront();
    const before = await countQueueAtRest(popup);
    expect(before.records + before.steps).toBeGreaterThan(1);
    const forget = popup.getByRole('group', { name: 'Forget the last' });
    await forget.getByRole('button', { name: '15 minutes', exact: true }).click();
    await expect(popup.getByText('Press again to delete')).toBeVisible();
    expect(await countQueue(popup)).toEqual(before);
    await forget.getByRole('button', { name: 'Yes, forget 15' }).click();
    const outcome = popup.locator('[data-forgotten]');
    await expect(outcome).toContainText('of the last 15 minutes');
    expect(await countQueue(popup)).toMatchObject({ records: 0, steps: 0 });
    expect(await heldKinds(popup)).toEqual([]);
    expect((await piecesShown(popup)).deleted).toBe(Number(await outcome.getAttribute('data-forgotten')));
  },
);

test(
  'a task that is begun and done in the popup reaches the collector as an episode of its own',
  { tag: '@firefox' },
  async ({ joinAStudy }) => {
    const { study, page, popup } = await joinAStudy({
      path: '/help',
      charter: { holdHours: 24, tasks: ['refund', 'new-ticket'] },
    });
    await consentTo(popup, ['workflow']);
    await work(page);
    await popup.bringToFront();
    await popup.getByRole('button', { name: 'Begin refund' }).click();
    await expect(popup.getByRole('heading', { name: 'Your task: refund' })).toBeVisible();
    await work(page);
    await popup.bringToFront();
    await popup.getByRole('button', { name: 'Done', exact: true }).click();
    await expect(popup.getByRole('button', { name: 'Begin refund' })).toBeVisible();
    await sendEverything(popup);
    const episodes = sentRecords(study).filter((record) => record.kind === 'episode');
    const done = episodes.filter((episode) => episode.outcome === 'done');
    expect(done).toHaveLength(1);
    const actions = done[0]!.steps!.map(({ action }) => action);
    expect(actions[0]).toBe('taskBegun');
    expect(actions.at(-1)).toBe('taskDone');
    expect(actions.length).toBeGreaterThan(2);
  },
);

test(
  'with the neutral sign the toolbar does not tell that a page is recorded, and the popup does',
  { tag: '@firefox-too' },
  async ({ joinAStudy }) => {
    const { browser, page, popup } = await joinAStudy();
    await consentTo(popup, ['pointer']);
    await expect.poll(() => toolbarOf(browser, page)).toMatchObject({ badge: '●' });
    await popup.bringToFront();
    await popup.getByRole('switch', { name: 'Neutral sign' }).check();
    await expect.poll(() => toolbarOf(browser, page)).toEqual({ badge: '', title: 'Proffer' });
    await popup.bringToFront();
    await expect(popup.getByText('This page is being recorded')).toBeVisible();
    await popup.getByRole('button', { name: 'Pause until I resume' }).click();
    await expect(popup.getByText('Recording is paused')).toBeVisible();
    expect(await toolbarOf(browser, page)).toEqual({ badge: '', title: 'Proffer' });
  },
);

/** A little of everything, on a page that is loaded anew. */
async function work(page: Page): Promise<void> {
  await page.bringToFront();
  await page.reload();
  const person = createPerson(page);
  const frame = page.frameLocator('iframe[title="Ask the desk"]');
  await person.fill(frame.getByRole('textbox', { name: 'Your question' }), 'when does the desk open again');
  await person.scroll(400);
  await person.scroll(-400);
}

/** As the browser does when the keys are pressed; keys themselves cannot be pressed by automation. */
async function pressShortcut(browser: BrowserOfPerson, command: string): Promise<void> {
  const worker = await browser.worker();
  await worker.evaluate((name) => chrome.commands.onCommand.dispatch(name), command);
}

/** The popup's sum, part by part. */
async function piecesShown(popup: Page): Promise<Record<string, number>> {
  const cells = await popup
    .locator('[data-pieces]')
    .evaluateAll((all) => all.map((cell) => [cell.getAttribute('data-pieces')!, cell.textContent] as const));
  return Object.fromEntries(cells.map(([name, text]) => [name, Number(text.replace(/\D/g, ''))]));
}

type Dump = Record<string, [keys: unknown[], values: { kind?: string; record?: object }[]]>;

async function heldKinds(popup: Page): Promise<string[]> {
  const dump = JSON.parse(await dumpExtensionStorage(popup)) as Dump;
  const kinds = [...dump['proffer/records']![1], ...dump['proffer/steps']![1]].map(
    ({ kind }) => kind ?? 'step',
  );
  return [...new Set(kinds)];
}

/** After the end: what the person decided and agreed to, and nothing of what they did. */
async function whatIsLeft(popup: Page): Promise<{ local: string[]; contents: number }> {
  const dump = JSON.parse(await dumpExtensionStorage(popup)) as Dump;
  const stored = (store: string) => dump[`proffer/${store}`]![1];
  const contents =
    stored('records').filter(({ record }) => record !== undefined).length +
    ['steps', 'batches', 'tabViews', 'frames'].reduce((sum, store) => sum + stored(store).length, 0);
  return { local: Object.keys(dump.local as object).sort(), contents };
}

interface SentRecord {
  kind: string;
  outcome?: string;
  steps?: { action: string }[];
}

function sentRecords(study: TappedStudy): SentRecord[] {
  return study.tap.requests
    .filter(({ path }) => path === PATHS.batches)
    .flatMap(({ body }) => (JSON.parse(gunzipSync(body).toString()) as { records: SentRecord[] }).records);
}

function erasureRequests(study: TappedStudy): number {
  return study.tap.requests.filter(({ path }) => path === '/v1/erasures').length;
}
