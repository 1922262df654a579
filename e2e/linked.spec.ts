/**
 * Level linked, from a volunteer's agreement to the dataset, and that nothing else leads there.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { pull, type PullResult } from '../dataset/pull.ts';
import { consentTo, countShown, extensionPage, sendEverything, volunteerFor } from '../demo/participant.ts';
import { createPerson } from '../demo/person.ts';
import type { Scope } from '../src/charter/charter.ts';
import { PATHS } from '../src/trace/collector-api.ts';
import { RISK_STATEMENTS } from '../src/trace/risk-statement.ts';
import { dumpExtensionStorage } from './extension-storage.ts';
import { expect, test, type TappedStudy } from './fixtures.ts';
import { queryDataset } from './read-dataset.ts';

const ALL: Scope[] = ['pointer', 'keys', 'workflow'];
const LINKED = { protection: 'linked', holdHours: 24, minContributors: 10 } as const;
const TYPED = 'two words';

declare const chrome: { runtime: { sendMessage(message: object): Promise<unknown> } };

test(
  'a volunteer’s work arrives as traces alone, for readers of the linked purpose alone',
  { tag: '@firefox' },
  async ({ dir, joinAStudy }) => {
    const { study, browser, page, popup } = await joinAStudy({ charter: LINKED });
    await volunteerFor(browser, popup, ALL);
    await expect(popup.locator('[data-level=linked]')).toContainText('do not apply');
    await expect(popup.locator('[data-level=linked]')).toContainText(RISK_STATEMENTS.linked.motion);

    await work(page, study);
    await popup.bringToFront();
    await expect.poll(() => heldPieces(popup)).toEqual({ movements: true, runs: true, steps: true });
    expect(await countShown(popup, 'held')).toBe(0);
    await sendEverything(popup);

    const batches = sentBatches(study);
    expect(batches.length).toBeGreaterThan(0);
    expect(new Set(batches.map(({ level }) => level))).toEqual(new Set(['linked']));
    expect(new Set(batches.flatMap(({ records }) => records.map(({ kind }) => kind)))).toEqual(
      new Set(['trace']),
    );
    expect(JSON.stringify(batches)).not.toMatch(/holdMs|downMs|atMs|two words/);

    expect(study.seal()).toContain('linked traces');
    const ordinary = join(dir, 'ordinary');
    const ordinaryKey = study.addReader('data-team');
    const nothing = await pullFor(study, ordinaryKey, study.charter.purpose, ordinary);
    expect(nothing).toMatchObject({ kind: 'done', summary: { releasesHeld: [] } });
    expect(existsSync(join(ordinary, 'motions'))).toBe(false);
    const purpose = `${study.charter.purpose}:linked`;
    expect(await pullFor(study, ordinaryKey, purpose, join(dir, 'refused'))).toMatchObject({
      kind: 'refused',
      code: 'collector-refused',
    });

    const dataset = join(dir, 'linked');
    const linkedKey = study.addReader('volunteers', purpose);
    expect(await pullFor(study, linkedKey, purpose, dataset)).toMatchObject({ kind: 'done' });
    const [traces] = await queryDataset(
      dataset,
      `SELECT count(*)::INTEGER AS n, sum(motion_count)::INTEGER AS motions, any_value(level) AS level FROM {traces}`,
    );
    expect(traces).toMatchObject({ n: await countShown(popup, 'sent'), level: 'linked' });
    expect(traces!.motions).toBeGreaterThan(1);

    // The run as it was typed: its length, and the place of its one space.
    const [run] = await queryDataset(
      dataset,
      `SELECT list(key_class ORDER BY key_index) AS classes, bool_and(coalesce(interval_ms, 0) % 25 = 0) AS coarse
     FROM {trace_rhythm_keys} GROUP BY trace_id, rhythm_index HAVING count(*) = ${TYPED.length}`,
    );
    expect(run).toEqual({
      classes: Array.from(TYPED, (key) => (key === ' ' ? 'space' : 'char')),
      coarse: true,
    });

    // In place: a movement that ended in a click is followed by that click.
    const [inPlace] = await queryDataset(
      dataset,
      `SELECT count(*)::INTEGER AS n FROM {trace_motions} AS motion JOIN {trace_steps} AS step
       ON step.trace_id = motion.trace_id AND step.step_index = motion.after_step_index + 1
     WHERE motion."end" = 'click' AND step.action = 'click'`,
    );
    expect(inPlace!.n).toBeGreaterThan(0);
  },
);

test(
  'without the workflow part a trace has no steps and no views',
  { tag: '@firefox' },
  async ({ joinAStudy }) => {
    const { study, browser, page, popup } = await joinAStudy({ charter: LINKED });
    await volunteerFor(browser, popup, ['pointer']);
    await work(page, study);
    await popup.bringToFront();
    await expect.poll(() => heldPieces(popup)).toEqual({ movements: true, runs: false, steps: false });
    await sendEverything(popup);
    const records = sentBatches(study).flatMap((batch) => batch.records);
    expect(records.length).toBeGreaterThan(0);
    for (const record of records) {
      expect(record).toMatchObject({ kind: 'trace', views: [], steps: [], gaps: [], rhythms: [] });
    }
  },
);

test(
  'the popup’s own question gives balanced, and no other page can give linked',
  { tag: '@firefox' },
  async ({ joinAStudy }) => {
    const { study, browser, page, popup } = await joinAStudy({ charter: LINKED });
    await expect(popup.getByRole('radio')).toHaveCount(2);
    await expect(popup.getByRole('radio', { name: /^Balanced/ })).toBeChecked();
    await consentTo(popup, ALL);
    await expect(popup.getByText('Protection: Balanced')).toBeVisible();

    // The popup's page asks in the words of the consent page, and is not heard.
    const charterHash = await popup.evaluate(async () => {
      const { decision } = (await (
        globalThis as unknown as { chrome: { storage: { local: { get(key: string): Promise<unknown> } } } }
      ).chrome.storage.local.get('decision')) as { decision: { charterHash: string } };
      return decision.charterHash;
    });
    const ask = (from: Page, patienceMs = 2000) =>
      from.evaluate(
        ([hash, waitMs]) =>
          Promise.race([
            chrome.runtime
              .sendMessage({ name: 'linked:agreed', request: { charterHash: hash, scopes: ['pointer'] } })
              .then(
                (answer) => (answer === undefined ? 'no answer' : JSON.stringify(answer)),
                () => 'no answer',
              ),
            new Promise<string>((resolve) => setTimeout(() => resolve('no answer'), waitMs)),
          ]),
        [charterHash, patienceMs] as const,
      );
    expect(await ask(popup)).toBe('no answer');
    await expect(popup.getByText('Protection: Balanced')).toBeVisible();

    await work(page, study);
    await popup.bringToFront();
    await expect.poll(() => countShown(popup, 'held')).toBeGreaterThan(0);
    await sendEverything(popup);
    for (const { level, records } of sentBatches(study)) {
      expect(level).toBe('balanced');
      for (const { kind } of records) expect(kind).not.toBe('trace');
    }

    // The same question from the page that may ask it is heard: the refusal above can fail.
    const linkedPage = await browser.context.newPage();
    await linkedPage.goto(extensionPage(browser, 'linked.html'));
    expect(await ask(linkedPage, 15_000)).toBe('{"kind":"done"}');
  },
);

test(
  'agreeing needs a part and the box; leaving for balanced is at once and deletes what was not sent',
  { tag: '@firefox-too' },
  async ({ joinAStudy }) => {
    const { study, browser, page, popup } = await joinAStudy({ charter: LINKED });
    const consentPage = await browser.context.newPage();
    await consentPage.goto(extensionPage(browser, 'linked.html'));
    const agree = consentPage.getByRole('button', { name: 'Agree to linked recording' });
    for (const box of await consentPage.getByRole('checkbox').all()) await expect(box).not.toBeChecked();
    for (const part of await consentPage.getByRole('switch').all()) await expect(part).not.toBeChecked();
    await consentPage.getByRole('switch', { name: 'Pointer movements' }).check();
    await expect(agree).toHaveAttribute('aria-disabled', 'true');
    await agree.click({ force: true });
    await consentPage.getByRole('switch', { name: 'Pointer movements' }).uncheck();
    await consentPage.getByRole('checkbox', { name: 'I understand' }).check();
    await agree.click({ force: true });
    expect(await dumpExtensionStorage(consentPage)).not.toContain('"decision"');
    await consentPage.close();

    await volunteerFor(browser, popup, ALL);
    await work(page, study);
    await popup.bringToFront();
    await expect.poll(() => heldPieces(popup)).toMatchObject({ movements: true });
    await popup.getByRole('button', { name: 'Switch to Balanced now' }).click();
    await expect(popup.getByText('Protection: Balanced')).toBeVisible();
    await expect(popup.locator('[data-level=linked]')).toHaveCount(0);
    expect(await heldPieces(popup)).toEqual({ movements: false, runs: false, steps: false });

    await work(page, study);
    await popup.bringToFront();
    await expect.poll(() => countShown(popup, 'held')).toBeGreaterThan(0);
    expect(await heldPieces(popup)).toMatchObject({ movements: false, runs: false });
    expect(sentBatches(study)).toEqual([]);
  },
);

/** Some clicks, and one typing run of known keys. */
async function work(page: Page, study: TappedStudy): Promise<void> {
  await page.bringToFront();
  await page.goto(`${study.workAppUrl}/tickets`);
  const person = createPerson(page);
  await person.pointAt(page.getByRole('button', { name: 'Number' }));
  await person.click(page.getByRole('button', { name: 'Number' }));
  await person.fill(page.getByRole('searchbox').first(), TYPED);
  await person.click(page.getByRole('button', { name: 'Number' }));
}

/** What kinds of pieces rest on the device, not yet a record. */
async function heldPieces(popup: Page): Promise<{ movements: boolean; runs: boolean; steps: boolean }> {
  const dump = JSON.parse(await dumpExtensionStorage(popup)) as Record<string, [unknown, object[]]>;
  const held = dump['proffer/steps']?.[1] ?? [];
  return {
    movements: held.some((item) => 'motion' in item),
    runs: held.some((item) => 'rhythm' in item),
    steps: held.some((item) => 'view' in item),
  };
}

interface SentBatch {
  level: string;
  records: { kind: string }[];
}

/** The batches on the wire so far, as they can be read there. */
function sentBatches(study: TappedStudy): SentBatch[] {
  return study.tap.requests
    .filter(({ path }) => path === PATHS.batches)
    .map(({ body }) => JSON.parse(gunzipSync(body).toString()) as SentBatch);
}

function pullFor(study: TappedStudy, key: string, purpose: string, outDir: string): Promise<PullResult> {
  return pull({ from: study.tap.url, key, purpose, outDir });
}
