/**
 * When to try again: exponential back-off with full jitter (M. Brooker, "Exponential Backoff And Jitter", 2015).
 */
import type { Random } from '../trace/random.ts';

const BASE_MS = 5_000;
const CEILING_MS = 30 * 60_000;

/** A random delay between 0 and a ceiling that doubles with each attempt, from 5 s to 30 min. */
export function backoffMs(attempts: number, random: Random): number {
  return Math.round(random() * Math.min(CEILING_MS, BASE_MS * 2 ** Math.min(attempts, 20)));
}
