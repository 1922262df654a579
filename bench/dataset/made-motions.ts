/**
 * Motions made for a benchmark: as many as wanted, each valid by the contract, their ids spread evenly and in order.
 *
 * Pure: the same place gives the same motion.
 */
import { aMotion } from '../../dataset/testing/published-rows.ts';
import type { PublishedMotion } from '../../src/trace/published.ts';

const IN_BYTE_ORDER = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
/** Paths repeat after this many motions; ids do not. */
const PATHS = 4096;
const paths: PublishedMotion[] = [];

/** The id at a place among `count` of a release: the first characters tell the place, the rest looks random. */
export function idAt(release: number, place: number, count: number): string {
  let rest = Math.floor((place / count) * 64 ** 5);
  let begins = '';
  for (let index = 0; index < 5; index += 1) {
    begins = IN_BYTE_ORDER.charAt(rest % 64) + begins;
    rest = Math.floor(rest / 64);
  }
  let state = (place + release * count) | 0;
  let id = begins;
  for (let index = 5; index < 21; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    id += IN_BYTE_ORDER.charAt(state >>> 26);
  }
  return `${id}${'AQgw'.charAt(state & 3)}`;
}

/** The motion at a place among `count` of a release; 8.5 samples each on average. */
export function motionAt(release: number, place: number, count: number): PublishedMotion {
  const seed = place % PATHS;
  const path = (paths[seed] ??= aMotion(seed));
  return { ...path, recordId: idAt(release, place, count) };
}
