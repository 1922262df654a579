import { consentTo, countShown, sendEverything } from '../demo/participant.ts';
import { createPerson } from '../demo/person.ts';
import { countQueueAtRest, dumpExtensionStorage, keysStored } from './extension-storage.ts';
import { expect, test } from './fixtures.ts';

/** What is known of a person who has withdrawn and wanted everything erased, once all is answered. */
const NOTHING_BUT_RECEIPTS = {
  // What was decided and when, the receipts of it, and the study's invitation, as a managed policy would be.
  'local': ['decision', 'joined', 'receipts'],
  // Two numbers that bar what was captured before.
  'proffer/meta': ['appliedDecision', 'epoch'],
}; // prettier-ignore

const title =
  'after a withdrawal the browser keeps the decision, the receipts and what can still erase, then no more';

test(title, { tag: '@firefox' }, async ({ joinAStudy }) => {
  const charter = { holdHours: 24, minContributors: 10 };
  const { page, popup } = await joinAStudy({ path: '/help', charter });
  await consentTo(popup, ['pointer', 'keys', 'workflow']);
  const work = async () => {
    await page.bringToFront();
    const person = createPerson(page);
    const frame = page.frameLocator('iframe[title="Ask the desk"]');
    await person.fill(frame.getByRole('textbox', { name: 'Your question' }), 'when does the desk open again');
    await person.scroll(300);
    await popup.bringToFront();
    await countQueueAtRest(popup);
  };
  await work();
  await sendEverything(popup);
  expect(await countShown(popup, 'sent')).toBeGreaterThan(0);
  await work();
  // The comparison below must be able to fail.
  const before = await keysStored(popup);
  for (const store of ['records', 'steps', 'sessions', 'ledger', 'sightings', 'frames'])
    expect(Object.keys(before)).toContain(`proffer/${store}`);

  await popup.getByRole('button', { name: 'Stop and withdraw' }).click();
  await popup.getByRole('radio', { name: /keep/i }).check();
  await popup.getByRole('button', { name: 'Stop and withdraw now' }).click();
  await expect(popup.getByText('Recording is off')).toBeVisible();
  const kept = await keysStored(popup);
  expect(Object.keys(kept).sort()).toEqual(['local', 'proffer/ledger', 'proffer/meta', 'proffer/records']);
  expect(kept['proffer/meta']).toEqual([
    'accounts',
    'appliedDecision',
    'counter',
    'deviceKey',
    'epoch',
    'withdrawn',
  ]);
  const stores = JSON.parse(await dumpExtensionStorage(popup)) as Record<string, [unknown, object[]]>;
  for (const record of stores['proffer/records']![1])
    expect(record).toMatchObject({ state: 'sent', local: { parts: [] } });

  await popup.getByRole('radio', { name: /at once/i }).check();
  await popup.locator('section[aria-labelledby="sent-heading"] button').click();
  await expect
    .poll(() => keysStored(popup))
    .toEqual({ ...NOTHING_BUT_RECEIPTS, 'proffer/erasureReceipts': [expect.any(String)] });
});
