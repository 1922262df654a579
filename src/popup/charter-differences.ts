/**
 * What differs between two charters, field by field, old beside new, in words.
 *
 * Leaves out what is equal, judges nothing: whether a change widens is for `narrows` to say. Must show every difference,
 * whichever field it is in.
 */
import canonicalize from 'canonicalize';
import type { Charter } from '../charter/charter.ts';
import { CHARTER_FIELDS, charterLines, textOf } from './charter-lines.ts';

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
  return CHARTER_FIELDS.filter((field) => canonicalize(previous[field]) !== canonicalize(next[field])).map(
    (field) => {
      const [before, after] = differingLines(previous, next, field);
      return { field, before: marked(before, after), after: marked(after, before) };
    },
  );
}

function differingLines(previous: Charter, next: Charter, field: keyof Charter): [string[], string[]] {
  const before = charterLines(previous, field).map(textOf);
  const after = charterLines(next, field).map(textOf);
  if (before.join('\n') !== after.join('\n')) return [before, after];
  // A difference too small for the words, such as some bytes of a megabyte.
  return [[exactly(previous[field])], [exactly(next[field])]];
}

function exactly(value: Charter[keyof Charter]): string {
  return JSON.stringify(value);
}

function marked(lines: string[], others: string[]): DifferenceLine[] {
  return lines.map((text) => ({ text, isShared: others.includes(text) }));
}
