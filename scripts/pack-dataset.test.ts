/**
 * The packed command as a data team has it: built JavaScript outside the repository, against the real collector.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBatch, aMotion, anEpisode, aRhythm, secretOf, DAY_MS } from '../server/testing/builders.ts';
import { openTestCollector, type TestCollector } from '../server/testing/collector.ts';
import { AccessLog, PATHS } from '../src/trace/collector-api.ts';
import { buildPackage, followImports } from './pack-dataset.ts';

const ROOT = resolve(import.meta.dirname, '..');
let folder: string;
let collector: TestCollector;
let server: ReturnType<typeof serve>;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proffer-packed-'));
  buildPackage(join(folder, 'package'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  // Verify goes by this computer's clock, so that the retention must be long.
  collector = await openTestCollector({ retentionDays: 3650 });
  server = serve({ fetch: collector.app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  url = `http://127.0.0.1:${address.port}`;
}, 60_000);
afterAll(async () => {
  server.close();
  await collector.close();
  await rm(folder, { recursive: true, force: true });
});

function proffer(...parameters: string[]) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((done) => {
    const main = join(folder, 'package/dataset/main.js');
    const child = spawn(process.execPath, [main, ...parameters], {
      env: { PATH: process.env['PATH'] ?? '', PROFFER_READER_KEY: collector.readerKey },
      cwd: folder,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (piece) => (stdout += String(piece)));
    child.stderr.on('data', (piece) => (stderr += String(piece)));
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
}

const pull = (...more: string[]) =>
  proffer('pull', '--from', url, '--purpose', collector.charter.purpose, '--out', 'dataset', ...more);
const verify = () => proffer('verify', 'dataset', '--from', url);

async function seal(): Promise<void> {
  collector.clock.nowEpochMs += DAY_MS;
  await collector.seal();
}

test(
  'pulls, is in the access log, loses what was erased by a sync, and verifies',
  { timeout: 240_000 },
  async () => {
    const records = [1, 2, 3, 4].flatMap((number) => [
      aMotion(number),
      aRhythm(100 + number),
      anEpisode(200 + number),
    ]);
    expect((await collector.post(aBatch(collector.charterHash, records))).status).toBeLessThan(300);
    await seal();

    const first = await pull();
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toContain('the dataset holds release 1');
    expect(await verify()).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^In order: 1 releases, 8 files/),
    });
    const answer = await collector.app.request(PATHS.accessLog, {
      headers: { authorization: `Bearer ${collector.participantKey}` },
    });
    const { entries } = AccessLog.parse(await answer.json());
    expect(
      entries
        .filter(({ rows }) => rows > 0)
        .map(({ purpose, release, kind, rows }) => [purpose, release, kind, rows]),
    ).toEqual([
      [collector.charter.purpose, 1, 'episode', 4],
      [collector.charter.purpose, 1, 'rhythm', 4],
      [collector.charter.purpose, 1, 'motion', 4],
    ]);

    expect((await collector.erase(secretOf(2))).status).toBeLessThan(300);
    await collector.post(
      aBatch(collector.charterHash, [aMotion(9)], { batchId: '00000000-0000-4000-8000-000000000009' }),
    );
    await seal();
    const found = await verify();
    expect(found.code).toBe(1);
    // Those that would be too few without it go with it.
    expect(found.stdout).toMatch(/^motions\/release-0001.parquet: holds \d records that are erased since$/m);

    const waiting = await pull();
    expect(waiting.stderr).toContain('run proffer pull --sync');
    const synced = await pull('--sync');
    expect(synced).toMatchObject({ code: 0 });
    expect(synced.stderr).not.toContain('warning');
    expect(synced.stdout).toMatch(/version 3/);
    expect(await verify()).toMatchObject({ code: 0 });

    const wrong = await proffer('pull', '--from', url, '--purpose', 'spying', '--out', 'other');
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toContain('purpose');
    expect(await readdir(folder)).not.toContain('other');
  },
);

test('names only what it imports, and carries every module that it does', async () => {
  const manifest = JSON.parse(await readFile(join(folder, 'package/package.json'), 'utf8')) as {
    bin: Record<string, string>;
    dependencies: Record<string, string>;
  };
  expect(manifest.bin).toEqual({ proffer: 'dataset/main.js' });
  expect(manifest.dependencies).toHaveProperty(['@duckdb/node-api']);
  for (const name of ['kysely', 'pg', 'preact', 'pino', 'idb']) {
    expect(manifest.dependencies).not.toHaveProperty([name]);
  }
  const { modules } = followImports(['dataset/main.ts']);
  expect(modules).toContain('dataset/pull.ts');
  expect(modules.filter((path) => /testing|\.test\./.test(path))).toEqual([]);
  expect(await readdir(join(folder, 'package/dataset'))).toContain('range-worker.js');
});
