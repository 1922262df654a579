/**
 * The way of an administrator and then of a person: packages and kit by their commands, the kit's own files where its
 * guide says, and nothing else done.
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenBrowser } from '../demo/open-browser.ts';
import { openPopup } from '../demo/participant.ts';
import { createPerson } from '../demo/person.ts';
import { openStudy } from '../demo/study.ts';
import type { Charter } from '../src/charter/charter.ts';
import { expect, test } from './fixtures.ts';
import { openManagedBrowser, whyNotManaged, type ManagedBrowser } from './managed-browser.ts';
import { openProgramme, recordsOf, takePart, whyNoPackages, type Programme } from './programme.ts';

const reason = whyNotManaged() ?? whyNoPackages();
test.skip(reason !== undefined, reason);

/** Automation may open pages of an extension that a policy has installed only where the policy lets developers. */
const FOR_AUTOMATION = { DeveloperToolsAvailability: 1 };
const POLICIES = 'policies/managed';

declare const chrome: {
  action: { getUserSettings(): Promise<object> };
  scripting: { getRegisteredContentScripts(): Promise<unknown[]> };
  storage: { managed: { get(): Promise<{ charter?: string }> } };
};

test('Chromium: installed by the kit, dormant, then recorded with consent, as far as each charter goes', async ({
  dir,
}) => {
  const study = await openStudy(join(dir, 'study'), { holdHours: 0 });
  const policyDir = join(dir, 'etc-chromium');
  let programme: Programme | undefined;
  let browser: ManagedBrowser | undefined;
  try {
    programme = await openProgramme(dir, study);
    const setPolicy = policySetter(programme, policyDir);
    setPolicy(study.charter);
    browser = await openManagedBrowser(policyDir, dir);
    const { extensionId } = programme.packages.chrome;
    const open = managed(browser, extensionId);

    // It comes by itself; what the policy tells it is there from the second start on.
    await open.worker();
    await browser.restart();
    await expect.poll(() => open.managedCharter()).toEqual(study.charter);
    const worker = await open.worker();
    expect(await worker.evaluate(() => chrome.scripting.getRegisteredContentScripts())).toEqual([]);
    expect(await worker.evaluate(() => chrome.action.getUserSettings())).toMatchObject({ isOnToolbar: true });

    const first = await takePart(open, study, programme.packages.chrome.digest);
    const { page } = first;
    let { popup } = first;

    // Narrower applies at once, and nobody is asked.
    const days = study.charter.retentionDays;
    setPolicy({ ...study.charter, retentionDays: days - 1 });
    await expect
      .poll(() => open.managedCharter(), { timeout: 60_000 })
      .toMatchObject({ retentionDays: days - 1 });
    await popup.waitForTimeout(1000);
    await expect(popup.locator('[data-sign=recording]')).toBeVisible();
    await expect(popup.getByRole('heading', { name: 'What has changed' })).toHaveCount(0);
    // Wider stops, and asks.
    setPolicy({ ...study.charter, retentionDays: days + 30 });
    await popup.getByRole('heading', { name: 'What has changed' }).waitFor({ timeout: 60_000 });
    expect(await worker.evaluate(() => chrome.scripting.getRegisteredContentScripts())).toEqual([]);

    // Without the policy the extension is gone, and its recorder with it.
    popup = await openPopup(open, page);
    setPolicy(undefined);
    await expect.poll(() => popup.isClosed(), { timeout: 60_000 }).toBe(true);
    const before = recordsOf(study);
    await createPerson(page).scroll(300);
    await page.waitForTimeout(5000);
    expect(recordsOf(study)).toBe(before);
    expect(browser.context.serviceWorkers().filter((gone) => gone.url().includes(extensionId))).toEqual([]);
  } finally {
    await browser?.close();
    programme?.close();
    await study.close();
  }
});

function managed(
  browser: ManagedBrowser,
  extensionId: string,
): OpenBrowser & { managedCharter: () => Promise<unknown> } {
  const isOurs = (candidate: { url(): string }) => candidate.url().includes(extensionId);
  const open = {
    get context() {
      return browser.context;
    },
    extensionId,
    extensionOrigin: `chrome-extension://${extensionId}`,
    worker: async () =>
      browser.context.serviceWorkers().find(isOurs) ??
      (await browser.context.waitForEvent('serviceworker', { predicate: isOurs, timeout: 90_000 })),
    managedCharter: async () => {
      const worker = await open.worker();
      const { charter } = await worker.evaluate(() => chrome.storage.managed.get());
      return JSON.parse(charter ?? 'null') as unknown;
    },
    close: () => browser.close(),
  };
  return open;
}

/** Puts the kit's file where its guide says; with no charter takes it away, as the guide says too. */
function policySetter(programme: Programme, policyDir: string): (charter: Charter | undefined) => void {
  mkdirSync(join(policyDir, POLICIES), { recursive: true });
  writeFileSync(join(policyDir, POLICIES, 'automation.json'), JSON.stringify(FOR_AUTOMATION));
  return (charter) => {
    const target = join(policyDir, POLICIES, 'proffer.json');
    if (charter === undefined) rmSync(target);
    else cpSync(join(programme.writeKit(charter), 'linux/etc/chromium', POLICIES, 'proffer.json'), target);
  };
}
