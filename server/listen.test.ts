import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { charterHash } from '../src/charter/charter-hash.ts';
import { BATCH_MEDIA_TYPE } from '../src/trace/collector-api.ts';
import { openCollector } from './listen.ts';
import { databasePath } from './store-location.ts';
import {
  aBatch,
  aCharter,
  aMotion,
  batchIdOf,
  onTheWire,
  recordIdOfNumber,
  secretOf,
} from './testing/builders.ts';
import { isSettled } from './testing/physical-order.ts';
import { createStarter, runCommand } from './testing/started-collector.ts';
import { dumpTables, makeTestDir } from './testing/test-store.ts';

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

const command = (...args: string[]) => runCommand(args);
const start = (...args: string[]) =>
  starter.start(['--charter', charterFile, '--data', dataDir, '--port', '0', ...args]);

function makeKey(role: 'participant' | 'reader', ...args: string[]): string {
  return command('keys', 'create', '--role', role, '--name', role, '--data', dataDir, ...args).stdout.trim();
}

const recentMotion = (number: number) =>
  aMotion(number, { recordedOn: new Date().toISOString().slice(0, 10) });

async function post(url: string, key: string, body: Uint8Array<ArrayBuffer>): Promise<number> {
  const answer = await fetch(`${url}/v1/batches`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': BATCH_MEDIA_TYPE,
      'user-agent': 'canary-agent',
      origin: 'https://canary.example',
    },
    body,
  });
  await answer.text();
  return answer.status;
}

describe('the command', () => {
  test('stops at a bad charter file with code 1 and names each wrong field', () => {
    writeFileSync(
      charterFile,
      JSON.stringify({ ...aCharter(), retentionDays: 0, purpose: 'Two Words', extra: 1 }),
    );
    const { status, stderr } = command('start', '--charter', charterFile, '--data', dataDir);
    expect(status).toBe(1);
    for (const field of ['retentionDays', 'purpose', 'extra']) expect(stderr).toContain(field);
    expect(stderr).not.toContain('Two Words');
    expect(existsSync(dataDir)).toBe(false);
  });

  test.each([
    [['--port', '70000'], 'port: '],
    [['--prot', '1'], 'prot: '],
    [['--host', 'no.such.host.invalid'], 'port or host: '],
  ])('stops at the bad setting %j and names it', (args, message) => {
    const { status, stderr } = command('start', '--charter', charterFile, '--data', dataDir, ...args);
    expect([status, stderr.startsWith(message)]).toEqual([1, true]);
  });

  test('makes keys that are stored as their hash only, lists and revokes them', () => {
    const key = makeKey('reader', '--purpose', 'train-agents');
    expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(readFileSync(databasePath(dataDir)).includes(key)).toBe(false);
    expect(command('keys', 'list', '--data', dataDir).stdout).toMatch(
      /^reader\treader\ttrain-agents\tcreated .*\tin force until \d{4}-\d\d-\d\d\n$/,
    );
    expect(command('keys', 'revoke', '--name', 'reader', '--data', dataDir).status).toBe(0);
    expect(command('keys', 'list', '--data', dataDir).stdout).toContain('revoked');
  });

  test('copies the store while it runs, and erases again in the copy what was erased since', async () => {
    const key = makeKey('participant');
    const { url } = await start();
    const hash = await charterHash(aCharter());
    await post(url, key, onTheWire(aBatch(hash, [recentMotion(1), recentMotion(2)])));
    const copyDir = join(dir, 'copy');
    mkdirSync(copyDir);
    const copied = command('backup', '--data', dataDir, '--to', databasePath(copyDir));
    expect([copied.status, copied.stderr]).toEqual([0, '']);
    const again = command('backup', '--data', dataDir, '--to', databasePath(copyDir));
    expect([again.status, again.stderr]).toEqual([1, `to: ${databasePath(copyDir)} is there already\n`]);

    const answer = await fetch(`${url}/v1/erasures`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ secret: secretOf(1) }),
    });
    expect(answer.status).toBe(200);
    const list = join(dir, 'erasures.json');
    expect(command('erasures', 'export', '--data', dataDir, '--to', list).stdout).toBe(
      '1 erased ids, 0 tombstones.\n',
    );
    expect((await dumpTables({ path: databasePath(copyDir) }))['records']).toHaveLength(2);
    expect(command('erasures', 'apply', '--data', copyDir, '--from', list).stdout).toBe(
      '1 records were still there and are erased.\n',
    );
    expect((await dumpTables({ path: databasePath(copyDir) }))['records']).toMatchObject([
      { record_id: recordIdOfNumber(2) },
    ]);
    expect(isSettled(databasePath(copyDir))).toBe(true);
    const bad = command('erasures', 'apply', '--data', copyDir, '--from', charterFile);
    expect([bad.status, bad.stderr]).toEqual([
      1,
      `from: ${charterFile} is not what "erasures export" writes\n`,
    ]);
  });

  test('invites to a joinable study only, and stores no hashing key', () => {
    makeKey('participant');
    expect(command('invite', '--charter', charterFile, '--data', dataDir).stderr).toContain('not joinable');
    command('keys', 'revoke', '--name', 'participant', '--data', dataDir);
    makeKey('participant', '--joinable');
    expect(statSync(join(dataDir, 'participant-key')).mode & 0o777).toBe(0o600);
    const link = command('invite', '--charter', charterFile, '--data', dataDir).stdout.trim();
    expect(link).toMatch(/^https:\/\/proffer\.example\.com\/join#[A-Za-z0-9_-]{43}$/);
    command('keys', 'revoke', '--name', 'participant', '--data', dataDir);
    expect(existsSync(join(dataDir, 'participant-key'))).toBe(false);
  });
});

