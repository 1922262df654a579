/**
 * Opens Chromium with the built extension in a fresh profile, for the demo and the end-to-end tests.
 *
 * Runs in Node. Starts the browser that is installed; reaches no address but loopback.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Worker } from '@playwright/test';

/** A browser with the extension in it, whichever it is. */
export interface BrowserOfPerson {
  context: BrowserContext;
  /** What the addresses of the extension's own pages begin with, without a slash at the end. */
  extensionOrigin: string;
  /** Where code runs that may do what the extension may. */
  worker(): Promise<Pick<Worker, 'evaluate'>>;
  close(): Promise<void>;
}

export interface OpenBrowser extends BrowserOfPerson {
  extensionId: string;
  /** The extension's worker; a new one after the browser has stopped the last. */
  worker(): Promise<Worker>;
}

/** Keeps the browser from asking the network for anything of its own. */
export const QUIET_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/**
 * @param extensionDir the unpacked extension.
 * @param options `backForwardCache` lets pages be put aside and brought back, as in people's browsers; Playwright
 *   cannot follow all of that, and switches it off by default. A `profileDir` is kept; without it a temporary one is made and removed at the end.
 */
export async function openBrowser(
  extensionDir: string,
  options: { headless: boolean; profileDir?: string; locale?: string; backForwardCache?: boolean },
): Promise<OpenBrowser> {
  const temporary = options.profileDir === undefined ? mkdtempSync(join(tmpdir(), 'proffer-')) : undefined;
  const context = await chromium.launchPersistentContext(options.profileDir ?? temporary!, {
    // Playwright's own headless mode loads no extensions; Chromium's new one does.
    headless: false,
    viewport: { width: 1280, height: 800 },
    ...(options.backForwardCache && { ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    ...chromiumPath(),
    args: [
      ...(options.headless ? ['--headless=new'] : []),
      ...QUIET_ARGS,
      `--lang=${options.locale ?? 'en'}`,
      `--disable-extensions-except=${extensionDir}`,
      `--load-extension=${extensionDir}`,
    ],
  });
  const worker = async () =>
    context.serviceWorkers().find((candidate) => candidate.url().startsWith('chrome-extension://')) ??
    (await context.waitForEvent('serviceworker'));
  const extensionId = new URL((await worker()).url()).host;
  return {
    context,
    extensionId,
    extensionOrigin: `chrome-extension://${extensionId}`,
    worker,
    async close() {
      await context.close();
      if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
    },
  };
}

/** Where the browser is, in the form that Playwright takes; empty for its own. */
export function chromiumPath(): { executablePath?: string } {
  const known = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const found = known.find((path) => path !== undefined && existsSync(path));
  return found === undefined ? {} : { executablePath: found };
}
