/**
 * Numbers -> buckets of the contract, for steps and views.
 *
 * Pure. The limits of a bucket are stated in its schema's description.
 */
import {
  COUNT_BUCKETS,
  LENGTH_BUCKETS,
  MOVEMENT_PAUSES,
  PAUSE_BUCKETS_MS,
  type CountBucket,
  type LengthBucket,
} from '../trace/limits.ts';

export function countBucket(count: number): CountBucket {
  return COUNT_BUCKETS[lastReached([0, 1, 2, 5, 10, 20], count)]!;
}

export function lengthBucket(keyCount: number): LengthBucket {
  return LENGTH_BUCKETS[lastReached([1, 2, 5, 10, 20, 50, 100], keyCount)]!;
}

/** The lower end of the pause's bucket. */
export function pauseBucketMs(pauseMs: number): (typeof PAUSE_BUCKETS_MS)[number] {
  return PAUSE_BUCKETS_MS[lastReached(PAUSE_BUCKETS_MS, pauseMs)]!;
}

/** How long the pointer rested before a movement of a trace. */
export function movementPause(pauseMs: number): (typeof MOVEMENT_PAUSES)[number] {
  return MOVEMENT_PAUSES[lastReached([0, 500, 2000], pauseMs)]!;
}

/** Index of the last lower end that the value reaches; 0 below the first. */
function lastReached(lowerEnds: readonly number[], value: number): number {
  return Math.max(
    0,
    lowerEnds.findLastIndex((lowerEnd) => value >= lowerEnd),
  );
}
