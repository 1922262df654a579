/**
 * Work that opens processes, mounts and folders, all of which are gone when it ends, however it ends.
 *
 * Runs in Node. Closed in the opposite order of opening; one that fails does not keep the others open. SIGINT, SIGTERM
 * and a fault that nobody caught end the work in the same way.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Close = () => void | Promise<void>;
export type AddCloser = (close: Close) => void;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * @param work gets a folder of its own and a way to say what must be closed.
 * @param closeWithin of the work that this is a part of; without it this is all the process does.
 */
export async function withClosers<Result>(
  work: (dir: string, onClose: AddCloser) => Promise<Result>,
  closeWithin?: AddCloser,
): Promise<Result> {
  const closers: Close[] = [];
  const dir = mkdtempSync(join(tmpdir(), 'proffer-load-'));
  // A database server that does not run as this account has to reach its folder.
  chmodSync(dir, 0o711);
  closers.push(() => rmSync(dir, { recursive: true, force: true }));
  const closeAll = async () => {
    for (let close = closers.pop(); close; close = closers.pop())
      try {
        await close();
      } catch (fault) {
        console.error(fault);
        process.exitCode = 1;
      }
  };
  closeWithin?.(closeAll);
  const letGo = closeWithin ? undefined : closeWhenStopped(closeAll);
  try {
    return await work(dir, (close) => closers.push(close));
  } finally {
    letGo?.();
    await closeAll();
  }
}

/** @returns what ends the watch. */
function closeWhenStopped(closeAll: () => Promise<void>): () => void {
  const stop = () => void closeAll().finally(() => process.exit(1));
  const stopBroken = (fault: unknown) => {
    console.error(fault);
    stop();
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  process.once('uncaughtException', stopBroken);
  return () => {
    for (const signal of SIGNALS) process.removeListener(signal, stop);
    process.removeListener('uncaughtException', stopBroken);
  };
}
