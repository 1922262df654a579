/**
 * Whether recording is on, and whether it may happen in a given place: pure functions over the person's choices.
 *
 * The popup shows their answer, the background obeys it, for each message anew.
 */
import { LEVELS, type Charter, type Level, type Scope } from '../charter/charter.ts';
import { matchesAny } from '../charter/match-pattern.ts';
import { narrows } from '../charter/narrows.ts';
import { SENSITIVE_PATTERNS } from '../charter/sensitive-places.ts';
import type { CharterInForce } from './charter-in-force.ts';
import type { Decision, Pause } from './stored-items.ts';

/** What recording happens under: the charter in force, and what the person allowed of it. */
export interface Terms {
  charter: Charter;
  charterHash: string;
  participantKey: string;
  hashingKey: string;
  scopes: Scope[];
  level: Level;
}

export type RecordingState =
  /** Nobody has asked this person for anything. */
  | { kind: 'no-charter' }
  | { kind: 'charter-unreadable'; problems: string[] }
  | { kind: 'undecided'; charter: Charter; charterHash: string }
  | { kind: 'declined'; charter: Charter; charterHash: string }
  /** The charter widened: recording has stopped until the person decides again. */
  | { kind: 'charter-changed'; charter: Charter; charterHash: string; previous: Charter }
  | { kind: 'paused'; terms: Terms; untilMs: number | null }
  | { kind: 'on'; terms: Terms };

export function recordingState(
  inForce: CharterInForce,
  decision: Decision | undefined,
  pause: Pause | undefined,
  nowMs: number,
): RecordingState {
  if (inForce.kind === 'none') return { kind: 'no-charter' };
  if (inForce.kind === 'unreadable') return { kind: 'charter-unreadable', problems: inForce.problems };
  const { charter, participantKey, hashingKey } = inForce.agreement;
  const charterHash = inForce.hash;
  if (decision === undefined) return { kind: 'undecided', charter, charterHash };
  if (decision.charterHash !== charterHash && !narrows(decision.charter, charter)) {
    // Who said no to less is not asked again for more than once: a new charter is a new question.
    return decision.scopes.length === 0
      ? { kind: 'undecided', charter, charterHash }
      : { kind: 'charter-changed', charter, charterHash, previous: decision.charter };
  }
  const scopes = decision.scopes.filter((scope) => charter.scopes.includes(scope));
  if (scopes.length === 0) return { kind: 'declined', charter, charterHash };
  const terms: Terms = {
    charter,
    charterHash,
    participantKey,
    hashingKey,
    scopes,
    level: stricter(decision.level, charter.protection),
  };
  if (pause !== undefined && (pause.untilMs === null || pause.untilMs > nowMs)) {
    return { kind: 'paused', terms, untilMs: pause.untilMs };
  }
  return { kind: 'on', terms };
}

export type Place =
  | { recorded: true; app: string }
  /** `asks-for-secrets`: sensitive by what the page shows, which its address does not tell. */
  | {
      recorded: false;
      reason: 'not-an-app' | 'site-off' | 'sensitive' | 'never-record' | 'asks-for-secrets';
    };

/** Whether the charter and the person let this address be recorded, and as which app. */
export function placeOf(url: string | undefined, charter: Charter, sitesOff: readonly string[]): Place {
  const app =
    url === undefined ? undefined : charter.apps.find((candidate) => matchesAny(candidate.matches, url));
  if (app === undefined || url === undefined) return { recorded: false, reason: 'not-an-app' };
  if (isNamed(SENSITIVE_PATTERNS, url)) return { recorded: false, reason: 'sensitive' };
  if (isNamed(charter.neverRecord, url)) return { recorded: false, reason: 'never-record' };
  if (sitesOff.includes(new URL(url).host)) return { recorded: false, reason: 'site-off' };
  return { recorded: true, app: app.label };
}

/**
 * Whether one of the places that are never recorded is meant by an address: `/Account/Login` by `/account/login*`, the
 * route `#/hr/pay` of `/desk` by `/desk/hr/*`, and `/hr` by `/hr/*`. Losing a page costs nothing.
 */
function isNamed(places: readonly string[], url: string): boolean {
  const patterns = places.map((place) => place.toLowerCase());
  const address = url.toLowerCase();
  const asPath = address.replace(/\/?#\/?/, '/').replaceAll('#', '/');
  const written = new Set([address, `${address.replace(/[?#].*/, '')}/`, asPath, `${asPath}/`]);
  return [...written].some((one) => matchesAny(patterns, one));
}

/** The level that a charter's ordinary question is about: `linked` is for volunteers, asked on a page of its own. */
export function ordinaryLevel(asked: Level): Level {
  return stricter(asked, 'balanced');
}

/** The more protective of two levels. */
export function stricter(one: Level, other: Level): Level {
  return LEVELS.indexOf(one) >= LEVELS.indexOf(other) ? one : other;
}
