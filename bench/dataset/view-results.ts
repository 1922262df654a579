/**
 * What the viewer's benchmark writes.
 */
import type { Machine } from '../server/describe-machine.ts';

export interface Times {
  medianMs: number;
  maxMs: number;
}

/** What is timed, in words for people. */
export const VIEW_PAGES = {
  opened: 'start, until the address is printed',
  firstList: 'first page of the list, right after the start',
  list: 'first page of the list, again',
  filteredList: 'page of a filtered list',
  deepList: 'last pages of the list',
  episode: 'one episode',
  firstDistributions: 'distributions, right after the start',
  distributions: 'distributions, again',
  motions: 'page of single movements',
  rhythms: 'page of single typing runs',
} as const;
export type TimedPages = Record<keyof typeof VIEW_PAGES, Times>;

export interface ViewResults {
  episodes: number;
  motions: number;
  rhythms: number;
  /** Of all tables. */
  rows: number;
  openings: number;
  /** For each page but those right after a start. */
  requests: number;
  pages: TimedPages;
  peakRssMiB: number;
  /** What else this computer did: figures hold for an idle one only. */
  loadBefore: number;
  machine: Machine;
}

export function summarizeTimes(tookMs: readonly number[]): Times {
  const sorted = tookMs.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const medianMs = (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
  return { medianMs: round(medianMs), maxMs: round(sorted.at(-1)!) };
}

function round(ms: number): number {
  return Number(ms.toFixed(1));
}
