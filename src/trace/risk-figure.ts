/**
 * What the re-identification audit measured of one kind of record at one level, as statements of risk need it.
 */
import type { Level } from '../charter/charter.ts';

/** Shares from 0 to 1. Closed-world: the right person is always among those to choose from. */
export interface RiskFigure {
  /** What the attack was shown: one record, or a linked amount. */
  amount: string;
  /** How many of these it knew of each person beforehand. */
  known: number;
  /** People to choose from. */
  people: number;
  /** How often it named the right one first; `low` and `high` bound 95 % of resampled groups of people. */
  top1: number;
  low: number;
  high: number;
  /** Equal error rate of telling two people apart: 0.5 is a coin toss. */
  eer: number;
  /** How often it named the right one of ten. */
  ofTen: number;
}

/** A level, or data as it is before any protection, for comparison. */
export type AuditedLevel = Level | 'raw';

/**
 * Of single records, and of the linked amounts that one may get hold of where records are linked.
 *
 * Missing where nothing was measured on recorded people.
 */
export type RiskFigures = Record<
  AuditedLevel,
  Partial<Record<'record' | 'linked', Partial<Record<'motion' | 'rhythm', RiskFigure>>>>
>;

/** What data of a level is good for, by level and measure, beside what knowing nothing comes to. */
export type UtilityFigures = Record<string, { value: number; baseline: number }>;
