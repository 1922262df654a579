/**
 * What the vocabulary script hands to the recorder: the look-ups that need the lists of public words.
 *
 * In the page's isolated world, which pages cannot see, by one value of it: two scripts of an extension share nothing
 * else. Read anew at each use, so that it makes no difference which script ran first, and that the one of an updated
 * extension takes over.
 */
import type { Term } from '../trace/vocabulary.ts';

export interface PublicWords {
  /** Term that the whole name of a control is, if it is one. */
  termOf: (name: string) => Term | undefined;
  /** Shape of a path with everything but public words replaced. */
  routeOf: (pathname: string) => string;
}

type World = typeof globalThis & { profferWords?: PublicWords };

/** Called by the vocabulary script. */
export function offerPublicWords(words: PublicWords): void {
  (globalThis as World).profferWords = words;
}

/** Called by the recorder. @returns undefined where the script has not run: then no word is public. */
export function publicWords(): PublicWords | undefined {
  return (globalThis as World).profferWords;
}
