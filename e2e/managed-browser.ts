/**
 * A Chromium that is administered: with policy files of its own, as if they were the computer's.
 *
 * Runs in Node, on Linux as root: the policy folder is put over the computer's for this browser alone (a mount namespace
 * of its own), so that nothing else on the computer is administered by a test.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext } from '@playwright/test';
import { chromiumPath, QUIET_ARGS } from '../demo/open-browser.ts';

/** Where Debian's Chromium looks for what an administrator has set. */
const SYSTEM_DIR = '/etc/chromium';
/** Playwright's, which keep extensions out. */
const NOT_WANTED = [
  '--disable-extensions',
  '--disable-component-extensions-with-background-pages',
  '--disable-background-networking',
  '--disable-component-update',
];

/** Undefined where it can be done. */
export function whyNotManaged(): string | undefined {
  if (chromiumPath().executablePath !== '/usr/bin/chromium') return 'there is no Chromium of the system';
  if (!existsSync(SYSTEM_DIR)) return `there is no ${SYSTEM_DIR}`;
  const tried = spawnSync('unshare', ['--mount', 'mount', '--bind', SYSTEM_DIR, SYSTEM_DIR]);
  return tried.status === 0 ? undefined : 'it takes root to give a browser a policy folder of its own';
}

export interface ManagedBrowser {
  context: BrowserContext;
  /** Ends it, and starts it again on the same profile with the same policies. */
  restart: () => Promise<void>;
  close: () => Promise<void>;
}

/**
 * @param policyDir laid out as `/etc/chromium` is; may change while the browser runs.
 * @param dir for the profile.
 */
export async function openManagedBrowser(policyDir: string, dir: string): Promise<ManagedBrowser> {
  const profileDir = join(dir, 'profile');
  // What Debian itself has set there stays.
  mkdirSync(policyDir, { recursive: true });
  cpSync(SYSTEM_DIR, policyDir, { recursive: true, force: false });
  const executablePath = join(dir, 'managed-chromium');
  writeFileSync(
    executablePath,
    `#!/bin/sh\nexec unshare --mount sh -c 'mount --bind "$0" ${SYSTEM_DIR} && exec /usr/bin/chromium "$@"' '${policyDir}' "$@"\n`,
  );
  chmodSync(executablePath, 0o755);
  const open = () =>
    chromium.launchPersistentContext(profileDir, {
      headless: false,
      viewport: { width: 1280, height: 800 },
      executablePath,
      ignoreDefaultArgs: NOT_WANTED,
      args: ['--headless=new', ...QUIET_ARGS],
    });
  const browser: ManagedBrowser = {
    context: await open(),
    restart: async () => {
      await browser.context.close();
      browser.context = await open();
    },
    close: () => browser.context.close(),
  };
  return browser;
}
