import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createStarter } from '../testing/started-collector.ts';
import { aPackageDescription, writePackages } from '../testing/packages.ts';
import { parseElements } from '../testing/parse-xml.ts';
import { compareVersions, findOffered } from './package-folder.ts';
import { openExtensionServer, type ExtensionServer } from './serve-extension.ts';

const EXTENSION_URL = 'https://extension.example.com';
const GUPDATE = '{http://www.google.com/update2/response}';

let dir: string;
let events: [string, object?][];
let server: ExtensionServer | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'proffer-packages-'));
  events = [];
  writePackages(dir, { version: '1.2.0' });
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(dir, { recursive: true });
});

async function serve(version?: string): Promise<ExtensionServer> {
  await server?.close();
  const log = (...event: [string, object?]) => void events.push(event);
  server = await openExtensionServer({ packagesDir: dir, extensionUrl: EXTENSION_URL, version, log });
  return server;
}
const ask = (path: string, init?: RequestInit) => fetch(server!.url + path, init);
/** Where an update manifest points, at this server instead of its public address. */
const follow = async (link: string) => (await ask(link.replace(EXTENSION_URL, ''))).text();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the server of packages', () => {
  test('tells Chrome and Edge of one version, which is where it says, with the digest that it says', async () => {
    await serve();
    const answer = await ask('/extension/updates.xml?os=linux&x=id%3Dabc%26uc');
    expect(answer.headers.get('content-type')).toContain('application/xml');
    const [root, app, check, ...rest] = parseElements(await answer.text());
    expect([root![0], root![1].protocol]).toEqual([`${GUPDATE}gupdate`, '2.0']);
    expect(app).toEqual([`${GUPDATE}app`, { appid: aPackageDescription().chrome.extensionId }]);
    expect(check![0]).toBe(`${GUPDATE}updatecheck`);
    expect(check![1]).toMatchObject({ version: '1.2.0', prodversionmin: '137' });
    expect(rest).toEqual([]);
    const crx = await follow(check![1].codebase!);
    expect(crx).toBe('crx of 1.2.0');
    expect(check![1]).toMatchObject({ hash_sha256: sha256(crx), size: String(crx.length) });
  });

  test('tells Firefox of the same version, and gives it at the address that a policy names', async () => {
    await serve();
    const { addons } = (await (await ask('/extension/updates.json')).json()) as {
      addons: Record<string, { updates: { version: string; update_link: string; update_hash: string }[] }>;
    };
    const [update, ...rest] = addons[aPackageDescription().firefox.extensionId]!.updates;
    expect([update!.version, rest]).toEqual(['1.2.0', []]);
    const xpi = await follow(update!.update_link);
    expect(update!.update_hash).toBe(`sha256:${sha256(xpi)}`);
    expect(await (await ask('/extension/proffer.xpi?version=9')).text()).toBe(xpi);
  });

  test('rolls out and back by one setting, and gives nothing of the other versions', async () => {
    writePackages(dir, { version: '1.10.0' });
    expect((await serve()).version).toBe('1.10.0');
    expect((await serve('1.2.0')).version).toBe('1.2.0');
    expect(await (await ask('/extension/updates.xml')).text()).toContain('version="1.2.0"');
    expect(await (await ask('/extension/proffer.xpi')).text()).toBe('xpi of 1.2.0');
    expect((await ask('/extension/proffer-1.10.0-chrome.crx')).status).toBe(404);
  });

  test('logs and keeps nothing of a request', async () => {
    await serve();
    for (const path of ['/extension/updates.xml?canary', '/extension/updates.json', '/canary', '/healthz'])
      await (await ask(path, { headers: { 'User-Agent': 'canary' } })).arrayBuffer();
    expect(events.map(([event]) => event)).toEqual(['started']);
    const answer = await ask('/extension/updates.xml');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  test('serves nothing else of the folder, and takes nothing', async () => {
    writeFileSync(join(dir, 'key.pem'), 'secret');
    await serve();
    for (const path of [
      '/',
      '/extension/',
      '/extension/key.pem',
      '/extension/proffer-1.2.0.json',
      '/extension/..%2fkey.pem',
    ])
      expect((await ask(path)).status, path).toBe(404);
    expect((await ask('/extension/updates.xml', { method: 'POST', body: 'x' })).status).toBe(405);
    const head = await ask('/extension/updates.xml', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});

describe('a folder of packages', () => {
  test.each([
    ['1.2.0', '1.10.0', -1],
    ['1.2', '1.2.0', 0],
    ['1.2.0.1', '1.2.0', 1],
    ['10', '9.9.9', 1],
  ])('orders %s and %s as browsers do', (one, other, sign) => {
    expect(Math.sign(compareVersions(one, other))).toBe(sign);
  });

  test('names what it lacks', () => {
    expect(() => findOffered(dir, '1.3.0')).toThrow(
      /^extension-version: .* no version 1\.3\.0, but 1\.2\.0$/,
    );
    expect(() => findOffered(join(dir, 'none'), undefined)).toThrow(/^packages: the folder .* \(ENOENT\)$/);
    writeFileSync(join(dir, 'proffer-1.3.0.json'), JSON.stringify({ ...aPackageDescription(), commit: 'x' }));
    expect(() => findOffered(dir, undefined)).toThrow(/^packages: .*proffer-1\.3\.0\.json .* \(commit: /);
    writeFileSync(join(dir, 'proffer-1.3.0.json'), '{');
    expect(() => findOffered(dir, undefined)).toThrow(
      /^packages: .*proffer-1\.3\.0\.json describes no packages/,
    );
  });

  test('cannot name a file outside of itself', () => {
    const outside = aPackageDescription({ version: '1.3.0' });
    outside.chrome.file = '../key.pem';
    writeFileSync(join(dir, 'proffer-1.3.0.json'), JSON.stringify(outside));
    expect(() => findOffered(dir, undefined)).toThrow('chrome.file: must be a plain file name');
  });

  test('whose package is missing stops the start', async () => {
    rmSync(join(dir, 'proffer-1.2.0-firefox.xpi'));
    await expect(serve()).rejects.toThrow(/^packages: .*firefox\.xpi cannot be read \(ENOENT\)$/);
  });
});

test('the command starts it, says where, and stops in order', async () => {
  const starter = createStarter();
  const given = ['--packages', dir, '--extension-url', EXTENSION_URL, '--port', '0'];
  const { child, url, events: logged } = await starter.start(given, {}, 'serve-extension');
  expect((await fetch(`${url}/extension/updates.xml`)).status).toBe(200);
  child.kill('SIGTERM');
  await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  expect(logged()).toEqual(['started', 'stopped']);
});
