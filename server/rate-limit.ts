/**
 * How often a key may send: a bucket of tokens for batches and erasures, and a number of batches a day and charter.
 *
 * Runs in the collector, right after the key was checked. All participants share one key, so the limits grow with the
 * number of people that the charter expects. Counts in memory, in this process only; must never keep a key (only its
 * hash), a sender, or a time of anything that was let through.
 */
import type { Charter } from '../src/charter/charter.ts';
import { dayOf } from '../src/trace/primitives.ts';
import { keyHashOf } from './authorize.ts';
import { refuse, type Refusal } from './refusal.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A bucket holds what may come in this many minutes: a device that was offline sends one batch a minute. */
const BURST_MINUTES = 10;
/** Small studies are not held to so little that one restart of a browser would meet the limit. */
const MIN_PARTICIPANTS_COUNTED = 20;

export interface RateSettings {
  /** For each expected participant. The extension sends at most one. */
  batchesPerMinute: number;
  /** For each expected participant: a week's work, should the collector have been away as long. */
  batchesPerDay: number;
  /** For each expected participant. A person who erases everything at once sends 50; not all do so at a time. */
  erasuresPerMinute: number;
}
export const DEFAULT_RATES: RateSettings = { batchesPerMinute: 1, batchesPerDay: 400, erasuresPerMinute: 5 };

export interface RateLimits {
  /** Takes a token for a batch, by the key that was found good. */
  takeBatch: (headers: Headers) => Refusal | undefined;
  /** Counts a batch whose charter is accepted against the day. */
  takeOfDay: (headers: Headers, charterHash: string, charter: Charter) => Refusal | undefined;
  takeErasure: (headers: Headers) => Refusal | undefined;
}

/** @param current the charter in force, whose expected participants set the rate of a key. */
export function createRateLimits(
  current: Charter,
  rates: RateSettings = DEFAULT_RATES,
  nowEpochMs: () => number = Date.now,
): RateLimits {
  const people = peopleOf(current);
  const batches = createBuckets(people * rates.batchesPerMinute, nowEpochMs);
  const erasures = createBuckets(people * rates.erasuresPerMinute, nowEpochMs);
  const days = createDayCounts(nowEpochMs);
  return {
    takeBatch: (headers) => batches.take(keyHashIn(headers)),
    takeErasure: (headers) => erasures.take(keyHashIn(headers)),
    takeOfDay: (headers, charterHash, charter) =>
      days.take(`${keyHashIn(headers)} ${charterHash}`, peopleOf(charter) * rates.batchesPerDay),
  };
}

function peopleOf({ expectedParticipants }: Charter): number {
  return Math.max(expectedParticipants, MIN_PARTICIPANTS_COUNTED);
}

/** The word before the key may be written in many ways; the key itself in one. */
function keyHashIn(headers: Headers): string {
  return keyHashOf(/\S+$/.exec(headers.get('authorization') ?? '')?.[0] ?? '');
}

/** Buckets by name, each full at first. Only keys that are in force get here, so there are few. */
function createBuckets(perMinute: number, nowEpochMs: () => number) {
  const capacity = perMinute * BURST_MINUTES;
  const perMs = perMinute / MINUTE_MS;
  const buckets = new Map<string, { tokens: number; atEpochMs: number }>();
  return {
    take: (name: string): Refusal | undefined => {
      const now = nowEpochMs();
      const bucket = buckets.get(name) ?? { tokens: capacity, atEpochMs: now };
      // A clock that was set back gives nothing and takes nothing.
      const elapsedMs = Math.max(0, now - bucket.atEpochMs);
      const tokens = Math.min(capacity, bucket.tokens + elapsedMs * perMs);
      const isEmpty = tokens < 1;
      buckets.set(name, { tokens: isEmpty ? tokens : tokens - 1, atEpochMs: now });
      if (!isEmpty) return undefined;
      return { ...refuse('rate-limited'), retryAfterSeconds: secondsOf((1 - tokens) / perMs) };
    },
  };
}

function createDayCounts(nowEpochMs: () => number) {
  const counts = new Map<string, number>();
  let day = '';
  return {
    take: (name: string, most: number): Refusal | undefined => {
      const now = nowEpochMs();
      if (dayOf(now) !== day) {
        day = dayOf(now);
        counts.clear();
      }
      const count = counts.get(name) ?? 0;
      if (count >= most)
        return { ...refuse('daily-cap'), retryAfterSeconds: secondsOf(DAY_MS - (now % DAY_MS)) };
      counts.set(name, count + 1);
      return undefined;
    },
  };
}

function secondsOf(durationMs: number): number {
  return Math.max(1, Math.ceil(durationMs / 1000));
}
