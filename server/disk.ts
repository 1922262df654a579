/**
 * How much room the data directory has, and whether it is too little to take batches.
 *
 * Runs in the collector. Asked with every batch, so what the system says is kept for some seconds. Must never stop
 * erasures or pulls: those are owed to people even when the disk is nearly full.
 */
import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from './log.ts';

const GIGABYTE = 1_000_000_000;
const MEGABYTE = 1_000_000;
const LOW_SHARE = 0.05;
const KEPT_MS = 5_000;

export interface Room {
  freeBytes: number;
  totalBytes: number;
}

export interface Disk {
  /** Whether there is less left than the larger of 1 GB and 5 %. */
  isLow: () => Promise<boolean>;
  room: () => Promise<Room>;
  /** What the files of the data directory take up. */
  dataBytes: () => Promise<number>;
}

export interface DiskParts {
  dataDir: string;
  /** Whether records are kept there; PostgreSQL watches over its own disk, and says so when it is full. */
  holdsRecords: boolean;
  log: Log;
  nowEpochMs?: () => number;
  readRoom?: (dir: string) => Promise<Room>;
}

/** Opens a watch over the disk that holds the data directory. */
export function openDisk(parts: DiskParts): Disk {
  const { dataDir, holdsRecords, log, nowEpochMs = Date.now, readRoom = readRoomOf } = parts;
  let kept: { atEpochMs: number; room: Promise<Room> } | undefined;
  let wasLow = false;

  const room = (): Promise<Room> => {
    const now = nowEpochMs();
    if (kept === undefined || Math.abs(now - kept.atEpochMs) >= KEPT_MS) {
      kept = { atEpochMs: now, room: readRoom(dataDir) };
      // An answer that failed is asked for again by the next one.
      kept.room.catch(() => (kept = undefined));
    }
    return kept.room;
  };

  return {
    room,
    isLow: async () => {
      if (!holdsRecords) return false;
      const { freeBytes, totalBytes } = await room();
      const isLow = freeBytes < Math.max(GIGABYTE, totalBytes * LOW_SHARE);
      if (isLow !== wasLow)
        log(isLow ? 'disk-low' : 'disk-enough', { freeMegabytes: Math.floor(freeBytes / MEGABYTE) });
      wasLow = isLow;
      return isLow;
    },
    dataBytes: () => sizeOfFiles(dataDir),
  };
}

async function readRoomOf(dir: string): Promise<Room> {
  const { bavail, blocks, bsize } = await statfs(dir);
  // `bavail`, not `bfree`: what is kept back for root is not for us.
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

async function sizeOfFiles(dir: string): Promise<number> {
  const files = (await readdir(dir, { withFileTypes: true })).filter((entry) => entry.isFile());
  // A file may go while it is looked at: SQLite's log does when the store is settled.
  const sizes = await Promise.all(
    files.map(({ name }) =>
      stat(join(dir, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, sizeBytes) => sum + sizeBytes, 0);
}
