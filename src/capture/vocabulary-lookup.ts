/**
 * A control -> the term of the public UI vocabulary that its whole name is, or nothing.
 *
 * In the page. With `control-name.ts` and `sensitive-name.ts` all that reads words, so that they can become a
 * script of their own. The name is looked up and forgotten.
 */
import type { Role } from '../trace/limits.ts';
import { TERMS, VOCABULARY, type Term } from '../trace/vocabulary.ts';
import { controlName } from './control-name.ts';

/** Term of a control's whole accessible name. */
export type TermLookup = (control: Element, role: Role) => Term | undefined;

/** The table is built at the first look-up: most frames never need it. */
export function createTermLookup(): TermLookup {
  let termOfSpelling: Map<string, Term> | undefined;
  return (control, role) => {
    const name = controlName(control, role);
    if (!name) return undefined;
    termOfSpelling ??= new Map(
      TERMS.flatMap((term) => [term, ...VOCABULARY[term]].map((spelling) => [spelling, term] as const)),
    );
    return termOfSpelling.get(normalized(name));
  };
}

/** Lower case, single spaces, without the ellipsis or colon that interfaces put after a word. */
export function normalized(name: string): string {
  return name
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\s*(…|\.\.\.|:|：)$/, '')
    .toLowerCase();
}
