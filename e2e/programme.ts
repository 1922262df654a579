/**
 * What an administrator has at hand, made by the commands that they would use: packages of a charter, the server that
 * hands them out, and the kit of any charter that fits them. Then a person's first day with it.
 *
 * Runs in Node, for the tests of installation by policy.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, type Page } from '@playwright/test';
import type { BrowserOfPerson } from '../demo/open-browser.ts';
import { consentTo, openPopup } from '../demo/participant.ts';
import { createPerson } from '../demo/person.ts';
import type { Study } from '../demo/study.ts';
import { createStarter, runCommand } from '../server/testing/started-collector.ts';
import type { Charter } from '../src/charter/charter.ts';
import type { PackageDescription } from '../src/package/package-description.ts';

export interface Programme {
  packages: PackageDescription;
  /** @returns the folder of a kit for this charter. */
  writeKit(charter: Charter): string;
  close(): void;
}

/** Undefined where packages can be made. */
export function whyNoPackages(): string | undefined {
  const found = spawnSync('git', ['rev-parse', 'HEAD']);
  return found.status === 0 ? undefined : 'packages are made in a git working copy only';
}

/** @param dir for packages and kits. */
export async function openProgramme(dir: string, study: Study): Promise<Programme> {
  const charterFile = join(dir, 'charter.json');
  const packagesDir = join(dir, 'packages');
  writeFileSync(charterFile, JSON.stringify(study.charter));
  const args = ['scripts/package/package.ts', '--charter', charterFile, '--out', packagesDir];
  const made = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  const description = readdirSync(packagesDir).find((name) => name.endsWith('.json'))!;
  const port = await freePort();
  const extensionUrl = `http://127.0.0.1:${port}`;
  const starter = createStarter();
  const serve = ['--packages', packagesDir, '--extension-url', extensionUrl, '--port', String(port)];
  await starter.start(serve, {}, 'serve-extension');
  let kits = 0;
  return {
    packages: JSON.parse(readFileSync(join(packagesDir, description), 'utf8')) as PackageDescription,
    writeKit(charter) {
      writeFileSync(charterFile, JSON.stringify(charter));
      const out = join(dir, `kit-${(kits += 1)}`);
      const kit = ['kit', '--charter', charterFile, '--packages', packagesDir, '--out', out];
      const written = runCommand([...kit, '--extension-url', extensionUrl], {
        PROFFER_PARTICIPANT_KEY: study.participantKey,
      });
      if (written.status !== 0) throw new Error(written.stderr);
      return out;
    },
    close: starter.stopAll,
  };
}

/**
 * A person's first day: off until they have looked and consented, then what they do on a page arrives.
 *
 * @param digest of the package, which the popup must show.
 */
export async function takePart(
  browser: BrowserOfPerson,
  study: Study,
  digest: string,
): Promise<{ page: Page; popup: Page }> {
  const page = await browser.context.newPage();
  await page.goto(`${study.workAppUrl}/tickets`);
  await createPerson(page).scroll(300);
  const popup = await openPopup(browser, page);
  await expect(popup.locator('[data-sign=off]')).toBeVisible();
  expect(recordsOf(study)).toBe(0);
  await popup.getByText(/^This extension: Proffer/).click();
  await expect(popup.locator(`[data-digest="${digest}"]`)).toBeVisible();
  await consentTo(popup, ['pointer', 'keys', 'workflow']);
  await page.bringToFront();
  await createPerson(page).scroll(300);
  await popup.bringToFront();
  await expect(popup.locator('[data-pieces=captured]')).not.toHaveText('0');
  await popup.getByRole('button', { name: 'Send also what is on hold' }).click();
  await expect.poll(() => recordsOf(study)).toBeGreaterThan(0);
  return { page, popup };
}

/** How many records the store has, read by another program than the collector. */
export function recordsOf(study: Study): number {
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
