/**
 * Every state of the popup, the join page and the consent page for `linked` holds WCAG 2.2 AA as far as a machine can
 * tell, in light and dark; by keyboard; and at 320 CSS px, which is what 200 % zoom leaves of a small window.
 */
import type { Page } from '@playwright/test';
import { STATES_CHARTER, walkLinkedStates, walkStates } from '../demo/participant-states.ts';
import { consentTo, extensionPage } from '../demo/participant.ts';
import { expectAccessible, violationsOf } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';

/** Every state of `walkStates` and `walkLinkedStates`: one that is left out would not be looked at. */
const ORDINARY_STATES = 28;
const LINKED_STATES = 6;

for (const { name, charter, walk, states } of [
  { name: 'popup and join page', charter: STATES_CHARTER, walk: walkStates, states: ORDINARY_STATES },
  {
    name: 'level linked',
    charter: { ...STATES_CHARTER, protection: 'linked' as const },
    walk: walkLinkedStates,
    states: LINKED_STATES,
  },
]) {
  test(
    `every state of ${name}`,
    { tag: '@firefox-too' },
    async ({ openTappedStudy, openBrowserWithExtension }) => {
      test.slow();
      const study = await openTappedStudy(charter);
      const browser = await openBrowserWithExtension();
      const seen = new Set<string>();
      await walk({
        study,
        browser,
        language: 'en',
        show: async (state, page) => {
          seen.add(state);
          await expectAccessible(state, page);
        },
      });
      expect(seen.size).toBe(states);
    },
  );
}

test('the look at colours can fail', { tag: '@firefox-too' }, async ({ openBrowserWithExtension }) => {
  const browser = await openBrowserWithExtension();
  const page = await browser.context.newPage();
  await page.goto(extensionPage(browser, 'popup.html?tab='));
  await page.locator('[data-sign]').waitFor();
  await page.evaluate(() => {
    document.querySelector('h1')!.style.color = '#bbb';
  });
  expect(await violationsOf(page)).toContainEqual(expect.stringContaining('color-contrast'));
});

test('by keyboard alone one can say yes, pause, resume and withdraw, and the focus can be seen', async ({
  joinAStudy,
}) => {
  const { popup } = await joinAStudy();
  const press = async (name: RegExp, role: 'button' | 'switch' = 'button') => {
    await tabTo(popup, name, role);
    await popup.keyboard.press('Space');
  };
  await press(/^Typing rhythm/, 'switch');
  await press(/^Yes/);
  await expect(popup.getByText('This page is being recorded')).toBeVisible();
  await press(/^Pause until I resume/);
  await expect(popup.getByText('Recording is paused')).toBeVisible();
  await press(/^Resume/);
  await expect(popup.getByText('This page is being recorded')).toBeVisible();
  await press(/^Stop and withdraw$/);
  // Reading goes on at the heading of the new step.
  await expect(popup.getByRole('heading', { name: 'Stop and withdraw your consent' })).toBeFocused();
  await press(/^Stop and withdraw now/);
  await expect(popup.getByText('You took your consent back.')).toBeVisible();
});

test(
  'what changes is announced: state, questions and outcomes stand in live regions',
  { tag: '@firefox-too' },
  async ({ joinAStudy }) => {
    const { popup } = await joinAStudy();
    await consentTo(popup, ['pointer']);
    await expect(popup.getByRole('status').filter({ hasText: 'This page is being recorded' })).toBeVisible();
    const forget = popup.getByRole('group', { name: 'Forget the last' });
    await forget.getByRole('button', { name: '5 minutes', exact: true }).click();
    await expect(popup.getByRole('status').filter({ hasText: 'Press again' })).toBeVisible();
  },
);

/** Tab by Tab, as who has no mouse comes there. */
async function tabTo(page: Page, name: RegExp, role: 'button' | 'switch'): Promise<void> {
  const wanted = page.getByRole(role, { name });
  await wanted.waitFor();
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      const outline = await wanted.evaluate((element) => getComputedStyle(element).outlineStyle);
      expect(outline, String(name)).not.toBe('none');
      return;
    }
  }
  throw new Error(`${String(name)} cannot be reached by Tab`);
}
