/**
 * One pull at a time: whose lock is honoured and whose is stale.
 */
import { spawnSync } from 'node:child_process';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFolderLock } from './folder-lock.ts';
import { withTemporaryFolder } from './testing/dataset-reader.ts';

const lockText = (host: string, processId: number) => JSON.stringify({ host, processId, token: 'other' });
/** The id of a process that has ended. */
const endedProcessId = () => spawnSync(process.execPath, ['-e', '0']).pid;

describe('a folder lock', () => {
  it('is held by one at a time and leaves nothing behind', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'lock');
      const lock = await openFolderLock(path);
      await expect(openFolderLock(path)).rejects.toMatchObject({ pullFailureCode: 'folder-in-use' });
      await lock.assertHeld();
      await lock.close();
      await (await openFolderLock(path)).close();
      expect(await readdir(folder)).toEqual([]);
    }));

  it('is taken over at once from a process that has ended', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'lock');
      await writeFile(path, lockText(hostname(), endedProcessId()));
      await (await openFolderLock(path)).close();
      expect(await readdir(folder)).toEqual([]);
    }));

  it('of another host, or damaged, is taken over only once nobody has touched it for a minute', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'lock');
      for (const text of [lockText('another-host', endedProcessId()), '']) {
        await writeFile(path, text);
        await expect(openFolderLock(path)).rejects.toMatchObject({ pullFailureCode: 'folder-in-use' });
        const longAgo = new Date(Date.now() - 61_000);
        await utimes(path, longAgo, longAgo);
        await (await openFolderLock(path)).close();
      }
    }));

  it('that was taken over tells its first owner and is not removed by it', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'lock');
      const lock = await openFolderLock(path);
      await writeFile(path, lockText('another-host', 1));
      await expect(lock.assertHeld()).rejects.toMatchObject({ pullFailureCode: 'folder-in-use' });
      await lock.close();
      expect(await readdir(folder)).toEqual(['lock']);
    }));

  it('goes to one of many that find it stale', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'lock');
      await writeFile(path, lockText(hostname(), endedProcessId()));
      const results = await Promise.allSettled(Array.from({ length: 20 }, () => openFolderLock(path)));
      const locks = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      const held = await Promise.allSettled(locks.map((lock) => lock.assertHeld()));
      expect(held.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      for (const lock of locks) await lock.close();
    }));
});
