/**
 * How much a running collector's memory grows when it is sent bombs: small bodies that inflate to 60 and 256 MiB.
 *
 * Run by hand: `node bench/server/bomb-memory.ts`; Linux only, since it reads `/proc`. Starts a collector as its users do,
 * with data of its own, and ends with 1 when one bomb lets the memory grow by more than `GOAL_BYTES`. Of many, each leaves
 * up to 2 MiB until memory is next tidied up: that must not grow with their number.
 */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { aBatch, aCharter, aMotion, batchIdOf, onTheWire } from '../../server/testing/builders.ts';
import { makeTestDir } from '../../server/testing/test-store.ts';
import { charterHash } from '../../src/charter/charter-hash.ts';
import { BATCH_MEDIA_TYPE, PATHS } from '../../src/trace/collector-api.ts';

const MIB = 1024 * 1024;
const GOAL_BYTES = 16 * MIB;
const ORDINARY_BATCHES = 1000;
const BOMBS = [1, 100, 1000];
const AT_A_TIME = 8;
const MAIN = join(import.meta.dirname, '../../server/main.ts');

const dir = makeTestDir();
const dataDir = join(dir, 'data');
const charterFile = join(dir, 'charter.json');
const charter = aCharter();
writeFileSync(charterFile, JSON.stringify(charter));
const hash = await charterHash(charter);
const keyArguments = ['keys', 'create', '--role', 'participant', '--name', 'staff', '--data', dataDir];
const key = execFileSync(process.execPath, [MAIN, ...keyArguments], { encoding: 'utf8' }).trim();
const collector = spawn(
  process.execPath,
  [MAIN, 'start', '--charter', charterFile, '--data', dataDir, '--port', '0'],
  { stdio: ['ignore', 'inherit', 'pipe'] },
);
const collectorUrl = await new Promise<string>((resolve, reject) => {
  createInterface({ input: collector.stderr }).on('line', (line) => {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (url !== undefined) resolve(url);
  });
  collector.once('exit', () => reject(new Error('the collector does not start')));
});

try {
  const fitting = new Uint8Array(64 * 1024);
  fitting.set(gzipSync(Buffer.alloc(60 * MIB)));
  const large = new Uint8Array(gzipSync(Buffer.alloc(256 * MIB), { level: 9 }));
  const recordedOn = new Date().toISOString().slice(0, 10);
  const ordinary = (number: number) => {
    const records = Array.from({ length: 50 }, (_, index) => aMotion(number * 50 + index, { recordedOn }));
    return onTheWire(aBatch(hash, records, { batchId: batchIdOf(number) }));
  };
  // Any busy process grows to its working size at first.
  await sendAll(ORDINARY_BATCHES, 204, ordinary);
  const atFirst = readMemory('VmRSS');
  for (const [name, bodyOf] of [
    [`${large.length} bytes that are 256 MiB`, () => large],
    ['the same without a length', () => streamOf(large)],
    ['64 KiB that are 60 MiB', () => fitting],
  ] as const) {
    const before = readMemory('VmRSS');
    for (const count of BOMBS) {
      await sendAll(count, 413, bodyOf);
      const more = readMemory('VmRSS') - before;
      if (count === 1 && more > GOAL_BYTES) process.exitCode = 1;
      console.log(`${count} times ${name}: ${mibOf(more)} MiB more`);
    }
  }
  const peak = readMemory('VmHWM') - atFirst;
  console.log(
    `${mibOf(atFirst)} MiB after ${ORDINARY_BATCHES} ordinary batches; at its peak ${mibOf(peak)} MiB more`,
  );
} finally {
  collector.kill('SIGTERM');
  rmSync(dir, { recursive: true, force: true });
}

async function sendAll(count: number, status: number, bodyOf: (number: number) => BodyInit): Promise<void> {
  let next = 0;
  const sendSome = async () => {
    while (next < count) {
      const number = (next += 1);
      const answer = await send(() => bodyOf(number));
      if (answer.status !== status) throw new Error(`answers ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, sendSome));
}

/** Once more where the collector has closed the connection after a body that it did not want to read. */
async function send(bodyOf: () => BodyInit, patience = 5): Promise<Response> {
  try {
    return await fetch(collectorUrl + PATHS.batches, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': BATCH_MEDIA_TYPE },
      body: bodyOf(),
      duplex: 'half',
    } as RequestInit);
  } catch (fault) {
    if (patience === 0) throw fault;
    return send(bodyOf, patience - 1);
  }
}

function streamOf(body: Uint8Array): ReadableStream {
  return new Blob([new Uint8Array(body)]).stream();
}

function readMemory(name: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${collector.pid!}/status`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)![1]) * 1024;
}

function mibOf(bytes: number): string {
  return (bytes / MIB).toFixed(1);
}
