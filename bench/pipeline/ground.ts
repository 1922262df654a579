/**
 * What the trials of one fault share: source, browser, network, collector, and the ways to break each and bring it back.
 *
 * Runs in Node, on loopback. A browser keeps its profile from trial to trial, as a person's does.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { openBrowser, type OpenBrowser } from '../../demo/open-browser.ts';
import { joinStudy } from '../../demo/participant.ts';
import { openStudy, type Study } from '../../demo/study.ts';
import type { AddCloser } from '../server/with-closers.ts';
import { copyExtension } from './extension-copy.ts';
import { openDevice, type Device } from './device.ts';
import { openFaultRelay, type FaultRelay } from './fault-relay.ts';
import { serveSource } from './source-page.ts';
import { createWitness, type Witness } from './witness.ts';

/** What the browser's own page of extensions may do. */
declare const chrome: {
  developerPrivate: { updateProfileConfiguration(change: { inDeveloperMode: boolean }): Promise<void> };
};

export interface Ground {
  study: Study;
  relay: FaultRelay;
  witness: Witness;
  extensionDir: string;
  browser: () => OpenBrowser;
  /** The source. */
  page: () => Page;
  device: () => Device;
  /** Waits until `holds`. @throws Error that says what never came. */
  patiently: (what: string, holds: () => Promise<boolean>) => Promise<void>;
  /** A new page of the source, in place of one that is gone. */
  openPage: () => Promise<void>;
  /** Finds the extension again after it was loaded anew. */
  reopenDevice: () => Promise<void>;
  killBrowser: () => Promise<void>;
  startBrowser: () => Promise<void>;
}

const PATIENCE_MS = 60_000;
const POLL_MS = 100;

export interface Parts {
  /** The unpacked extension; a copy of it is tested. */
  extensionDir: string;
  /** From `bundleOwnPage`. */
  ownPageScript: string;
}

/** @param studyDir where the collector keeps its data. */
export async function openGround(
  { extensionDir: original, ownPageScript }: Parts,
  dir: string,
  studyDir: string,
  onClose: AddCloser,
): Promise<Ground> {
  const extensionDir = copyExtension(original, join(dir, 'extension'));
  const profileDir = join(dir, 'profile');
  const source = await serveSource();
  onClose(() => source.close());
  const relay = await openFaultRelay();
  onClose(() => relay.close());
  const apps = [{ label: 'source', matches: [`${source.origin}/*`] }];
  const study = await openStudy(studyDir, { collectorUrl: relay.url, apps });
  onClose(() => study.close());
  relay.forwardTo(study.collectorUrl);
  const witness = createWitness();
  let browser: OpenBrowser;
  let page: Page;
  let device: Device;

  const ground: Ground = {
    study,
    relay,
    witness,
    extensionDir,
    browser: () => browser,
    page: () => page,
    device: () => device,
    patiently,
    async openPage() {
      page = await browser.context.newPage();
      await witness.watch(page);
      await page.goto(source.origin);
      await page.bringToFront();
    },
    async reopenDevice() {
      await patiently('a page of the extension that is loaded again', async () => {
        try {
          device = await openDevice(browser, ownPageScript);
          return true;
        } catch {
          await wait(POLL_MS);
          return false;
        }
      });
      await page.bringToFront();
    },
    async killBrowser() {
      const closed = browser.context.waitForEvent('close', { timeout: PATIENCE_MS });
      for (const pid of findBrowser(profileDir)) process.kill(pid, 'SIGKILL');
      await closed;
      await patiently('the end of a killed browser', async () => {
        await wait(POLL_MS);
        return findBrowser(profileDir).length === 0;
      });
    },
    async startBrowser() {
      browser = await openBrowser(extensionDir, { headless: true, profileDir });
      await ground.openPage();
      await ground.reopenDevice();
    },
  };
  onClose(() => browser.close());
  browser = await openBrowser(extensionDir, { headless: true, profileDir });
  await allowReloading(browser);
  await joinStudy(browser, study.invitation.replace(study.collectorUrl, relay.url));
  await ground.openPage();
  await ground.reopenDevice();
  return ground;
}

/** Without its developer mode the browser switches an unpacked extension off when that is loaded again. */
async function allowReloading({ context }: OpenBrowser): Promise<void> {
  const page = await context.newPage();
  await page.goto('chrome://extensions');
  await page.evaluate(() => chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true }));
  await page.close();
}

async function patiently(what: string, holds: () => Promise<boolean>): Promise<void> {
  const givenUpAtMs = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > givenUpAtMs) throw new Error(`there never came ${what}`);
    await wait(POLL_MS);
  }
}

/** Process ids of the browser that has this profile: its main process, whose end is the end of all others. */
function findBrowser(profileDir: string): number[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.map(Number).filter((pid) => {
    try {
      const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return args.includes(`--user-data-dir=${profileDir}`) && !args.some((arg) => arg.startsWith('--type='));
    } catch {
      // Gone meanwhile.
      return false;
    }
  });
}
