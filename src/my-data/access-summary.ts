/**
 * The collector's access log -> who read for which purpose, how often and how much. Pure.
 */
import type { AccessLogEntry } from '../trace/collector-api.ts';
import type { z } from 'zod';

export type Access = z.infer<typeof AccessLogEntry>;

export interface ReaderLine {
  reader: string;
  purpose: string;
  pulls: number;
  rows: number;
  releases: number[];
  /** UTC days. */
  firstDay: string;
  lastDay: string;
}

/** One line for each reader and purpose; the latest to read comes first. */
export function readersOf(entries: readonly Access[]): ReaderLine[] {
  const lines = new Map<string, ReaderLine>();
  for (const { reader, purpose, rows, release, at } of entries) {
    const name = JSON.stringify([reader, purpose]);
    const line = lines.get(name) ?? {
      reader,
      purpose,
      pulls: 0,
      rows: 0,
      releases: [],
      firstDay: at,
      lastDay: at,
    };
    line.pulls += 1;
    line.rows += rows;
    if (!line.releases.includes(release)) line.releases.push(release);
    if (at < line.firstDay) line.firstDay = at;
    if (at > line.lastDay) line.lastDay = at;
    lines.set(name, line);
  }
  for (const line of lines.values()) line.releases.sort((one, other) => one - other);
  return [...lines.values()].sort((one, other) => other.lastDay.localeCompare(one.lastDay));
}
