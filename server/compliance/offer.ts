/**
 * What a charter offers, as far as it decides what has to be said of it.
 *
 * Runs where the compliance pack is made. The pack says nothing of what its charter does not offer.
 */
import { LEVELS, type Charter, type Level, type Scope } from '../../src/charter/charter.ts';
import { splitBuckets } from '../../src/charter/split-buckets.ts';
import { placesOf } from './recorded-places.ts';

export interface Offer {
  scopes: readonly Scope[];
  /** From what the charter asks for to what a person may choose instead. */
  levels: readonly Level[];
  /** 0 where records bear none. */
  buckets: number;
  /** Labels of its apps, as far as anything of them can be recorded. */
  apps: readonly string[];
  tasks: readonly string[];
  holdHours: number;
  minContributors: number;
  expectedParticipants: number;
}

export function offerOf(charter: Charter): Offer {
  const { scopes, protection, tasks, holdHours, minContributors, expectedParticipants } = charter;
  return {
    scopes,
    levels: LEVELS.slice(LEVELS.indexOf(protection)),
    buckets: splitBuckets(charter),
    apps: placesOf(charter)
      .filter(({ recorded }) => recorded.length > 0)
      .map(({ label }) => label),
    tasks,
    holdHours,
    minContributors,
    expectedParticipants,
  };
}

/** What is only said under a condition; of all charters together everything is said. */
export interface Conditional {
  when?: (offer: Offer) => boolean;
}

/** Those of the list that apply to a charter; without one all of them. */
export function applying<Item extends Conditional>(items: readonly Item[], offer: Offer | undefined): Item[] {
  return items.filter(({ when }) => offer === undefined || when === undefined || when(offer));
}

export const offers =
  (...scopes: Scope[]) =>
  (offer: Offer): boolean =>
    scopes.some((scope) => offer.scopes.includes(scope));
export const offersLinked = (offer: Offer): boolean => offer.levels.includes('linked');
export const countsContributors = (offer: Offer): boolean => offer.minContributors > 0;
