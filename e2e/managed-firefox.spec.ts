/**
 * The way of an administrator and then of a person in Firefox ESR: packages and kit by their commands, the kit's own
 * files where its guide says, and nothing else done.
 *
 * Firefox reads its policies when it starts, so each change of them comes with a restart.
 */
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BrowserOfPerson } from '../demo/open-browser.ts';
import { openPopup } from '../demo/participant.ts';
import { createPerson } from '../demo/person.ts';
import type { Charter } from '../src/charter/charter.ts';
import { registeredScripts } from './browser-state.ts';
import { expect, test } from './fixtures.ts';
import { FIREFOX_UUID, openFirefox, whyNoManagedFirefox } from './open-firefox.ts';
import { openProgramme, recordsOf, takePart, whyNoPackages, type Programme } from './programme.ts';

const reason = whyNoManagedFirefox() ?? whyNoPackages();
test.skip(reason !== undefined, reason);

declare const chrome: {
  action: { getUserSettings(): Promise<object> };
  storage: { managed: { get(): Promise<{ charter?: string }> } };
};

const title =
  'Firefox: installed by the kit, dormant, then recorded with consent, as far as each charter goes';

test(title, { tag: '@firefox-only' }, async ({ dir, openTappedStudy }) => {
  const study = await openTappedStudy({ holdHours: 0 });
  const profileDir = join(dir, 'profile');
  let programme: Programme | undefined;
  let browser: BrowserOfPerson | undefined;
  try {
    programme = await openProgramme(dir, study);
    const { extensionId, digest } = programme.packages.firefox;
    const etcDir = join(dir, 'etc');
    const restart = async (takePolicies: (target: string) => void, prefs = {}) => {
      await browser?.close();
      takePolicies(join(etcDir, 'firefox/policies/policies.json'));
      browser = await openFirefox(dir, { profileDir, extensionId, etcDir, prefs });
      return browser;
    };
    const restartWith = (charter: Charter, file = 'policies-unsigned.json') =>
      restart((target) => {
        mkdirSync(dirname(target), { recursive: true });
        cpSync(join(programme!.writeKit(charter), 'firefox', file), target);
      });

    // It comes by itself, pinned, with its charter, and does nothing.
    const fresh = await restartWith(study.charter);
    await expect(async () => {
      expect(await managedCharter(fresh)).toEqual(study.charter);
    }).toPass({ timeout: 60_000 });
    const settings = await (await fresh.worker()).evaluate(() => chrome.action.getUserSettings());
    expect(settings).toMatchObject({ isOnToolbar: true });
    expect(await registeredScripts(fresh)).toEqual([]);
    expect(study.tap.connectionCount()).toBe(0);
    await takePart(fresh, study, digest);

    // Narrower applies at the next start, and nobody is asked.
    const days = study.charter.retentionDays;
    const narrowed = await restartWith({ ...study.charter, retentionDays: days - 1 });
    expect(await managedCharter(narrowed)).toMatchObject({ retentionDays: days - 1 });
    await expect.poll(() => registeredScripts(narrowed)).toEqual(['recorder']);
    expect(await signOnWorkPage(narrowed, study.workAppUrl)).toBe('recording');

    // Firefox leaves the extension where its policy only goes; without a charter it does nothing.
    const before = recordsOf(study);
    // As if the package were signed: with the policy goes its leave to take one that is not.
    const left = await restart((target) => rmSync(target), { 'xpinstall.signatures.required': false });
    expect(await signOnWorkPage(left, study.workAppUrl)).toBe('off');
    expect(await registeredScripts(left)).toEqual([]);
    expect(recordsOf(study)).toBe(before);

    // Wider stops, and asks.
    const widened = await restartWith({ ...study.charter, retentionDays: days + 30 });
    const popup = await widened.context.newPage();
    await popup.goto(`${widened.extensionOrigin}/popup.html?tab=`);
    await popup.getByRole('heading', { name: 'What has changed' }).waitFor();
    expect(await registeredScripts(widened)).toEqual([]);

    // The kit's file for removing it takes it away, and all that it has stored.
    const removed = await restartWith(study.charter, 'policies-remove.json');
    await expect(async () => {
      await expect(managedCharter(removed)).rejects.toThrow();
      expect(storedBy(profileDir, FIREFOX_UUID)).toEqual([]);
    }).toPass({ timeout: 60_000 });
  } finally {
    await browser?.close();
    programme?.close();
  }
});

async function managedCharter(browser: BrowserOfPerson): Promise<unknown> {
  const worker = await browser.worker();
  const { charter } = await worker.evaluate(() => chrome.storage.managed.get());
  return JSON.parse(charter ?? 'null') as unknown;
}

/** Works on a page of the charter's app, and reads what the popup says of it. */
async function signOnWorkPage(browser: BrowserOfPerson, workAppUrl: string): Promise<string | null> {
  const page = await browser.context.newPage();
  await page.goto(`${workAppUrl}/tickets`);
  await createPerson(page).scroll(300);
  const popup = await openPopup(browser, page);
  return popup.locator('[data-sign]').getAttribute('data-sign');
}

/** The folders of the profile in which Firefox keeps what an extension stores. */
function storedBy(profileDir: string, uuid: string): string[] {
  return readdirSync(join(profileDir, 'storage/default')).filter((name) => name.includes(uuid));
}
