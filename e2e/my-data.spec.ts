/**
 * The My data page: what it shows is what is sent, what is deleted there never arrives, what is erased is gone.
 *
 * Proven by the wire and by the collector's own database, not by what the page says.
 */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import type { Download, Locator, Page } from '@playwright/test';
import { consentTo, openMyData, sendEverything, volunteerFor } from '../demo/participant.ts';
import { createPerson } from '../demo/person.ts';
import type { TraceBatch } from '../src/trace/batch.ts';
import type { TraceRecord } from '../src/trace/record.ts';
import { countQueueAtRest } from './extension-storage.ts';
import { expectAccessible } from './expect-accessible.ts';
import { expect, test, type TappedStudy } from './fixtures.ts';

const ALL = ['pointer', 'keys', 'workflow'] as const;
const HELD = { holdHours: 24 };

const replayTitle = 'a session is replayed, and what is shown of it is what arrives, byte for byte';
test(replayTitle, { tag: '@firefox' }, async ({ joinAStudy }) => {
  const { study, browser, page, popup } = await joinAStudy({ charter: HELD });
  await consentTo(popup, ALL);
  await work(page, study);
  await countQueueAtRest(popup);

  const myData = await openMyData(browser);
  await openFirstSession(myData);
  const moments = await replayAll(myData);
  expect(moments.some((moment) => moment.startsWith('Click, on'))).toBe(true);
  expect(moments.some((moment) => moment.startsWith('Movement of the pointer'))).toBe(true);
  expect(moments.some((moment) => moment.startsWith('Typing rhythm'))).toBe(true);
  expect(await myData.locator('.stage-control').count()).toBeGreaterThan(0);

  const shown = await recordsShown(myData);
  expect(new Set(shown.map(({ kind }) => kind))).toEqual(new Set(['motion', 'rhythm', 'episode']));
  await myData.getByRole('button', { name: 'Send this session early' }).click();
  await expect(myData.getByText('skips the time for review')).toBeVisible();
  await myData.getByRole('button', { name: 'Send now' }).click();
  await expect(myData.getByText('Sent. The collector has it.')).toBeVisible();

  const sent = sentRecords(study);
  expect(lines(sent.map(withoutId))).toEqual(lines(shown.map(withoutId)));
  expect(storedIds(study).sort()).toEqual(sent.map(({ recordId }) => recordId).sort());

  // Of what was sent the page says what is left.
  await expect(myData.getByText('Their content is gone from this device')).toBeVisible();
  await expect(myData.getByText('Nothing of this session is on this device any more.')).toBeVisible();
  await myData.getByRole('link', { name: 'Back to everything' }).click();
  await expect(sessionLinks(myData).first()).toBeFocused();
  await expect(ledgerRows(myData)).toHaveCount(3);
});

const deletedTitle =
  'a deleted session can be brought back until the page is left, and never arrives afterwards';
