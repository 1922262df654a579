/**
 * The way of an administrator and then of a person: packages and kit by their commands, the kit's own files where its
 * guide says, and nothing else done.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { OpenBrowser } from '../demo/open-browser.ts';
import { consentTo, openPopup } from '../demo/participant.ts';
import { createPerson } from '../demo/person.ts';
import { openStudy, type Study } from '../demo/study.ts';
import type { PackageDescription } from '../src/package/package-description.ts';
import type { Charter } from '../src/charter/charter.ts';
import { createStarter, runCommand } from '../server/testing/started-collector.ts';
import { expect, test } from './fixtures.ts';
import { openManagedBrowser, whyNotManaged, type ManagedBrowser } from './managed-browser.ts';

const reason = whyNotManaged() ?? whyNoPackages();
test.skip(reason !== undefined, reason);
test.describe.configure({ timeout: 300_000 });

/** Automation may open pages of an extension that a policy has installed only where the policy lets developers. */
const FOR_AUTOMATION = { DeveloperToolsAvailability: 1 };
const POLICIES = 'policies/managed';
const SCOPES = ['pointer', 'keys', 'workflow'] as const;

declare const chrome: {
  action: { getUserSettings(): Promise<object> };
  scripting: { getRegisteredContentScripts(): Promise<unknown[]> };
  storage: { managed: { get(): Promise<{ charter?: string }> } };
};

test('Chromium: installed by the kit, dormant, then recorded with consent, as far as each charter goes', async ({
  dir,
}) => {
  const starter = createStarter();
  const study = await openStudy(join(dir, 'study'), { holdHours: 0 });
  let browser: ManagedBrowser | undefined;
  try {
    const programme = await openProgramme(dir, study);
    await starter.start(programme.serveArguments, {}, 'serve-extension');
    programme.setPolicy(study.charter);
    browser = await openManagedBrowser(programme.policyDir, dir);
    const { extensionId } = programme.packages.chrome;
    const open = managed(browser, extensionId);

    // It comes by itself; what the policy tells it is there from the second start on.
    await open.worker();
    await browser.restart();
    await expect.poll(() => open.managedCharter()).toEqual(study.charter);
    const worker = await open.worker();
    expect(await worker.evaluate(() => chrome.scripting.getRegisteredContentScripts())).toEqual([]);
    expect(await worker.evaluate(() => chrome.action.getUserSettings())).toMatchObject({ isOnToolbar: true });

    const page = await browser.context.newPage();
    await page.goto(`${study.workAppUrl}/tickets`);
    let popup = await openPopup(open, page);
    await expect(popup.locator('[data-sign=off]')).toBeVisible();
    expect(recordsOf(study)).toBe(0);
    await popup.getByText(/^This extension: Proffer/).click();
    await expect(popup.locator(`[data-digest="${programme.packages.chrome.digest}"]`)).toBeVisible();
    await consentTo(popup, SCOPES);
    await page.bringToFront();
    await createPerson(page).scroll(300);
    await popup.bringToFront();
    await expect(popup.locator('[data-pieces=captured]')).not.toHaveText('0');
    await popup.getByRole('button', { name: 'Send also what is on hold' }).click();
    await expect.poll(() => recordsOf(study)).toBeGreaterThan(0);

    // Narrower applies at once, and nobody is asked.
    const days = study.charter.retentionDays;
    programme.setPolicy({ ...study.charter, retentionDays: days - 1 });
    await expect
      .poll(() => open.managedCharter(), { timeout: 60_000 })
      .toMatchObject({ retentionDays: days - 1 });
    await popup.waitForTimeout(1000);
    await expect(popup.locator('[data-sign=recording]')).toBeVisible();
    await expect(popup.getByRole('heading', { name: 'What has changed' })).toHaveCount(0);
    // Wider stops, and asks.
    programme.setPolicy({ ...study.charter, retentionDays: days + 30 });
    await popup.getByRole('heading', { name: 'What has changed' }).waitFor({ timeout: 60_000 });
    expect(await worker.evaluate(() => chrome.scripting.getRegisteredContentScripts())).toEqual([]);

    // Without the policy the extension is gone, and its recorder with it.
    popup = await openPopup(open, page);
    programme.setPolicy(undefined);
    await expect.poll(() => popup.isClosed(), { timeout: 60_000 }).toBe(true);
    const before = recordsOf(study);
    await createPerson(page).scroll(300);
    await page.waitForTimeout(5000);
    expect(recordsOf(study)).toBe(before);
    expect(browser.context.serviceWorkers().filter((gone) => gone.url().includes(extensionId))).toEqual([]);
  } finally {
    await browser?.close();
    starter.stopAll();
    await study.close();
  }
});

function whyNoPackages(): string | undefined {
  const found = spawnSync('git', ['rev-parse', 'HEAD']);
  return found.status === 0 ? undefined : 'packages are made in a git working copy only';
}

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

/** What an administrator has at hand: packages of the charter, a key, and the kit of any charter that fits them. */
async function openProgramme(dir: string, study: Study) {
  const charterFile = join(dir, 'study', 'charter.json');
  const packagesDir = join(dir, 'packages');
  const args = ['scripts/package/package.ts', '--charter', charterFile, '--out', packagesDir];
  const made = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  const description = readdirSync(packagesDir).find((name) => name.endsWith('.json'))!;
  const packages = JSON.parse(readFileSync(join(packagesDir, description), 'utf8')) as PackageDescription;
  const port = await freePort();
  const extensionUrl = `http://127.0.0.1:${port}`;
  const policyDir = join(dir, 'etc-chromium');
  mkdirSync(join(policyDir, POLICIES), { recursive: true });
  writeFileSync(join(policyDir, POLICIES, 'automation.json'), JSON.stringify(FOR_AUTOMATION));
  let kits = 0;
  return {
    packages,
    policyDir,
    serveArguments: ['--packages', packagesDir, '--extension-url', extensionUrl, '--port', String(port)],
    /** Puts the kit's file where its guide says; with no charter takes it away, as the guide says too. */
    setPolicy(charter: Charter | undefined): void {
      const target = join(policyDir, POLICIES, 'proffer.json');
      if (charter === undefined) {
        rmSync(target);
        return;
      }
      writeFileSync(charterFile, JSON.stringify(charter));
      const out = join(dir, `kit-${(kits += 1)}`);
      const kit = ['kit', '--charter', charterFile, '--packages', packagesDir, '--out', out];
      const written = runCommand([...kit, '--extension-url', extensionUrl], {
        PROFFER_PARTICIPANT_KEY: study.participantKey,
      });
      if (written.status !== 0) throw new Error(written.stderr);
      cpSync(join(out, 'linux/etc/chromium', POLICIES, 'proffer.json'), target);
    },
  };
}

/** As the store has them, read by another program than the collector. */
function recordsOf(study: Study): number {
  const database = new DatabaseSync(study.databaseFile, { readOnly: true });
  const { count } = database.prepare('SELECT count(*) AS count FROM records').get() as { count: number };
  database.close();
  return count;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
