/**
 * A disk that can lose its power: an ext4 file system on a loop device, whose image can be copied as the device holds it.
 *
 * Needs root, loop devices and Linux. What a process has written and nobody has flushed lies in the kernel's memory and
 * not on the device, so a copy of the image has what a disk would have after a power cut, but for one thing: the cache of
 * a real disk may lose what was not flushed, where the loop device keeps all that ever reached it.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { AddCloser } from './with-closers.ts';

export interface LoopDisk {
  /** Where it is mounted. */
  dir: string;
  /** Copies what the device holds to another image: nothing is flushed for it. */
  copyAsCut: (image: string) => void;
  unmount: () => void;
}

const COPY_TRIES = 50;

/** Why loop devices cannot be used here; undefined where they can. */
export function whyNoLoopDisk(): string | undefined {
  if (process.platform !== 'linux') return 'loop devices are Linux’s';
  if (process.getuid?.() !== 0) return 'mounting needs root';
  const found = spawnSync('losetup', ['--find'], { encoding: 'utf8' });
  if (found.status !== 0) return `no loop device: ${found.stderr || String(found.error)}`.trim();
  const made = spawnSync('mkfs.ext4', ['-V']);
  return made.status === 0 ? undefined : 'mkfs.ext4 is missing';
}

/** Makes an empty file system in a new image and mounts it. */
export function openNewDisk(image: string, dir: string, sizeBytes: number, onClose: AddCloser): LoopDisk {
  const file = openSync(image, 'wx');
  ftruncateSync(file, sizeBytes);
  closeSync(file);
  run('mkfs.ext4', '-q', '-F', '-m', '0', image);
  return openDisk(image, dir, onClose);
}

/** Mounts an image; ext4 replays its journal, as it does after a power cut. */
export function openDisk(image: string, dir: string, onClose: AddCloser): LoopDisk {
  mkdirSync(dir);
  // Past the cache of the file system that the image lies in: what the device was given is in the image.
  const device = run('losetup', '--find', '--show', '--direct-io=on', image);
  try {
    run('mount', '-t', 'ext4', device, dir);
  } catch (fault) {
    run('losetup', '--detach', device);
    throw fault;
  }
  let isMounted = true;
  const unmount = () => {
    if (!isMounted) return;
    run('umount', dir);
    run('losetup', '--detach', device);
    isMounted = false;
  };
  onClose(unmount);
  return {
    dir,
    unmount,
    copyAsCut: (copy) => {
      for (let tried = 0; tried < COPY_TRIES; tried += 1) {
        const before = writesOf(device);
        run('cp', '--sparse=always', image, copy);
        // A write in between, and the copy is of no one moment: the cut is then a moment later.
        if (before.underWay === 0 && before.done === writesOf(device).done) return;
      }
      throw new Error('the device is never at rest');
    },
  };
}

/** Writes everything out that was written so far. */
export function flushDisk({ dir }: LoopDisk): void {
  run('sync', '--file-system', dir);
}

/** What the device has done (the kernel's Documentation/block/stat.rst). */
function writesOf(device: string): { done: number; underWay: number } {
  const fields = readFileSync(`/sys/block/${basename(device)}/stat`, 'utf8')
    .trim()
    .split(/\s+/)
    .map(Number);
  return { done: fields[4]!, underWay: fields[8]! };
}

function run(command: string, ...args: string[]): string {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${done.stderr || String(done.error)}`.trim());
  return done.stdout.trim();
}
