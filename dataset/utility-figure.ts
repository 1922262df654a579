/**
 * What models learned from data of each level, as the card states it; the figures are in utility-figures.ts.
 */
import type { Level } from '../src/charter/charter.ts';

/** One measure of the last run of `npm run bench:utility`, with what it is to be compared with. */
export interface UtilityFigure {
  /** What was told or found. */
  what: string;
  measure: 'macro-F1' | 'px off' | 'precision' | 'recall';
  /** Whose data it was. */
  whose: string;
  people: number;
  /** Questions asked, or groups of steps judged. */
  count: number;
  /** Null where nothing was labelled. */
  value: number | null;
  /** 95 % of groups of people drawn from these lie within. */
  low: number | null;
  high: number | null;
  /** What a simple rule comes to, and its name. */
  baseline?: { name: string; value: number };
  /** Share of what `linked` data gives. */
  ofLinked?: number;
}

export type UtilityFiguresByLevel = Readonly<Record<Level, readonly UtilityFigure[]>>;
