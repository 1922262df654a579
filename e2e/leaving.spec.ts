import type { Page } from '@playwright/test';
import { consentTo } from '../demo/participant.ts';
import { createPerson } from '../demo/person.ts';
import { countQueue, countQueueAtRest, dumpExtensionStorage } from './extension-storage.ts';
import { expect, test } from './fixtures.ts';

test('a page that comes back from the cache is recorded on, with what was under way when it left', async ({
  joinAStudy,
}) => {
  const { study, page, popup } = await joinAStudy({
    path: '/help',
    charter: { holdHours: 24 },
    backForwardCache: true,
  });
  await consentTo(popup, ['workflow']);
  await page.bringToFront();
  await page.evaluate(() =>
    addEventListener('pageshow', (event) => (document.title = `persisted ${String(event.persisted)}`)),
  );
  const person = createPerson(page);
  await person.scroll(300);
  // Leaves right after the click, while its message is on the way.
  await page.getByRole('heading', { level: 1 }).click();
  await page.goto(`${study.workAppUrl}/reports.html`);
  await page.goBack({ waitUntil: 'commit' });
  await expect(page).toHaveTitle('persisted true');
  const before = await stepsStored(popup);
  await createPerson(page).scroll(300);
  await expect.poll(() => stepsStored(popup)).toBeGreaterThan(before);
});

test(
  'in one document, an address that is never recorded gives nothing, and the next one does again',
  { tag: '@firefox' },
  async ({ joinAStudy }) => {
    const neverRecord = ['http://127.0.0.1/notes*'];
    const { page, popup } = await joinAStudy({ path: '/tickets', charter: { holdHours: 24, neverRecord } });
    await consentTo(popup, ['workflow']);
    await page.bringToFront();
    const person = createPerson(page);
    await person.click(page.getByRole('searchbox', { name: 'Search' }));
    await expect.poll(() => stepsStored(popup)).toBeGreaterThan(0);
    await page.getByRole('link', { name: 'Notes' }).click();
    const before = await countQueueAtRest(popup);
    await person.fill(page.getByRole('textbox', { name: 'Title' }), 'nobody records this');
    expect(await countQueueAtRest(popup)).toEqual(before);
    await page.getByRole('link', { name: 'Help' }).click();
    // Until the frame has asked again and been answered.
    await expect
      .poll(async () => {
        await person.click(page.getByRole('heading', { level: 1 }));
        return (await countQueue(popup)).steps;
      })
      .toBeGreaterThan(before.steps);
  },
);

test(
  'a tab that hangs in a dialog cannot keep a withdrawal from deleting',
  { tag: '@firefox-too' },
  async ({ joinAStudy }) => {
    const { study, browser, page, popup } = await joinAStudy({ path: '/help', charter: { holdHours: 24 } });
    await consentTo(popup, ['pointer', 'workflow']);
    await page.bringToFront();
    await createPerson(page).scroll(300);
    await expect.poll(() => stepsStored(popup)).toBeGreaterThan(0);
    const hanging = await browser.context.newPage();
    await hanging.goto(`${study.workAppUrl}/tickets`);
    const dialog = hanging.waitForEvent('dialog');
    void hanging.evaluate(() => setTimeout(() => alert('waiting'), 0));
    await dialog;
    await popup.bringToFront();
    await popup.getByRole('button', { name: 'Stop and withdraw' }).click();
    await popup.getByRole('button', { name: 'Stop and withdraw now' }).click();
    await expect.poll(() => stepsStored(popup)).toBe(0);
    await expect(popup.getByText('Recording is off')).toBeVisible();
    await (await dialog).dismiss();
  },
);

async function stepsStored(extensionPage: Page): Promise<number> {
  const stores = JSON.parse(await dumpExtensionStorage(extensionPage)) as Record<
    string,
    [unknown[], unknown[]]
  >;
  return stores['proffer/steps']?.[0].length ?? 0;
}
