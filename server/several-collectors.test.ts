import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { charterHash } from '../src/charter/charter-hash.ts';
import { BATCH_MEDIA_TYPE } from '../src/trace/collector-api.ts';
import { aBatch, aCharter, aMotion, batchIdOf, onTheWire } from './testing/builders.ts';
import { startPostgres } from './testing/postgres-under-test.ts';
import { createStarter, runCommand } from './testing/started-collector.ts';
import { makeTestDir, openTestStore, removeTestDir, runBeside } from './testing/test-store.ts';

const starter = createStarter();
let dir: string;
let environment: Record<string, string>;
let charterFile: string;
beforeEach(async () => {
  dir = makeTestDir();
  const { store, location } = await openTestStore(dir);
  await store.close();
  environment = { DATABASE_URL: (location as { url: string }).url };
  charterFile = join(dir, 'charter.json');
  writeFileSync(charterFile, JSON.stringify(aCharter()));
  mkdirSync(join(dir, 'one'));
});
afterEach(async () => {
  starter.stopAll();
  await removeTestDir(dir);
});

const ask = (statement: string) => runBeside({ url: environment['DATABASE_URL']! }, statement);
const start = (name: string) =>
  starter.start(['--charter', charterFile, '--data', join(dir, name), '--port', '0'], environment);
const makeKey = () =>
  runCommand(
    ['keys', 'create', '--role', 'participant', '--name', 'staff', '--data', join(dir, 'one')],
    environment,
  ).stdout.trim();

async function post(url: string, key: string, body: Uint8Array<ArrayBuffer>): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': BATCH_MEDIA_TYPE };
  const answer = await fetch(`${url}/v1/batches`, { method: 'POST', headers, body }).catch(() => undefined);
  return answer?.status ?? 0;
}

test('of two collectors one is killed: what either acknowledged is there, once, and is sealed once', async () => {
  const key = makeKey();
  const one = await start('one');
  cpSync(join(dir, 'one'), join(dir, 'two'), { recursive: true });
  const two = await start('two');
  const hash = await charterHash(aCharter());
  const today = new Date().toISOString().slice(0, 10);
  const bodyOf = (number: number) =>
    onTheWire(
      aBatch(
        hash,
        [2 * number, 2 * number + 1].map((id) => aMotion(id, { recordedOn: today })),
        {
          batchId: batchIdOf(number),
        },
      ),
    );
  const acknowledged = new Set<number>();
  const sending = Array.from({ length: 60 }, async (_, number) => {
    const status = await post(number % 2 ? one.url : two.url, key, bodyOf(number));
    if (status === 204) acknowledged.add(number);
    if (acknowledged.size === 20) one.child.kill('SIGKILL');
  });
  await Promise.all(sending);
  expect(acknowledged.size).toBeGreaterThanOrEqual(20);
  const held = (await ask('SELECT record_id FROM records')) as { record_id: string }[];
  const ids = new Set(held.map((row) => row.record_id));
  for (const number of acknowledged) {
    for (const id of [2 * number, 2 * number + 1]) expect(ids.has(aMotion(id).recordId)).toBe(true);
  }

  // What was not answered is sent again, to the one that is left, and it knows what the other stored.
  for (let number = 0; number < 60; number += 1) expect(await post(two.url, key, bodyOf(number))).toBe(204);
  expect(await ask('SELECT count(*)::int AS held FROM records')).toEqual([{ held: 120 }]);
  expect(runCommand(['seal', '--data', join(dir, 'two')], environment).stdout).toContain('120 motions');
  expect(runCommand(['seal', '--data', join(dir, 'two')], environment).stdout).toBe(
    'Nothing may be sealed yet.\n',
  );
});

test('a collector with other secrets does not start', async () => {
  makeKey();
  await start('one');
  rmSync(join(dir, 'other'), { recursive: true, force: true });
  await expect(start('other')).rejects.toThrow(
    'data: the database belongs to a collector with other secrets',
  );
});

test('a bad address is named and not shown, and one without tables is told how to get them', () => {
  const args = ['start', '--charter', charterFile, '--data', join(dir, 'one'), '--port', '0'];
  const startWith = (url: string) => runCommand(args, { DATABASE_URL: url });
  expect(startWith('mysql://secret@host/').stderr).toBe(
    'DATABASE_URL: must begin with postgres:// or postgresql://\n',
  );
  const closed = startWith('postgres://me:secret@127.0.0.1:1/none');
  expect([closed.status, closed.stderr]).toEqual([
    1,
    'DATABASE_URL: the database cannot be used (ECONNREFUSED)\n',
  ]);
  const bare = new URL(environment['DATABASE_URL']!);
  bare.pathname = '/postgres';
  expect(startWith(bare.href).stderr).toContain('run "proffer-server migrate" first');
});

test('migrating makes the tables once', async () => {
  await ask('CREATE DATABASE fresh_for_migration');
  const url = new URL(environment['DATABASE_URL']!);
  url.pathname = '/fresh_for_migration';
  const migrate = () => runCommand(['migrate'], { DATABASE_URL: url.href });
  try {
    expect(migrate().stdout).toBe('Done: 0001-first-tables\nDone: 0002-ids-in-byte-order\n');
    expect(migrate().stdout).toBe('Nothing to do.\n');
    expect(runCommand(['migrate'], { DATABASE_URL: '' }).stderr).toContain('DATABASE_URL: is not set');
  } finally {
    await ask('DROP DATABASE fresh_for_migration');
  }
});

test('while the database is away batches are put off, and the collector can still be stopped in order', async () => {
  const server = await startPostgres();
  environment = { DATABASE_URL: server.url };
  expect(runCommand(['migrate'], environment).status).toBe(0);
  const key = makeKey();
  const { child, url, events } = await start('one');
  await server.stop();
  const answer = await fetch(`${url}/v1/batches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': BATCH_MEDIA_TYPE },
    body: onTheWire({}),
  });
  expect([answer.status, answer.headers.has('retry-after')]).toEqual([503, true]);
  expect(await answer.json()).toMatchObject({ error: 'store-unavailable' });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(events()).toEqual(expect.arrayContaining(['left-unsettled', 'stopped']));
});
