import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { charterHash } from '../src/charter/charter-hash.ts';
import { BATCH_MEDIA_TYPE } from '../src/trace/collector-api.ts';
import { databasePath } from './store-location.ts';
import { aBatch, aCharter, aMotion, onTheWire } from './testing/builders.ts';
import { dumpTables, makeTestDir } from './testing/test-store.ts';
import { createStarter, runCommand } from './testing/started-collector.ts';

let dir: string;
let dataDir: string;
let charterFile: string;
const starter = createStarter();
beforeEach(() => {
  dir = makeTestDir();
  dataDir = join(dir, 'data');
  charterFile = join(dir, 'charter.json');
  writeFileSync(charterFile, JSON.stringify(aCharter()));
});
afterEach(() => {
  starter.stopAll();
  rmSync(dir, { recursive: true, force: true });
});

const given = () => ['--charter', charterFile, '--data', dataDir, '--port', '0'];
const makeKey = () =>
  runCommand(['keys', 'create', '--role', 'participant', '--name', 'all', '--data', dataDir]).stdout.trim();
const aMinute = { timeout: 60_000 };

describe('settings', () => {
  test('come from the environment too, for every command; a flag wins', async () => {
    const environment = {
      PROFFER_CHARTER: charterFile,
      PROFFER_DATA: dataDir,
      PROFFER_PORT: 'wrong',
      PROFFER_TLS_KEY: '',
    };
    const keyArguments = ['keys', 'create', '--role', 'participant', '--name', 'staff'];
    expect(runCommand(keyArguments, environment).status).toBe(0);
    expect(runCommand(['start'], environment).stderr).toBe('port: must be a whole number from 0 to 65535\n');
    const { url } = await starter.start(['--port', '0'], environment);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  test.each([
    [{ PROFFER_PROT: '1' }, [], 'PROFFER_PROT: no such setting\n'],
    [{}, ['--metrics-prot', '1'], 'metrics-prot: no such setting\n'],
    [{}, ['--log-level', 'loud'], 'log-level: must be one of'],
    [{}, ['--tls-cert', '/nowhere.pem'], 'tls-key: is missing; it goes with tls-cert\n'],
    [
      { PROFFER_TLS_CERT: '/nowhere.pem' },
      ['--tls-key', '/nowhere.pem'],
      'tls-cert: the file /nowhere.pem cannot be read',
    ],
    [
      {},
      ['--metrics-port', '0', '--metrics-host', 'no.such.host.invalid'],
      'metrics-port or metrics-host: cannot listen',
    ],
  ])('%j with %j stops the start with code 1 and is named', (environment, args, message) => {
    const { status, stderr } = runCommand(['start', ...given(), ...args], environment);
    expect(status).toBe(1);
    expect(stderr.split('\n').some((line) => `${line}\n`.startsWith(message))).toBe(true);
  });
});

describe('metrics', () => {
  test('are an administrator’s, and on a socket of their own when asked for', async () => {
    const without = await starter.start(given());
    expect((await fetch(`${without.url}/metrics`)).status).toBe(401);
    expect(without.metricsUrl).toBeUndefined();
    without.child.kill('SIGKILL');
    const { url, metricsUrl } = await starter.start([...given(), '--metrics-port', '0']);
    expect(new URL(metricsUrl!).hostname).toBe('127.0.0.1');
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    expect((await fetch(`${metricsUrl!}/readyz`)).status).toBe(404);
    // The first round of housekeeping begins at the start, and ends a little later.
    await vi.waitFor(async () => {
      const figures = await (await fetch(`${metricsUrl!}/metrics`)).text();
      expect(figures).toMatch(/^proffer_disk_free_bytes \d+$/m);
      expect(figures).toMatch(/^proffer_housekeeping_age_seconds\{task="seal"\} /m);
    }, 5_000);
  });
});

describe('on SIGTERM', () => {
  test('it refuses batches, is not ready, finishes what is at hand and ends settled', aMinute, async () => {
    const key = makeKey();
    const { child, url, events } = await starter.start([...given(), '--drain-seconds', '2']);
    const body = onTheWire(
      aBatch(await charterHash(aCharter()), [
        aMotion(1, { recordedOn: new Date().toISOString().slice(0, 10) }),
      ]),
    );
    const headers = { authorization: `Bearer ${key}`, 'content-type': BATCH_MEDIA_TYPE };
    const atHand = beginBatch(url, headers, body);
    await atHand.begun;

    child.kill('SIGTERM');
    const refused = await untilNotReady(url);
    expect([refused.status, refused.headers.get('connection')]).toEqual([503, 'close']);
    const batch = await fetch(`${url}/v1/batches`, { method: 'POST', headers, body });
    expect([batch.status, batch.headers.get('retry-after')]).toEqual([503, '30']);
    expect(await batch.json()).toMatchObject({ error: 'draining' });

    expect(await atHand.finish()).toBe(204);
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    expect(events().filter((event) => event !== 'forgot')).toEqual(['started', 'draining', 'stopped']);
    expect(existsSync(`${databasePath(dataDir)}-wal`)).toBe(false);
    expect((await dumpTables({ path: databasePath(dataDir) }))['records']).toHaveLength(1);
  });

  test('a second signal ends it at once', async () => {
    const { child, url } = await starter.start([...given(), '--drain-seconds', '300']);
    child.kill('SIGTERM');
    await untilNotReady(url);
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(1);
  });
});

/** Sends the first half of a batch; the second when it is to be finished. */
function beginBatch(url: string, headers: Record<string, string>, body: Uint8Array) {
  const agent = new Agent({ keepAlive: false });
  const sending = request(`${url}/v1/batches`, {
    method: 'POST',
    agent,
    headers: { ...headers, 'content-length': body.length },
  });
  const status = new Promise<number>((resolve, reject) => {
    sending.on('response', (answer) => resolve(answer.resume().statusCode!)).on('error', reject);
  });
  const half = Math.floor(body.length / 2);
  sending.write(body.subarray(0, half));
  return {
    // Long enough for the collector to have let it in.
    begun: new Promise((resolve) => setTimeout(resolve, 300)),
    finish: (): Promise<number> => {
      sending.end(body.subarray(half));
      return status;
    },
  };
}

async function untilNotReady(url: string): Promise<Response> {
  for (;;) {
    const answer = await fetch(`${url}/readyz`);
    if (answer.status !== 200) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
