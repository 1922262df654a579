/**
 * The protection levels as data: every number that decides how much of a movement or a typing run is left.
 *
 * At `linked` nothing is mapped to the population: places and times are only put on a grid.
 */
import { BURST_CEILING_MS, LONG_PAUSE_MS, LONG_PAUSES_MS, PATH_RULES } from '../trace/level-check.ts';
import { LINKED_GRID } from '../trace/limits.ts';
import type { Level } from '../charter/charter.ts';
import { ALL_INTERVALS_MS, WITHIN_BURST_MS, type IntervalLevels } from '../trace/population.ts';

/** Levels whose records stand alone. */
export type UnlinkedLevel = Exclude<Level, 'linked'>;

export interface MotionRule {
  /**
   * Spread of the drawn duration: standard deviation of its logarithm around the population's median. `own` keeps the
   * person's own times.
   */
  durationLogSd: number | 'own';
  /**
   * How far the course is bent in time: standard deviation of the logarithm of the power that shares of the duration are
   * raised to. A hand that hurries early looks like one that hurries late.
   */
  courseLogSd: number;
  /** Whether the path keeps its direction on the screen, or is mirrored by chance and turned by a random angle. */
  direction: 'own' | 'random';
  /** Grid that places are rounded to, from a random phase. */
  gridPx: number;
  /** Time between samples from a random phase, or `ends` for start, middle and end in minimum-jerk timing. */
  sampling: { everyMs: number } | 'ends';
}

export interface RhythmRule {
  /** Levels that intervals are ranked to, by pair of key classes. */
  levels: IntervalLevels;
  /** Intervals from here on are not ranked but given one of `longPausesMs`; Infinity ranks them all. */
  rankBelowMs: number;
  /** No ranked interval is given more than this. */
  ceilingMs: number;
  /** What longer intervals become: `below` is the limit, `becomesMs` the value. */
  longPausesMs: readonly { below: number; becomesMs: number }[];
}

export const MOTION_RULES: Record<Level, MotionRule> = {
  linked: {
    durationLogSd: 'own',
    courseLogSd: 0,
    direction: 'own',
    gridPx: LINKED_GRID.placePx,
    sampling: { everyMs: LINKED_GRID.motionMs },
  },
  balanced: {
    durationLogSd: 0.3,
    courseLogSd: 0.6,
    direction: 'random',
    gridPx: PATH_RULES.balanced.gridPx,
    sampling: { everyMs: 100 },
  },
  strict: {
    durationLogSd: 0,
    courseLogSd: 0,
    direction: 'random',
    gridPx: PATH_RULES.strict.gridPx,
    sampling: 'ends',
  },
};

export const RHYTHM_RULES: Record<UnlinkedLevel, RhythmRule> = {
  balanced: {
    levels: WITHIN_BURST_MS,
    rankBelowMs: LONG_PAUSE_MS,
    ceilingMs: BURST_CEILING_MS,
    longPausesMs: LONG_PAUSES_MS,
  },
  strict: { levels: ALL_INTERVALS_MS, rankBelowMs: Infinity, ceilingMs: Infinity, longPausesMs: [] },
};

/** A pair of key classes met fewer times than this in a record says too little to be ranked: it gets the median. */
export const MIN_RANKED_INTERVALS = 4;
