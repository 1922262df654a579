/**
 * One pull at a time in one folder.
 *
 * A lock file names its owner and is touched while the owner works. It is stale, and may be taken over, once its
 * process is gone (same host) or has not touched it for a while (any host). Must never end another process.
 */
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import { pullFailure } from './pull-failure.ts';

const TOUCH_EVERY_MS = 10_000;
const STALE_AFTER_MS = 60_000;

const Owner = z.object({ host: z.string(), processId: z.int(), token: z.string() });

export interface FolderLock {
  /** Throws a failure if another pull has taken the lock over, as after a long sleep of this computer. */
  assertHeld: () => Promise<void>;
  close: () => Promise<void>;
}

/** Takes the lock or fails with `folder-in-use`. */
export async function openFolderLock(path: string): Promise<FolderLock> {
  const token = randomUUID();
  const text = `${JSON.stringify({ host: hostname(), processId: process.pid, token })}\n`;
  if (!(await createExclusively(path, text))) {
    await removeIfStale(path);
    if (!(await createExclusively(path, text))) throw await inUse(path);
  }
  const isHeld = async () => (await readOrEmpty(path)) === text;
  const timer = setInterval(() => {
    const now = new Date();
    // Failing to touch is no reason to stop: assertHeld decides before anything is published.
    isHeld()
      .then((held) => (held ? utimes(path, now, now) : undefined))
      .catch(() => undefined);
  }, TOUCH_EVERY_MS);
  timer.unref();
  return {
    assertHeld: async () => {
      if (!(await isHeld())) throw pullFailure('folder-in-use', `another pull has taken over ${path}`);
    },
    close: async () => {
      clearInterval(timer);
      if (await isHeld()) await rm(path, { force: true });
    },
  };
}

async function createExclusively(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function removeIfStale(path: string): Promise<void> {
  const text = await readOrEmpty(path);
  if (!(await isStale(path, text))) return;
  // Two pulls may find it stale at once: what was moved aside must be what was judged.
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return;
    throw error;
  }
  const moved = await readOrEmpty(aside);
  if (moved !== text) await createExclusively(path, moved);
  await rm(aside, { force: true });
}

async function isStale(path: string, text: string): Promise<boolean> {
  const owner = parseOwner(text);
  if (owner?.host === hostname() && !isRunning(owner.processId)) return true;
  const touched = await stat(path).catch(() => undefined);
  return touched !== undefined && Date.now() - touched.mtimeMs > STALE_AFTER_MS;
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0); // signal 0 only asks
    return true;
  } catch (error) {
    return isErrorCode(error, 'EPERM');
  }
}

async function inUse(path: string): Promise<Error> {
  const owner = parseOwner(await readOrEmpty(path));
  const who =
    owner === undefined ? 'another pull' : `another pull (process ${owner.processId} on ${owner.host})`;
  return pullFailure(
    'folder-in-use',
    `${who} is working in this folder; if it is gone, try again in ${STALE_AFTER_MS / 1000} s (${path})`,
  );
}

function parseOwner(text: string): z.infer<typeof Owner> | undefined {
  try {
    return Owner.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function readOrEmpty(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return '';
    throw error;
  }
}

function isErrorCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
