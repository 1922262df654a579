/**
 * Measured visits -> the figures of `bench/results/capture.json`: medians over rounds, and how far the rounds differ.
 *
 * Pure. At the top level of a contestant stands the worst page.
 */
import { PAGES, type PageName } from './bench-pages.ts';
import type { ContestantName } from './contestant-names.ts';

/** What is measured on a page in each round. */
export const PAGE_FIGURES = [
  'selfMsPerMinute',
  'longTasksAdded',
  'heapKiB',
  'wireBytesPerMinute',
  'clickP50Ms',
  'mousemoveP50Ms',
  'keydownP95Ms',
] as const;
export type PageFigure = (typeof PAGE_FIGURES)[number];

/** The figures of one visit. */
export type VisitFigures = Record<PageFigure, number>;

/** All rounds of one contestant. */
export interface Rounds {
  visits: Record<PageName, VisitFigures[]>;
  /** One for each round. */
  bytesPerPointerSample: number[];
  bundleGzipBytes: number;
}

export interface Spread {
  min: number;
  max: number;
}

export type Figure = PageFigure | 'bytesPerPointerSample';

export type ContestantResult = VisitFigures & {
  bytesPerPointerSample: number;
  bundleGzipBytes: number;
  pages: Record<PageName, { selfMsPerMinute: number; wireBytesPerMinute: number }>;
  /** Least and most of all rounds: of the worst page, or of the figure itself. */
  spread: Record<Figure, Spread>;
};

export interface CaptureResults {
  /** Without any name of its own. */
  machine: { cpu: string; cores: number; memoryGiB: number; platform: string; browser: string };
  rounds: number;
  contestants: Partial<Record<ContestantName, ContestantResult>>;
}

export function summarize({ visits, bytesPerPointerSample, bundleGzipBytes }: Rounds): ContestantResult {
  const medianOn = (page: PageName, figure: PageFigure) => median(visits[page].map((visit) => visit[figure]));
  const worstPage = (figure: PageFigure) =>
    PAGES.reduce((worst, page) => (medianOn(page, figure) > medianOn(worst, figure) ? page : worst));
  const figures = fromEntries(PAGE_FIGURES, (figure) => rounded(medianOn(worstPage(figure), figure)));
  const spreads = fromEntries(PAGE_FIGURES, (figure) =>
    spreadOf(visits[worstPage(figure)].map((visit) => visit[figure])),
  );
  return {
    ...figures,
    bytesPerPointerSample: rounded(median(bytesPerPointerSample)),
    bundleGzipBytes,
    pages: fromEntries(PAGES, (page) => ({
      selfMsPerMinute: rounded(medianOn(page, 'selfMsPerMinute')),
      wireBytesPerMinute: rounded(medianOn(page, 'wireBytesPerMinute')),
    })),
    spread: { ...spreads, bytesPerPointerSample: spreadOf(bytesPerPointerSample) },
  };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Between two values by their share; 0 where there are none, as of listeners that are not there. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((one, other) => one - other);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (place - Math.floor(place)) * (sorted[Math.ceil(place)]! - below);
}

function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) return { min: 0, max: 0 };
  return { min: rounded(Math.min(...values)), max: rounded(Math.max(...values)) };
}

/** Three decimals below ten, none above a hundred: no more than was measured. */
function rounded(value: number): number {
  const size = Math.abs(value);
  return Number(value.toFixed(size < 10 ? 3 : size < 100 ? 1 : 0));
}

function fromEntries<Key extends string, Value>(keys: readonly Key[], of: (key: Key) => Value) {
  return Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<Key, Value>;
}
