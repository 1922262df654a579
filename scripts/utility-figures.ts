/**
 * The utility benchmark's last run -> `dataset/utility-figures.ts`, from which the card's table is made.
 */
import { rowsOf, type TrainingRow } from '../bench/utility/training-result.ts';
import type { Interval } from '../bench/utility/f1.ts';
import type { UtilityFigure, UtilityFiguresByLevel } from '../dataset/utility-figure.ts';
import { LEVELS, type Level } from '../src/charter/charter.ts';

/** The figures of each level, in the order of the run. */
export function utilityFigures(rows: readonly TrainingRow[]): UtilityFiguresByLevel {
  return Object.fromEntries(
    LEVELS.map((level) => [level, figuresOf(rows.filter((row) => row.level === level))]),
  ) as Record<Level, UtilityFigure[]>;
}

/** The module's text. */
export function utilityFiguresModule(rows: readonly TrainingRow[]): string {
  return `/**
 * Generated from the last utility benchmark (bench/results) by \`npm run generate\`; not to be edited.
 */
import type { UtilityFiguresByLevel } from './utility-figure.ts';

export const TRAINING_FIGURES: UtilityFiguresByLevel = ${JSON.stringify(utilityFigures(rows))};
`;
}

function figuresOf(rows: readonly TrainingRow[]): UtilityFigure[] {
  const next = rowsOf(rows, 'nextAction').map((row): UtilityFigure => ({
    what: `next action: ${row.target}, new ${row.disjoint}`,
    measure: 'macro-F1',
    whose: row.cohort,
    people: row.people,
    count: row.questions,
    ...bounded(row),
    baseline: { name: 'order-2 Markov', value: row.markov.value },
    ...leftOf(row),
  }));
  const ends = rowsOf(rows, 'movementEnd').map((row): UtilityFigure => ({
    what: 'end of a movement from its first 60 %, new people',
    measure: 'px off',
    whose: row.cohort,
    people: row.people,
    count: row.questions,
    ...bounded(row),
    baseline: { name: 'last point', value: row.lastPoint.value },
    ...leftOf(row),
  }));
  const labels = rowsOf(rows, 'label').flatMap((row): UtilityFigure[] => {
    const of = { what: row.label, whose: row.cohort, people: row.people };
    return [
      {
        ...of,
        measure: 'precision',
        count: row.labelled,
        ...bounded(row.precision),
        baseline: { name: 'at random', value: row.chance },
      },
      { ...of, measure: 'recall', count: row.actual, ...bounded(row.recall), ...leftOf(row) },
    ];
  });
  return [...next, ...ends, ...labels];
}

function bounded({ value, low, high }: Interval) {
  return { value, low, high };
}

function leftOf({ ofLinked }: TrainingRow) {
  return ofLinked === undefined ? {} : { ofLinked };
}
