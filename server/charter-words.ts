/**
 * What a charter means, in the plain words that the collector's pages and the compliance pack share.
 *
 * Runs in the collector and its commands. Claims nothing that the contract does not bear out.
 */
import type { Charter, Level, Scope } from '../src/charter/charter.ts';
import { KEPT_A_DAY, MAX_RHYTHM_KEYS } from '../src/trace/limits.ts';

/** Each scope as it is at the levels that keep records apart. */
export const SCOPE_WORDS: Record<Scope, { name: string; takes: string; never: string }> = {
  pointer: {
    name: 'Pointer',
    takes: `Single movements of the mouse, at most ${KEPT_A_DAY.motion} a day: their path, turned at random, and how they ended`,
    never:
      'never the order of movements, the time of day, the place on the page, what was pressed or the app',
  },
  keys: {
    name: 'Keys',
    takes: `The rhythm of at most ${MAX_RHYTHM_KEYS} keys from somewhere inside what was typed, at most ${KEPT_A_DAY.rhythm} a day`,
    never: 'never which letters, digits or signs, nor the field or the app',
  },
  workflow: {
    name: 'Workflow',
    takes: 'The order of steps: which kind of control was used, in which of the apps, and what came of it',
    never: 'never what was written or shown, no addresses, no file names',
  },
};

const PART_WORDS = { pointer: 'movements', keys: 'rhythms', workflow: 'steps' } as const satisfies Record<
  Scope,
  string
>;

/** What the levels differ in, as far as it is offered. */
export function motorWords(scopes: readonly Scope[]): string[] {
  return scopes.filter((scope) => scope !== 'workflow').map((scope) => PART_WORDS[scope]);
}

/** A level, of what is offered and nothing else. Of steps alone there is nothing to say but its name. */
export function levelWords(level: Level, scopes: readonly Scope[]): string {
  const motor = motorWords(scopes).join(' and ');
  const whole = new Intl.ListFormat('en-GB').format(scopes.map((scope) => PART_WORDS[scope]));
  switch (level) {
    case 'balanced':
      return motor === ''
        ? 'Balanced.'
        : `Balanced: ${motor} are mapped to those of a population before they leave the device.`;
    case 'strict':
      return motor === '' ? 'Strict.' : `Strict: only the coarse form of ${motor} leaves the device.`;
    case 'linked':
      return `Linked: a session’s ${whole} stay together. For volunteers only.`;
  }
}

export function smallestGroupWords({ minContributors, protection }: Charter): string {
  if (minContributors === 0) return 'none: data may be released even if few people take part';
  const rule = `nothing is released that fewer than ${minContributors} people contributed to in a week`;
  return protection === 'linked' ? `${rule}; this does not hold for linked data` : rule;
}

export function releaseWords({ release }: Charter): string {
  const often =
    release.everyHours === 0 ? 'as soon as possible' : `every ${plural(release.everyHours, 'hour')}`;
  return release.minRecords === 0
    ? often
    : `${often}, once ${plural(release.minRecords, 'record')} of a kind are there`;
}

/** `1 day`, `1,000 days`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
