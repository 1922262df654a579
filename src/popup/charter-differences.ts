/**
 * What differs between two charters, field by field, old beside new.
 *
 * Pure. Leaves out what is equal, judges nothing: whether a change widens is for `narrows` to say. Must show every
 * difference, whichever field it is in.
 */
import canonicalize from 'canonicalize';
import type { Charter } from '../charter/charter.ts';

/** One line of a field, and whether the other charter has it too. */
export interface DifferenceLine {
  text: string;
  isShared: boolean;
}

export interface CharterDifference {
  field: keyof Charter;
  before: DifferenceLine[];
  after: DifferenceLine[];
}

/** The fields that differ, in the order in which a charter lists them. */
export function charterDifferences(previous: Charter, next: Charter): CharterDifference[] {
  const fields = [...new Set([...Object.keys(next), ...Object.keys(previous)])] as (keyof Charter)[];
  return fields
    .filter((field) => canonicalize(previous[field]) !== canonicalize(next[field]))
    .map((field) => {
      const before = linesOf(previous[field]);
      const after = linesOf(next[field]);
      return { field, before: marked(before, after), after: marked(after, before) };
    });
}

function marked(lines: string[], others: string[]): DifferenceLine[] {
  return lines.map((text) => ({ text, isShared: others.includes(text) }));
}

/** One line for each item of a list or part of an object; simple values are one line. */
function linesOf(value: unknown): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(itemLines);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).map(([name, part]) => `${name}: ${String(part)}`);
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}

/** A list's items are texts, or apps: a label with its patterns. */
function itemLines(item: unknown): string[] {
  if (typeof item !== 'object' || item === null) return [String(item)];
  const { label, matches } = item as Charter['apps'][number];
  return matches.map((pattern) => `${label}: ${pattern}`);
}
