import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDisk, type Room } from './disk.ts';
import { makeTestDir } from './testing/test-store.ts';

const GIGABYTE = 1_000_000_000;

function diskWith(room: Room) {
  const clock = { nowEpochMs: 0 };
  const events: string[] = [];
  let readings = 0;
  const disk = openDisk({
    holdsRecords: true,
    dataDir: '/nowhere',
    log: (event) => void events.push(event),
    nowEpochMs: () => clock.nowEpochMs,
    readRoom: () => {
      readings += 1;
      return Promise.resolve({ ...room });
    },
  });
  return { disk, clock, events, room, readings: () => readings };
}

test.each([
  [0.99 * GIGABYTE, 2 * GIGABYTE, true],
  [1.01 * GIGABYTE, 2 * GIGABYTE, false],
  [4.9 * GIGABYTE, 100 * GIGABYTE, true],
  [5.1 * GIGABYTE, 100 * GIGABYTE, false],
])('with %d bytes free of %d, being low is %s', async (freeBytes, totalBytes, isLow) => {
  expect(await diskWith({ freeBytes, totalBytes }).disk.isLow()).toBe(isLow);
});

test('asks the system once in five seconds, and logs only when it turns', async () => {
  const { disk, clock, events, room, readings } = diskWith({ freeBytes: 0, totalBytes: GIGABYTE });
  for (let count = 0; count < 100; count += 1) await disk.isLow();
  expect([readings(), events]).toEqual([1, ['disk-low']]);
  room.freeBytes = 9 * GIGABYTE;
  expect(await disk.isLow()).toBe(true);
  clock.nowEpochMs += 5_000;
  expect(await disk.isLow()).toBe(false);
  expect([readings(), events]).toEqual([2, ['disk-low', 'disk-enough']]);
});

test('asks again after the system could not say', async () => {
  let fails = true;
  const disk = openDisk({
    holdsRecords: true,
    dataDir: '/nowhere',
    log: () => undefined,
    readRoom: () =>
      fails ? Promise.reject(new Error('ENOENT')) : Promise.resolve({ freeBytes: 9e9, totalBytes: 9e9 }),
  });
  await expect(disk.isLow()).rejects.toThrow();
  fails = false;
  expect(await disk.isLow()).toBe(false);
});

test('reads the real disk, and what the files of the directory take up', async () => {
  const dir = makeTestDir();
  const disk = openDisk({ holdsRecords: true, dataDir: dir, log: () => undefined });
  const { freeBytes, totalBytes } = await disk.room();
  expect(freeBytes).toBeGreaterThan(0);
  expect(totalBytes).toBeGreaterThan(freeBytes);
  writeFileSync(join(dir, 'one'), 'x'.repeat(1000));
  writeFileSync(join(dir, 'other'), 'x'.repeat(500));
  mkdirSync(join(dir, 'folder'));
  expect(await disk.dataBytes()).toBe(1500);
  rmSync(dir, { recursive: true });
});

test('a disk that holds no records is never low: PostgreSQL watches over its own', async () => {
  const readRoom = () => Promise.resolve({ freeBytes: 0, totalBytes: 1e12 });
  const disk = openDisk({ dataDir: '.', holdsRecords: false, log: () => undefined, readRoom });
  expect(await disk.isLow()).toBe(false);
});
