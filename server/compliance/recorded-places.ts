/**
 * Which of a charter's apps can be recorded at all: what lies wholly inside a place that is never recorded cannot.
 *
 * Runs where the compliance pack is made. The extension keeps itself out of such a place page by page; this says it beforehand.
 */
import type { Charter } from '../../src/charter/charter.ts';
import { isInside } from '../../src/charter/match-pattern.ts';
import { SENSITIVE_PATTERNS } from '../../src/charter/sensitive-places.ts';

export interface AppPlaces {
  label: string;
  /** Patterns of which something can be recorded. */
  recorded: string[];
  /** Those of which nothing can. */
  never: string[];
}

/** Every app of the charter, in its order. */
export function placesOf({ apps, neverRecord }: Pick<Charter, 'apps' | 'neverRecord'>): AppPlaces[] {
  const never = [...SENSITIVE_PATTERNS, ...neverRecord];
  const isNever = (pattern: string) =>
    eachScheme(pattern).every((part) => never.some((place) => isInside(part, place)));
  return apps.map(({ label, matches }) => ({
    label,
    recorded: matches.filter((pattern) => !isNever(pattern)),
    never: matches.filter(isNever),
  }));
}

/** `*:` is both; a place may be given by two patterns. */
function eachScheme(pattern: string): string[] {
  if (!pattern.startsWith('*:')) return [pattern];
  return [pattern.replace('*', 'http'), pattern.replace('*', 'https')];
}
