/**
 * Which columns of steps mark something, whatever labels this version derives: flags, groups, and how a form ended.
 *
 * Pure. Taken from the tables' own definitions, so that a new label is shown without a word here.
 */
import type { ColumnText } from '../table.ts';
import { tablesFor } from '../tables.ts';

/** A mark and the condition on a row of steps under which it is set; of tables of ours, never of text from outside. */
export interface Mark {
  name: string;
  column: string;
  /** Undefined where any value sets it. */
  value?: string;
  sql: string;
}

/** A fact of how a click was made, not a label. */
const NO_MARK = 'by_keyboard';

/** All marks that the steps of a dataset can have. */
export function marksFor(purpose: string): Mark[] {
  const steps = tablesFor(purpose).find(({ name }) => /^(trace_)?steps$/.test(name));
  return (steps?.columns ?? []).flatMap(marksOf);
}

function marksOf({ name: column, type, values }: ColumnText): Mark[] {
  if (type === 'BOOLEAN' && column !== NO_MARK) return [{ name: column, column, sql: `"${column}"` }];
  if (type === 'INTEGER' && column.endsWith('_id'))
    return [{ name: column.replace(/_id$/, ''), column, sql: `"${column}" IS NOT NULL` }];
  if (type === 'VARCHAR' && column.endsWith('_end'))
    return (values ?? []).map((value) => ({
      name: `${column.replace(/_end$/, '')}_${value}`,
      column,
      value,
      sql: `"${column}" = '${value}'`,
    }));
  return [];
}

/** The marks that a row of steps has; groups with their number. */
export function marksOfRow(marks: readonly Mark[], row: Readonly<Record<string, unknown>>): string[] {
  return marks.flatMap(({ name, column, value }) => {
    const cell = row[column];
    if (cell === null || cell === undefined || cell === false) return [];
    if (value !== undefined) return cell === value ? [name] : [];
    return [typeof cell === 'number' ? `${name} ${cell}` : name];
  });
}
