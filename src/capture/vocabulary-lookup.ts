/**
 * The name of a control -> the term of the public UI vocabulary that it is, or nothing.
 *
 * In the page, in the vocabulary script. The name is looked up and forgotten. Pure.
 */
import { TERMS, spellingsOf, type Term } from '../trace/vocabulary.ts';

/** The table is built at the first look-up: most frames never need it. */
export function createTermLookup(): (name: string) => Term | undefined {
  let termOfSpelling: Map<string, Term> | undefined;
  return (name) => {
    termOfSpelling ??= new Map(
      TERMS.flatMap((term) => spellingsOf(term).map((spelling) => [spelling, term] as const)),
    );
    return termOfSpelling.get(normalized(name));
  };
}

/** Lower case, single spaces, straight apostrophes, without the ellipsis or colon that interfaces put after a word. */
export function normalized(name: string): string {
  return name
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\s*(…|\.\.\.|:|：)$/, '')
    .replace('’', "'")
    .toLowerCase();
}