describe('the running collector', () => {
  test('keeps every acknowledged batch when it is killed, and stores none twice', async () => {
    const key = makeKey('participant');
    const hash = await charterHash(aCharter());
    const { child, url } = await start();
    const bodyOf = (number: number) =>
      onTheWire(
        aBatch(hash, [recentMotion(2 * number), recentMotion(2 * number + 1)], {
          batchId: batchIdOf(number),
        }),
      );
    const acknowledged = new Set<number>();
    const sending = Array.from({ length: 60 }, async (_, number) => {
      const status = await post(url, key, bodyOf(number)).catch(() => 0);
      if (status === 204) acknowledged.add(number);
      if (acknowledged.size === 20) child.kill('SIGKILL');
    });
    await Promise.all(sending);
    expect(acknowledged.size).toBeGreaterThanOrEqual(20);

    const second = await start();
    const held = async () => (await dumpTables({ path: databasePath(dataDir) }))['records']!.length;
    expect(await held()).toBeGreaterThanOrEqual(2 * acknowledged.size);
    for (let number = 0; number < 60; number += 1) {
      expect(await post(second.url, key, bodyOf(number))).toBe(204);
    }
    expect(await held()).toBe(120);
    expect(command('seal', '--data', dataDir).stdout).toBe(
      'Release 1: 120 motions, 0 rhythms, 0 episodes.\n',
    );
  });

  test('stops on SIGTERM with everything in one settled file', async () => {
    const key = makeKey('participant');
    const { child, url } = await start();
    const hash = await charterHash(aCharter());
    for (let number = 0; number < 5; number += 1) {
      const records = Array.from({ length: 50 }, (_, index) => recentMotion(100 * number + index));
      expect(await post(url, key, onTheWire(aBatch(hash, records, { batchId: batchIdOf(number) })))).toBe(
        204,
      );
    }
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    expect(existsSync(`${databasePath(dataDir)}-wal`)).toBe(false);
    expect((await dumpTables({ path: databasePath(dataDir) }))['records']).toHaveLength(250);
    expect(isSettled(databasePath(dataDir))).toBe(true);
  });

  test('writes nothing of a request to its log or its files', async () => {
    const key = makeKey('participant');
    const { child, url, lines } = await start();
    const before = lines.length;
    expect(await post(url, key, onTheWire(aBatch(await charterHash(aCharter()), [recentMotion(1)])))).toBe(
      204,
    );
    expect(await post(url, key, new Uint8Array(4096))).toBe(400);
    await sendHalf(url, key);
    expect(lines.slice(before).filter((line) => !line.includes('"event":"forgot"'))).toEqual([]);
    child.kill('SIGTERM');
    await once(child, 'exit');
    const everything = readFileSync(databasePath(dataDir)).toString('latin1') + lines.join('\n');
    for (const canary of ['canary', key, '127.0.0.1']) {
      expect(everything.replaceAll(url, '').includes(canary)).toBe(false);
    }
  });

  test('is not overcome by bombs: its memory stays bounded', async () => {
    const key = makeKey('participant');
    const { child, url } = await start();
    const bomb = new Uint8Array(64 * 1024);
    bomb.set(gzipSync(Buffer.alloc(60 * 1024 * 1024)));
    const large = new Uint8Array(gzipSync(Buffer.alloc(256 * 1024 * 1024), { level: 1 }));
    const sendBombs = async (rounds: number) => {
      for (let round = 0; round < rounds; round += 1) {
        expect(await post(url, key, bomb)).toBe(413);
        expect(await post(url, key, large)).toBe(413);
      }
    };
    // Any busy process grows to its working size at first.
    await sendBombs(40);
    const before = residentBytes(child.pid!);
    await sendBombs(40);
    expect(residentBytes(child.pid!) - before).toBeLessThan(16 * 1024 * 1024);
  });

  test('refuses a body without length as soon as it is too large', async () => {
    const key = makeKey('participant');
    const { url } = await start();
    const { port } = new URL(url);
    const socket = createConnection(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `POST /v1/batches HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Type: ${BATCH_MEDIA_TYPE}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = `1000\r\n${'\0'.repeat(4096)}\r\n`;
    for (let count = 0; count < 20; count += 1) socket.write(chunk);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  test('runs inside another program and closes whole', async () => {
    const events: string[] = [];
    const collector = await openCollector({
      charter: aCharter(),
      dataDir,
      log: (event) => void events.push(event),
    });
    const answer = await fetch(`${collector.url}/healthz`);
    expect(await answer.json()).toEqual({ status: 'ok' });
    expect(await collector.seal()).toMatchObject({ releases: [], tombstones: 0 });
    await collector.close();
    await expect(fetch(`${collector.url}/healthz`)).rejects.toThrow();
    expect(events).toEqual(expect.arrayContaining(['started', 'stopped']));
  });

  test('says which port is taken', async () => {
    const collector = await openCollector({ charter: aCharter(), dataDir, log: () => undefined });
    const port = Number(new URL(collector.url).port);
    const other = openCollector({
      charter: aCharter(),
      dataDir: join(dir, 'other'),
      port,
      log: () => undefined,
    });
    await expect(other).rejects.toThrow('port or host: cannot listen');
    await collector.close();
  });
});

/** Sends the first half of a batch, hangs up, and gives the collector time to notice. */
async function sendHalf(url: string, key: string): Promise<void> {
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    `POST /v1/batches HTTP/1.1\r\nHost: canary\r\nAuthorization: Bearer ${key}\r\n` +
      `Content-Type: ${BATCH_MEDIA_TYPE}\r\nContent-Length: 4096\r\n\r\n${'\0'.repeat(2048)}`,
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 300));
}

/** Memory that a process holds, from Linux's own account. */
function residentBytes(processId: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))![1];
  return Number(kilobytes) * 1024;
}
