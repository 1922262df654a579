/**
 * What a browser sends along with each request of the extension: nothing that lasts and is one person's.
 *
 * Read from the raw headers, as they come to the collector, and from what the collector has then written.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { consentTo, openMyData, sendEverything } from '../demo/participant.ts';
import { createPerson } from '../demo/person.ts';
import { countQueueAtRest } from './extension-storage.ts';
import { expect, test } from './fixtures.ts';

/** What tells of a browser's make, version and language, of the connection, and of the request itself. */
const ALLOWED =
  /^(host|connection|content-length|content-type|authorization|accept|accept-encoding|accept-language|user-agent|cache-control|pragma|priority|origin|sec-fetch-(dest|mode|site|storage-access)|sec-ch-ua(-mobile|-platform)?|te)$/;

test('no request carries anything lasting of who sends it', { tag: '@firefox' }, async ({ joinAStudy }) => {
  const charter = { holdHours: 24 };
  const { study, browser, page, popup } = await joinAStudy({ path: '/help', charter });
  // In Chromium it is the package's, the same for everyone; in Firefox it is this profile's alone.
  const [ownOrigin, isPersonal] = [browser.extensionOrigin, browser.extensionOrigin.startsWith('moz-')];
  // A cookie and an address that a careless request would take along.
  await page.evaluate(() => (document.cookie = 'who=me; path=/; max-age=600'));
  study.tap.requests.length = 0;
  await consentTo(popup, ['pointer', 'workflow']);
  await page.bringToFront();
  await createPerson(page).scroll(300);
  await popup.bringToFront();
  await countQueueAtRest(popup);
  await sendEverything(popup);
  const myData = await openMyData(browser);
  await myData.getByRole('button', { name: 'Ask the collector' }).click();
  await expect.poll(() => paths(study.tap)).toContain('/v1/access-log');
  await myData.close();
  await popup.getByRole('button', { name: 'Stop and withdraw' }).click();
  await popup.getByRole('radio', { name: /at once/i }).check();
  await popup.getByRole('button', { name: 'Stop and withdraw now' }).click();
  await expect.poll(() => paths(study.tap)).toContain('/.well-known/proffer.json');

  expect(new Set(paths(study.tap))).toEqual(
    new Set(['/v1/batches', '/v1/erasures', '/v1/access-log', '/.well-known/proffer.json']),
  );
  for (const { rawHeaders, headers } of study.tap.requests) {
    const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
    expect(names.filter((name) => !ALLOWED.test(name))).toEqual([]);
    const text = rawHeaders.join('\n');
    if (isPersonal) expect(text).not.toContain(new URL(ownOrigin).host);
    expect([undefined, 'null', ...(isPersonal ? [] : [ownOrigin])]).toContain(headers.origin);
    expect(text).not.toContain('who=me');
    expect(text).not.toContain(study.workAppUrl);
  }
  const written = readdirSync(dirname(study.databaseFile)).map((name) =>
    readFileSync(join(dirname(study.databaseFile), name), 'latin1'),
  );
  for (const text of [...written, study.collectorLog()]) {
    expect(text).not.toContain(new URL(ownOrigin).host);
    expect(text).not.toMatch(/Mozilla|moz-extension|chrome-extension/);
  }
});

function paths(tap: { requests: { path: string }[] }): string[] {
  return tap.requests.map(({ path }) => path);
}
