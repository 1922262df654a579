/**
 * Opens the system's own Firefox, for the tests of what the extension does there.
 *
 * Runs in Node. Reaches no address but loopback. With policies it is administered as if they were the computer's, in a
 * mount namespace of its own, so that nothing else on the computer is administered by a test.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firefox, type LaunchOptions, type Page } from '@playwright/test';
import type { BrowserOfPerson } from '../demo/open-browser.ts';
import { readFolder } from '../scripts/package/read-folder.ts';
import { createZip } from '../scripts/package/zip.ts';

const FIREFOX = '/usr/bin/firefox-esr';
/** Of the driver: an unpatched Firefox, by WebDriver BiDi. */
const CHANNEL = 'moz-firefox';
/** Of our extension in every profile that a test opens; people's own profiles each make one. */
export const FIREFOX_UUID = '3f0b1c52-8d6e-4a77-9c1d-5e2f7a9b4c60';

export interface FirefoxOptions {
  /** Kept. */
  profileDir: string;
  /** The extension's, by which its own pages are found. */
  extensionId: string;
  /** Laid over `/etc`, for this browser alone. */
  etcDir?: string;
  prefs?: Record<string, boolean | number | string>;
}

/** Undefined where there is one that tests can open. */
export function whyNoFirefox(): string | undefined {
  return existsSync(FIREFOX) ? undefined : `there is no Firefox ESR of the system (${FIREFOX})`;
}

/** Undefined where it can be given policies of its own. */
export function whyNoManagedFirefox(): string | undefined {
  const tried = spawnSync('unshare', ['--mount', 'sh', '-c', overlay('/usr/share')]);
  const isRoot = tried.status === 0;
  return (
    whyNoFirefox() ?? (isRoot ? undefined : 'it takes root to give a browser a policy folder of its own')
  );
}

/**
 * Opens it with the built extension, as if a person had installed that.
 *
 * @param profileDir kept; without it a temporary one is made and removed at the end.
 */
export async function openFirefoxWithExtension(
  extensionDir: string,
  profileDir?: string,
): Promise<BrowserOfPerson> {
  const dir = mkdtempSync(join(tmpdir(), 'proffer-firefox-'));
  const profile = profileDir ?? join(dir, 'profile');
  const files = readFolder(extensionDir);
  const extensionId = idOf(readFileSync(join(extensionDir, 'manifest.json'), 'utf8'));
  mkdirSync(join(profile, 'extensions'), { recursive: true });
  writeFileSync(join(profile, 'extensions', `${extensionId}.xpi`), createZip(files));
  const prefs = { 'xpinstall.signatures.required': false };
  const browser = await openFirefox(dir, { profileDir: profile, extensionId, prefs });
  return {
    ...browser,
    close: async () => {
      await browser.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Gives `use` how one without the extension is started. */
export async function launchPlainFirefox<Result>(
  use: (options: LaunchOptions) => Promise<Result>,
): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), 'proffer-firefox-'));
  const result = await use({
    channel: CHANNEL,
    executablePath: writeStart(dir, undefined),
    // A page that comes from the cache does not say that it is loaded, and that is waited for. Chromium's is off as well.
    firefoxUserPrefs: { 'browser.sessionhistory.max_total_viewers': 0 },
  });
  rmSync(dir, { recursive: true, force: true });
  return result;
}

function idOf(manifest: string): string {
  const parsed = JSON.parse(manifest) as { browser_specific_settings: { gecko: { id: string } } };
  return parsed.browser_specific_settings.gecko.id;
}

/** @param dir for what the browser is started by. */
export async function openFirefox(dir: string, options: FirefoxOptions): Promise<BrowserOfPerson> {
  const { profileDir, extensionId, etcDir, prefs = {} } = options;
  mkdirSync(profileDir, { recursive: true });
  const context = await firefox.launchPersistentContext(profileDir, {
    channel: CHANNEL,
    executablePath: writeStart(dir, etcDir),
    headless: true,
    viewport: { width: 1280, height: 800 },
    // Without it no page of an extension can be looked into.
    args: ['--remote-allow-system-access'],
    firefoxUserPrefs: {
      'extensions.webextensions.uuids': JSON.stringify({ [extensionId]: FIREFOX_UUID }),
      ...prefs,
    },
  });
  const extensionOrigin = `moz-extension://${FIREFOX_UUID}`;
  let standIn: Page | undefined;
  return {
    context,
    extensionOrigin,
    // Firefox shows nobody its background; a page of the extension may do the same.
    worker: async () => {
      if (standIn === undefined || standIn.isClosed()) {
        const page = await context.newPage();
        await page.goto(`${extensionOrigin}/linked.html`);
        standIn = page;
      }
      return standIn;
    },
    close: () => context.close(),
  };
}

/** @returns a program that starts Firefox behind the bridge. */
function writeStart(dir: string, etcDir: string | undefined): string {
  const file = join(dir, etcDir === undefined ? 'firefox' : 'managed-firefox');
  const start =
    etcDir === undefined
      ? FIREFOX
      : `unshare --mount sh -c '${overlay(etcDir)} && exec ${FIREFOX} "$@"' firefox`;
  const bridge = join(import.meta.dirname, 'firefox-bridge.ts');
  // Of a crash it would tell its maker.
  writeFileSync(
    file,
    `#!/bin/sh\nMOZ_CRASHREPORTER_DISABLE=1 exec '${process.execPath}' '${bridge}' ${start} "$@"\n`,
  );
  chmodSync(file, 0o755);
  return file;
}

/** Most computers have no folder for Firefox's policies that another could be mounted over. */
function overlay(etcDir: string): string {
  return `mount -t overlay overlay -o "lowerdir=${etcDir}:/etc" /etc`;
}