test(deletedTitle, { tag: '@firefox' }, async ({ joinAStudy }) => {
  const { study, browser, page, popup } = await joinAStudy({ charter: HELD });
  await consentTo(popup, ALL);
  await work(page, study);
  const recorded = await countQueueAtRest(popup);

  const myData = await openMyData(browser);
  const remove = () => myData.getByRole('button', { name: /^Delete service-desk/ }).click();
  await remove();
  await expect(myData.getByText('Deleted: service-desk')).toBeVisible();
  await expect.poll(() => countQueueAtRest(popup)).toEqual({ records: 0, steps: 0, dropped: 0 });
  await myData.getByRole('button', { name: 'Undo' }).click();
  await expect(myData.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  expect(await countQueueAtRest(popup)).toEqual(recorded);

  await remove();
  await expect(myData.getByText('Deleted: service-desk')).toBeVisible();
  await myData.close();
  await popup.bringToFront();
  await sendEverything(popup);
  expect(sentRecords(study)).toEqual([]);
  expect(storedIds(study)).toEqual([]);

  // Left is left: nothing can be brought back, and the counts say so.
  const again = await openMyData(browser);
  await expect(again.getByText('Nothing has been recorded, or everything was deleted.')).toBeVisible();
  await expect(again.locator('[data-count=deleted]')).not.toHaveText('0');
});

test(
  'one record, a span of time and an app can be deleted, each with its own undo',
  { tag: '@firefox-too' },
  async ({ joinAStudy }) => {
    const { study, browser, page, popup } = await joinAStudy({ charter: HELD });
    await consentTo(popup, ALL);
    await work(page, study);
    await countQueueAtRest(popup);
    const myData = await openMyData(browser);

    await openFirstSession(myData);
    const before = await myData.locator('.record').count();
    await myData.getByRole('button', { name: 'Delete this record: Movement' }).first().click();
    await expect(myData.locator('.record')).toHaveCount(before - 1);
    await myData.getByRole('button', { name: 'Undo' }).click();
    await expect(myData.locator('.record')).toHaveCount(before);

    await myData.getByRole('link', { name: 'Back to everything' }).click();
    for (const choice of ['A span of time', 'One app', 'Everything not sent yet']) {
      await myData.getByText('Delete by time or app, or everything').click();
      await myData.getByRole('radio', { name: choice }).check();
      await myData.getByRole('button', { name: 'Delete', exact: true }).click();
      await expect(myData.getByText(/can still be undone/)).toBeVisible();
      await myData.getByRole('button', { name: 'Undo' }).click();
      await expect(myData.getByText(/can still be undone/)).toHaveCount(0);
      await myData.getByText('Delete by time or app, or everything').click();
    }
  },
);

test(
  'what was sent is erased at the collector, and answered with counts',
  { tag: '@firefox' },
  async ({ joinAStudy }) => {
    const { study, browser, page, popup } = await joinAStudy({ charter: HELD });
    await consentTo(popup, ALL);
    await work(page, study);
    await countQueueAtRest(popup);
    await sendEverything(popup);
    const stored = storedIds(study);
    expect(stored.length).toBeGreaterThan(3);
    study.seal();

    const myData = await openMyData(browser);
    const movements = ledgerRows(myData).filter({ hasText: 'Movements' });
    const count = Number(await movements.locator('td').nth(3).textContent());
    await movements.getByRole('checkbox').check();
    await myData.getByText('Have it erased at the collector').click();
    await expect(myData.getByText('a trained model is not undone').first()).toBeVisible();
    await myData.getByRole('radio', { name: 'Have them erased at once' }).check();
    await expect(myData.getByText('could infer from the burst')).toBeVisible();
    await myData.getByRole('button', { name: `Erase what is chosen (${count})` }).click();

    // With each published record three others go, one's own among them: asked for afterwards they are not held.
    const answer = myData.getByRole('listitem').filter({ hasText: 'Was not held there' });
    await expect.poll(async () => sumOfAnswers((await answer.textContent()) ?? '')).toBe(count);
    await expect(answer).toContainText('Had been published in: release 1');
    await expect(movements).toHaveCount(0);
    expect(storedKinds(study)).not.toContain('motion');

    await myData.getByRole('button', { name: 'Erase everything sent' }).click();
    await expect.poll(() => storedIds(study)).toEqual([]);
    await expect(
      myData.getByText('Nothing has been sent that could still be erased from here.'),
    ).toBeVisible();
  },
);

test(
  'holding longer moves when things leave, and the access log is asked for by the person alone',
  { tag: '@firefox-too' },
  async ({ joinAStudy }) => {
    const { study, browser, page, popup } = await joinAStudy({ charter: HELD });
    await consentTo(popup, ['pointer']);
    await work(page, study);
    await countQueueAtRest(popup);
    const myData = await openMyData(browser);
    const leaves = myData.locator('[data-state=held]').first();
    const before = await leaves.textContent();
    await myData.getByRole('combobox', { name: 'Hold longer by' }).selectOption('168');
    await expect(leaves).not.toHaveText(before!);
    await myData.getByRole('combobox', { name: 'Hold longer by' }).selectOption('0');
    await expect(leaves).toHaveText(before!);

    expect(study.tap.requests.filter(({ path }) => path === '/v1/access-log')).toEqual([]);
    await myData.getByRole('button', { name: 'Ask the collector' }).click();
    await expect(myData.getByText('Nobody has read anything yet.')).toBeVisible();
    expect(study.tap.requests.filter(({ path }) => path === '/v1/access-log')).toHaveLength(1);
  },
);

test('the files that can be downloaded hold what the page shows', async ({ joinAStudy }) => {
  const { study, browser, page, popup } = await joinAStudy({ charter: HELD });
  await consentTo(popup, ALL);
  await work(page, study);
  await countQueueAtRest(popup);
  const myData = await openMyData(browser);
  const sessions = await sessionLinks(myData).count();

  const file = await saved(myData, 'Download as JSON');
  expect(file.name).toBe('proffer-my-data.json');
  const all = JSON.parse(file.text) as {
    sessions: { records: { record: TraceRecord }[] }[];
    receipts: { records: object[] };
  };
  expect(all.sessions).toHaveLength(sessions);
  expect(file.text).not.toContain(study.participantKey);
  await openFirstSession(myData);
  const shown = await recordsShown(myData);
  expect(lines(all.sessions[0]!.records.map(({ record }) => record))).toEqual(lines(shown));
  await myData.getByRole('link', { name: 'Back to everything' }).click();

  const receipts = await saved(myData, 'Save the receipts as a file');
  expect(JSON.parse(receipts.text)).toMatchObject({
    records: [
      {
        events: [{ event_state: 'granted' }],
        party_identification: [{ party_name: study.charter.organization }],
        proffer: { charter: study.charter },
      },
    ],
  });
  expect(all.receipts.records).toEqual((JSON.parse(receipts.text) as { records: object[] }).records);

  const readable = await saved(myData, 'Download to read');
  await page.setContent(readable.text);
  await expect(page.getByRole('heading', { name: 'My data' })).toBeVisible();
  await expect(page.getByText('turned at random').first()).toBeVisible();
});

test('every state is accessible, in light and dark, and fits 320 px', async ({
  joinAStudy,
  openBrowserWithExtension,
}) => {
  test.slow();
  const empty = await openBrowserWithExtension();
  await expectAccessible('no charter', await openMyData(empty));

  const { study, browser, page, popup } = await joinAStudy({ charter: HELD });
  const myData = await openMyData(browser);
  await expectAccessible('undecided', myData);
  await consentTo(popup, ALL);
  await work(page, study);
  await countQueueAtRest(popup);
  await myData.bringToFront();
  await myData.reload();
  await sessionLinks(myData).first().waitFor();
  await myData.getByText('As a table').click();
  await myData.getByText('Delete by time or app, or everything').click();
  await myData.getByRole('button', { name: 'Send everything early' }).click();
  await expectAccessible('recorded', myData);
  await openFirstSession(myData);
  await expectAccessible('session in words', myData);
  await myData.getByText(/^Moments 1 to/).click();
  await myData.getByRole('radio', { name: 'As JSON' }).check();
  await myData.getByRole('button', { name: 'Delete this record' }).first().click();
  await expect(myData.getByRole('button', { name: 'Undo' })).toBeVisible();
  await expectAccessible('session as JSON, with undo', myData);
  await sendEverything(popup);
  await myData.goto(myData.url().replace(/#.*/, ''));
  await ledgerRows(myData).first().waitFor();
  await myData.getByText('Have it erased at the collector').click();
  await expectAccessible('sent', myData);
  await popup.bringToFront();
  await popup.getByRole('button', { name: 'Stop and withdraw' }).click();
  await popup.getByRole('radio', { name: /keep the possibility/ }).check();
  await popup.getByRole('button', { name: 'Stop and withdraw now' }).click();
  await myData.bringToFront();
  await expect(myData.getByText('You took your consent back.')).toBeVisible();
  await expectAccessible('withdrawn', myData);
});

test(
  'at level linked movements are shown as they were, and the page says so',
  { tag: '@firefox-too' },
  async ({ joinAStudy }) => {
    const { study, browser, page, popup } = await joinAStudy({
      charter: { ...HELD, protection: 'linked', minContributors: 10 },
    });
    await volunteerFor(browser, popup, ALL);
    await work(page, study);
    await countQueueAtRest(popup);
    const myData = await openMyData(browser);
    await openFirstSession(myData);
    await expect(myData.getByText('as they were, on a grid of 4 px')).toBeVisible();
    await expect(myData.getByText('turned at random')).toHaveCount(0);
    const moments = await replayAll(myData);
    expect(moments.some((moment) => moment.startsWith('Movement of the pointer'))).toBe(true);
    const shown = await recordsShown(myData);
    expect(new Set(shown.map(({ kind }) => kind))).toEqual(new Set(['trace']));
    await myData.getByRole('button', { name: 'Send this session early' }).click();
    await myData.getByRole('button', { name: 'Send now' }).click();
    await expect(myData.getByText('Sent. The collector has it.')).toBeVisible();
    expect(lines(sentRecords(study).map(withoutId))).toEqual(lines(shown.map(withoutId)));
  },
);

test('who asks for less motion gets whole moments, one by one, by keyboard', async ({ joinAStudy }) => {
  const { study, browser, page, popup } = await joinAStudy({ charter: HELD });
  await consentTo(popup, ALL);
  await work(page, study);
  await countQueueAtRest(popup);
  const myData = await openMyData(browser);
  await openFirstSession(myData);
  await expect(myData.getByRole('button', { name: 'Play' })).toBeVisible();
  await myData.emulateMedia({ reducedMotion: 'reduce' });
  await expect(myData.getByRole('button', { name: 'Play' })).toHaveCount(0);
  await myData.getByRole('slider', { name: 'Moment' }).focus();
  await myData.keyboard.press('Home');
  await expect(myData.getByText(/^Moment 1 of/)).toBeVisible();
  await myData.keyboard.press('ArrowRight');
  await expect(myData.getByText(/^Moment 2 of/)).toBeVisible();
  await myData.emulateMedia({ reducedMotion: 'no-preference' });
  await myData.getByRole('combobox', { name: 'Speed' }).selectOption('8');
  await myData.getByRole('button', { name: 'Play' }).press('Space');
  // It plays to the end and stops there.
  await expect(myData.getByText(/^Moment (\d+) of \1( |$)/)).toBeVisible({ timeout: 60_000 });
  await expect(myData.getByRole('button', { name: 'Play' })).toBeVisible();
});

function sumOfAnswers(text: string): number {
  const [, erased, notHeld] = /Erased: (\d+)\. Was not held there: (\d+)\./.exec(text) ?? [];
  return Number(erased) + Number(notHeld);
}

/** Clicks, types and scrolls in the work app. */
async function work(page: Page, study: TappedStudy): Promise<void> {
  await page.bringToFront();
  await page.goto(`${study.workAppUrl}/tickets`);
  const person = createPerson(page);
  await person.fill(
    page.getByRole('searchbox', { name: 'Search' }),
    'the printer on the second floor is out',
  );
  await person.scroll(300);
  await person.scroll(-300);
  await person.click(page.getByRole('button', { name: 'Number' }));
}

function sessionLinks(myData: Page): Locator {
  return myData.getByRole('link', { name: /^Look at service-desk/ });
}

function ledgerRows(myData: Page): Locator {
  return myData.locator('#sent tbody tr');
}

async function openFirstSession(myData: Page): Promise<void> {
  await sessionLinks(myData).first().click();
  await expect(myData.getByRole('heading', { name: /^As it would be sent/ })).toBeVisible();
}

/** Goes through a replay moment by moment. @returns what each says. */
async function replayAll(myData: Page): Promise<string[]> {
  const count = Number(/of (\d+)/.exec((await myData.getByText(/^Moment 1 of/).textContent())!)![1]);
  const said: string[] = [];
  for (let moment = 1; moment <= count; moment += 1) {
    await expect(myData.getByText(new RegExp(`^Moment ${moment} of`))).toBeVisible();
    said.push((await myData.locator('.caption p').last().textContent())!);
    await myData.getByRole('button', { name: 'Next' }).click();
  }
  return said;
}

/** What the page shows of a session as JSON. */
async function recordsShown(myData: Page): Promise<TraceRecord[]> {
  await myData.getByRole('radio', { name: 'As JSON' }).check();
  const more = myData.getByRole('button', { name: /^Show more records/ });
  while ((await more.count()) > 0) await more.click();
  const texts = await myData.locator('.record pre').allTextContents();
  return texts.map((text) => JSON.parse(text) as TraceRecord);
}

/** What went over the wire, but for markers, which belong to no session. */
function sentRecords(study: TappedStudy): TraceRecord[] {
  return study.tap.requests
    .filter(({ path, method }) => path === '/v1/batches' && method === 'POST')
    .flatMap(({ body }) => (JSON.parse(gunzipSync(body).toString()) as TraceBatch).records)
    .filter(({ kind }) => kind !== 'sighting');
}

/** An episode or trace has no id before it is put together; the others are shown with theirs. */
function withoutId(record: TraceRecord): object {
  if (record.kind !== 'episode' && record.kind !== 'trace') return record;
  const { recordId: _recordId, ...rest } = record;
  return rest;
}

/** As text, in one order of records and of fields. */
function lines(records: readonly object[]): string[] {
  return records.map((record) => JSON.stringify(Object.fromEntries(Object.entries(record).sort()))).sort();
}

function storedIds(study: TappedStudy): string[] {
  return storedColumn(study, 'record_id');
}

function storedKinds(study: TappedStudy): string[] {
  return storedColumn(study, 'kind');
}

function storedColumn(study: TappedStudy, column: 'record_id' | 'kind'): string[] {
  const database = new DatabaseSync(study.databaseFile, { readOnly: true });
  try {
    return database
      .prepare(`SELECT ${column} AS value FROM records`)
      .all()
      .map(({ value }) => value as string);
  } finally {
    database.close();
  }
}

async function saved(myData: Page, button: string): Promise<{ name: string; text: string }> {
  const downloading: Promise<Download> = myData.waitForEvent('download');
  await myData.getByRole('button', { name: button }).click();
  const download = await downloading;
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}
