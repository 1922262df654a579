/**
 * What counts as narrowing: a new charter that takes strictly no more than the old one.
 *
 * A narrowing applies at once and is noted on the receipt; every other difference stops recording until the
 * person is asked again. Whatever is not provably narrower widens.
 */
import canonicalize from 'canonicalize';
import { LEVELS, type Charter } from './charter.ts';
import { isInside } from './match-pattern.ts';

/** Fields whose change never narrows: who, why, where to and how it is told is part of what was agreed. */
const FIXED_FIELDS = [
  'organization',
  'contact',
  'purpose',
  'collectorUrl',
  'expectedParticipants',
  'release',
  'notice',
] as const;

/** Whether consent to `previous` still covers `next`. Equal charters narrow. */
export function narrows(previous: Charter, next: Charter): boolean {
  return (
    FIXED_FIELDS.every((field) => canonicalize(previous[field]) === canonicalize(next[field])) &&
    isSubset(next.scopes, previous.scopes) &&
    isSubset(next.tasks, previous.tasks) &&
    isSubset(previous.neverRecord, next.neverRecord) &&
    next.apps.every((app) => isNarrowerApp(app, previous)) &&
    LEVELS.indexOf(next.protection) >= LEVELS.indexOf(previous.protection) &&
    next.retentionDays <= previous.retentionDays &&
    next.holdHours >= previous.holdHours &&
    next.minContributors >= previous.minContributors &&
    next.budget.mainThreadMsPerMinute <= previous.budget.mainThreadMsPerMinute &&
    next.budget.bytesPerDay <= previous.budget.bytesPerDay
  );
}

function isSubset<T>(inner: readonly T[], outer: readonly T[]): boolean {
  return inner.every((item) => outer.includes(item));
}

function isNarrowerApp(app: Charter['apps'][number], previous: Charter): boolean {
  const before = previous.apps.find((candidate) => candidate.label === app.label);
  return (
    before !== undefined &&
    app.matches.every((pattern) => before.matches.some((outer) => isInside(pattern, outer)))
  );
}
