/**
 * What the utility benchmark found, as rows of its result file and as tables for a terminal and for documents.
 */
import type { Level } from '../../src/charter/charter.ts';
import { markdownTable } from '../../dataset/markdown.ts';
import type { Interval } from './f1.ts';
import type { LabelResult } from './label-detection.ts';
import type { MovementEndResult } from './movement-ends.ts';
import type { NextActionResult } from './next-action.ts';

interface OfLevel {
  level: Level;
  /** Whose the data is: recorded people, or scripted ones (with recorded hands where they were at hand). */
  cohort: 'recorded' | 'scripted' | 'scripted, recorded hands';
  /** What is left of what `linked` gives; 1 is all. Undefined where that gives nothing or was not measured. */
  ofLinked?: number;
}

export type TrainingRow =
  | ({ kind: 'nextAction' } & OfLevel & NextActionResult)
  | ({ kind: 'movementEnd' } & OfLevel & MovementEndResult)
  | ({ kind: 'label' } & OfLevel & LabelResult);
type RowOf<Kind extends TrainingRow['kind']> = Extract<TrainingRow, { kind: Kind }>;

/** How good it is, 0 being useless: macro-F1, the share of the error that is gone, or F1. */
export function skillOf(row: TrainingRow): number {
  switch (row.kind) {
    case 'nextAction':
      return row.value;
    case 'movementEnd':
      return 1 - row.value / row.lastPoint.value;
    case 'label':
      return f1Of(row);
  }
}

/** F1 of precision and recall; 0 where nothing was labelled rightly. */
export function f1Of({ precision, recall }: Pick<LabelResult, 'precision' | 'recall'>): number {
  const sum = precision.value + recall.value;
  return sum > 0 ? (2 * precision.value * recall.value) / sum : 0;
}

/** Rows with what is left of what `linked` gives. */
export function besideLinked(rows: readonly TrainingRow[]): TrainingRow[] {
  return rows.map((row) => {
    const linked = rows.find((other) => other.level === 'linked' && measureOf(other) === measureOf(row));
    const most = linked ? skillOf(linked) : 0;
    // Worse than useless is nothing left.
    return most > 0 ? { ...row, ofLinked: Math.max(0, skillOf(row) / most) } : row;
  });
}

function measureOf(row: TrainingRow): string {
  switch (row.kind) {
    case 'nextAction':
      return `${row.kind} ${row.disjoint} ${row.target}`;
    case 'movementEnd':
      return `${row.kind} ${row.cohort}`;
    case 'label':
      return `${row.kind} ${row.label}`;
  }
}

export function rowsOf<Kind extends TrainingRow['kind']>(
  rows: readonly TrainingRow[],
  kind: Kind,
): RowOf<Kind>[] {
  return rows.filter((row): row is RowOf<Kind> => row.kind === kind);
}

export function nextActionTable(rows: readonly RowOf<'nextAction'>[]): string {
  return markdownTable(
    ['level', 'new to the model', 'told', 'macro-F1 (95 %)', 'order-2 Markov', 'commonest', 'of linked', 'people', 'questions', 'classes'],
    rows.map((row) => [
      row.level,
      row.disjoint,
      row.target,
      within(row, share),
      within(row.markov, share),
      share(row.chance),
      ofLinked(row),
      String(row.people),
      String(row.questions),
      String(row.classes),
    ]),
  ); // prettier-ignore
}

export function movementEndTable(rows: readonly RowOf<'movementEnd'>[]): string {
  return markdownTable(
    ['level', 'whose', 'px off (95 %)', 'last point shown', 'error gone', 'of linked', 'people', 'learned from', 'asked'],
    rows.map((row) => [
      row.level,
      row.cohort,
      within(row, pixels),
      within(row.lastPoint, pixels),
      share(skillOf(row)),
      ofLinked(row),
      String(row.people),
      String(row.learned),
      String(row.questions),
    ]),
  ); // prettier-ignore
}

export function labelTable(rows: readonly RowOf<'label'>[]): string {
  return markdownTable(
    ['level', 'label', 'judged by', 'precision (95 %)', 'recall (95 %)', 'at random', 'of linked', 'labelled', 'true', 'people'],
    rows.map((row) => [
      row.level,
      row.label,
      row.truth,
      within(row.precision, share),
      within(row.recall, share),
      share(row.chance),
      ofLinked(row),
      String(row.labelled),
      String(row.actual),
      String(row.people),
    ]),
  ); // prettier-ignore
}

function ofLinked({ ofLinked: left }: OfLevel): string {
  return left === undefined ? '' : `${(100 * left).toFixed(0)} %`;
}

function within({ value, low, high }: Interval, shown: (value: number) => string): string {
  // A figure of nothing is null in a file of results.
  return Number.isFinite(value) ? `${shown(value)} (${shown(low)} to ${shown(high)})` : 'none';
}

function share(value: number): string {
  return value.toFixed(2);
}

function pixels(value: number): string {
  return value.toFixed(1);
}
