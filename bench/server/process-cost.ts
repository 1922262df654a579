/**
 * What processes cost, as Linux tells it: processor time with all threads, and memory with its peak.
 *
 * Reads `/proc` only. Elsewhere there is none, and a figure that cannot be had is an error, never 0.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second for everybody (`USER_HZ`). */
const TICK_MS = 10;

interface Stat {
  pid: number;
  parentPid: number;
  /** Own time and that of children that have ended. */
  cpuMs: number;
}

/** Processor time of a process and all its descendants, in ms. */
export function treeCpuMs(pid: number): number {
  return tree(pid).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** The process and all its descendants. */
export function treePids(pid: number): number[] {
  return tree(pid).map((stat) => stat.pid);
}

export function rssBytes(pid: number): number {
  return statusBytes(pid, 'VmRSS');
}

/** The most since the last `resetPeakRss`. */
export function peakRssBytes(pid: number): number {
  return statusBytes(pid, 'VmHWM');
}

export function resetPeakRss(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

function tree(root: number): Stat[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)));
  const found = all.filter(({ pid }) => pid === root);
  for (const { pid } of found) found.push(...all.filter(({ parentPid }) => parentPid === pid));
  return found;
}

/** Empty where the process has ended meanwhile. */
function readStat(pid: number): Stat[] {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return [];
  }
  // The name, in brackets, may hold anything; what follows has fixed places (proc(5)).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = [11, 12, 13, 14].reduce((sum, place) => sum + Number(fields[place]), 0);
  return [{ pid, parentPid: Number(fields[1]), cpuMs: ticks * TICK_MS }];
}

function statusBytes(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!found) throw new Error(`/proc does not tell ${name} of process ${pid}`);
  return Number(found[1]) * 1024;
}
