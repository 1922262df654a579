/**
 * The card's section on what models have learned from such data: figures of the last benchmark, plain about what they
 * were measured on.
 */
import { LEVELS, type Level } from '../src/charter/charter.ts';
import { formatCount, markdownTable } from './markdown.ts';
import type { UtilityFigure, UtilityFiguresByLevel } from './utility-figure.ts';

export const UTILITY_TITLE = 'Does it train anything?';

const HOW = `Measured on other data than this: **scripted people**, whose habits and slips are assumed, in made-up apps; their work
went through the product's own code into a release and was pulled. So the figures show that the columns carry what
models and labels need, and what a level takes of it. They do not show how predictable real work is. Only movements
are those of recorded people, where the table says so. Intervals hold 95 % of groups of people drawn from those
measured. Precision and recall are those of the labels against what the scripted people know.`;

/** The section's text for the levels that a dataset holds. */
export function renderUtility(figures: UtilityFiguresByLevel, levels: readonly Level[]): string {
  const shown = LEVELS.filter((level) => levels.includes(level) && figures[level].length > 0);
  if (shown.length === 0) return 'Not measured for the levels that this dataset holds.';
  const rows = shown.flatMap((level) => figures[level].map((figure) => [level, ...cellsOf(figure)]));
  const titles = ['level', 'what', 'measure', 'value (95 %)', 'beside', 'of linked', 'on', 'people', 'cases'];
  return `${HOW}\n\n${markdownTable(titles, rows)}`;
}

function cellsOf(figure: UtilityFigure): string[] {
  const { what, measure, whose, people, count, value, low, high, baseline, ofLinked } = figure;
  const shown = (number: number) => number.toFixed(measure === 'px off' ? 1 : 2);
  return [
    what,
    measure,
    value === null || low === null || high === null
      ? 'nothing labelled'
      : `${shown(value)} (${shown(low)} to ${shown(high)})`,
    baseline ? `${baseline.name} ${shown(baseline.value)}` : '',
    ofLinked === undefined ? '' : `${(100 * ofLinked).toFixed(0)} %`,
    whose,
    formatCount(people),
    formatCount(count),
  ];
}
