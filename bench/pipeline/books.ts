/**
 * The books of one trial compared: what was done, what the page was told is stored, what the device says became of it,
 * and what the collector holds.
 *
 * Pure. Nothing is forgiven that nobody can name a reason for.
 */
import type { Account } from '../../src/queue/summary.ts';
import type { Cell } from './source-page.ts';

/** One click of the source. */
export interface Click {
  cell: Cell;
  /** Whether the browser has said that it was done; one that ended with its page may have been done or not. */
  isCertain: boolean;
  isAfterWithdrawal: boolean;
}

/** An episode as a store holds it. */
export interface StoredEpisode {
  /** The cells of its clicks, and undefined for every other step. */
  cells: (Cell | undefined)[];
  /** Index of the step that each gap follows; -1 before the first. */
  gaps: number[];
}

export interface TrialBooks {
  /** In the order in which they were made. */
  clicks: readonly Click[];
  acknowledged: ReadonlySet<Cell>;
  /** New at the collector since the trial began. */
  stored: { episodes: readonly StoredEpisode[]; aloneIds: readonly string[] };
  device: {
    before: Account;
    after: Account;
    /** Motions and rhythms sent, as the device has it, since the trial began. */
    sentIds: readonly string[];
    rowsWithContent: number;
    /** Whether it tells of something missing after all that it has sent. */
    hasGapLast: boolean;
  };
  hasWithdrawn: boolean;
}

export interface Discrepancies {
  /** Clicks that were certainly made. */
  events: number;
  /** Acknowledged, and not at the collector, without the device saying why. */
  lost: number;
  /** At the collector more than once. */
  duplicated: number;
  /** Made and neither acknowledged nor covered by a gap; or at the collector and made by nobody. */
  unexplained: number;
  /** Recorded although it was done after the withdrawal was confirmed, or left over from before. */
  afterWithdrawal: number;
}

export const HARMS = ['lost', 'duplicated', 'unexplained', 'afterWithdrawal'] as const;

export function hasDiscrepancy(found: Discrepancies): boolean {
  return HARMS.some((harm) => found[harm] > 0);
}

export function compareBooks(books: TrialBooks): Discrepancies {
  const { clicks, acknowledged, stored, device } = books;
  const copies = countCells(stored.episodes);
  const certain = clicks.filter(({ isCertain }) => isCertain);
  const missing = certain.filter(({ cell, isAfterWithdrawal }) => !copies.has(cell) && !isAfterWithdrawal);
  const made = new Set(clicks.map(({ cell }) => cell));
  const phantoms = [...copies.keys()].filter((cell) => !made.has(cell)).length;
  const late = clicks.filter(
    ({ cell, isAfterWithdrawal }) => isAfterWithdrawal && (copies.has(cell) || acknowledged.has(cell)),
  ).length;
  // What had not been sent is deleted with a withdrawal, and what the page had not handed over is dropped.
  const gone = books.hasWithdrawn ? [] : missing;
  const lost = gone.filter(({ cell }) => acknowledged.has(cell)).length;
  const isCovered = createCover(clicks, stored.episodes, device.hasGapLast);
  const silent = gone.filter(({ cell }) => !acknowledged.has(cell) && !isCovered(cell)).length;
  const known = new Set(stored.aloneIds);
  // After a withdrawal what was under way counts as sent, in order that it can be erased.
  const notThere = books.hasWithdrawn ? 0 : device.sentIds.filter((id) => !known.has(id)).length;
  const sent = new Set(device.sentIds);
  const unknown = stored.aloneIds.filter((id) => !sent.has(id)).length;
  return {
    events: certain.length,
    lost: Math.max(0, lost - toldGone(device)) + notThere + outOfBalance(device.after),
    duplicated: [...copies.values()].reduce((sum, count) => sum + count - 1, 0),
    unexplained: silent + phantoms + unknown,
    afterWithdrawal: late + (books.hasWithdrawn ? device.rowsWithContent : 0),
  };
}

function countCells(episodes: readonly StoredEpisode[]): Map<Cell, number> {
  const copies = new Map<Cell, number>();
  for (const { cells } of episodes)
    for (const cell of cells) if (cell !== undefined) copies.set(cell, (copies.get(cell) ?? 0) + 1);
  return copies;
}

/** So much the device itself says it has deleted or lost. */
function toldGone({ before, after }: TrialBooks['device']): number {
  const gone = ({ deleted, lost }: Account) => deleted + sumOf(lost);
  return Math.max(0, gone(after) - gone(before));
}

/** How far the device's own accounts are from adding up. */
function outOfBalance({
  captured,
  held,
  due,
  sending,
  sent,
  refused,
  deleted,
  lost,
  leftOut,
}: Account): number {
  return Math.abs(captured - (held + due + sending + sent + refused + deleted + sumOf(lost) + leftOut));
}

function sumOf(lost: Account['lost']): number {
  return Object.values(lost).reduce((sum, count) => sum + count, 0);
}

/** Whether a click lies where a gap says that something is missing: between the clicks stored around that gap. */
function createCover(
  clicks: readonly Click[],
  episodes: readonly StoredEpisode[],
  hasGapLast: boolean,
): (cell: Cell) => boolean {
  const order = new Map(clicks.map(({ cell }, index) => [cell, index]));
  const all = episodes
    .flatMap(({ cells }) => cells)
    .flatMap((cell) => (cell === undefined ? [] : (order.get(cell) ?? [])));
  const spans = episodes.flatMap(({ cells, gaps }) => {
    const places = cells.map((cell) => (cell === undefined ? undefined : order.get(cell)));
    return gaps.map((afterStep) => {
      const inEpisodeBefore = places.slice(0, afterStep + 1).findLast((place) => place !== undefined);
      const next = places.slice(afterStep + 1).find((place) => place !== undefined);
      const before = inEpisodeBefore ?? Math.max(-1, ...all.filter((place) => place < (next ?? Infinity)));
      return { before, next: next ?? Math.min(Infinity, ...all.filter((place) => place > before)) };
    });
  });
  if (hasGapLast) spans.push({ before: Math.max(-1, ...all), next: Infinity });
  return (cell) => {
    const place = order.get(cell)!;
    return spans.some(({ before, next }) => before < place && place < next);
  };
}

export function addUp(found: readonly Discrepancies[]): Discrepancies {
  const sum: Discrepancies = { events: 0, lost: 0, duplicated: 0, unexplained: 0, afterWithdrawal: 0 };
  for (const one of found)
    for (const name of Object.keys(sum) as (keyof Discrepancies)[]) sum[name] += one[name];
  return sum;
}

/** What a dataset has too little or too much of what the collector holds: a list of names, each as often as it is there. */
export function compareLists(
  wanted: readonly string[],
  found: readonly string[],
): Pick<Discrepancies, 'lost' | 'duplicated'> {
  const balance = new Map<string, number>();
  for (const name of wanted) balance.set(name, (balance.get(name) ?? 0) + 1);
  for (const name of found) balance.set(name, (balance.get(name) ?? 0) - 1);
  const counts = [...balance.values()];
  return {
    lost: counts.reduce((sum, count) => sum + Math.max(0, count), 0),
    duplicated: counts.reduce((sum, count) => sum + Math.max(0, -count), 0),
  };
}
