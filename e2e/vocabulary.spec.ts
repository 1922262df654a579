/**
 * The vocabulary script beside the recorder: the built extension knows public words in every frame it records.
 */
import type { Frame, Page } from '@playwright/test';
import { consentTo } from '../demo/participant.ts';
import { dumpExtensionStorage } from './extension-storage.ts';
import { expect, test } from './fixtures.ts';

test(
  'terms are told in pages that were open before consent, in later ones, and in their frames',
  { tag: '@firefox' },
  async ({ joinAStudy }) => {
    const { page, popup } = await joinAStudy({ path: '/help', charter: { holdHours: 24 } });
    await consentTo(popup, ['workflow']);
    await page.bringToFront();
    await clickOwnButton(page, 'Speichern');
    await expect.poll(() => termsStored(popup)).toEqual(['save']);
    await page.reload();
    await clickOwnButton(page, 'キャンセル');
    await expect.poll(() => termsStored(popup)).toEqual(['save', 'cancel']);
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.name = 'inner';
      frame.src = location.href;
      document.body.prepend(frame);
      return new Promise((resolve) => (frame.onload = resolve));
    });
    await clickOwnButton(page.frame('inner')!, 'Rehacer');
    await expect.poll(() => termsStored(popup)).toEqual(['save', 'cancel', 'redo']);
  },
);

async function clickOwnButton(page: Page | Frame, name: string): Promise<void> {
  await page.evaluate((text) => {
    const button = document.createElement('button');
    button.textContent = text;
    document.body.prepend(button);
  }, name);
  await page.getByRole('button', { name }).click();
}

async function termsStored(extensionPage: Page): Promise<unknown[]> {
  const stores = JSON.parse(await dumpExtensionStorage(extensionPage)) as Record<
    string,
    [unknown, unknown[]]
  >;
  const steps = (stores['proffer/steps']?.[1] ?? []) as { step?: { target?: { term?: string } } }[];
  return steps.map(({ step }) => step?.target?.term).filter((term) => term !== undefined);
}
