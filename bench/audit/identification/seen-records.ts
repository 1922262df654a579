/**
 * Fragments -> what an attacker sees of them: everything that happened, or what the product leaves at a level.
 *
 * Levels are applied by `src/anonymize`, never by a copy. Linked amounts (several movements, whole sentences) are what
 * would be seen if the separation of records failed.
 */
import {
  MOTION_RULES,
  RHYTHM_RULES,
  type MotionRule,
  type RhythmRule,
  type UnlinkedLevel,
} from '../../../src/anonymize/levels.ts';
import { movementPause } from '../../../src/anonymize/buckets.ts';
import { protectMovement } from '../../../src/anonymize/protect-movement.ts';
import { protectPiece } from '../../../src/anonymize/protect-typing.ts';
import { protectWholeRun } from '../../../src/anonymize/protect-whole-run.ts';
import { RAW_KEY_CLASSES, type RawTypingRun } from '../../../src/capture/fragments.ts';
import type { Level } from '../../../src/charter/charter.ts';
import { MIN_PATH_SAMPLES } from '../../../src/trace/limits.ts';
import type { TraceMotion } from '../../../src/trace/trace.ts';
import type { Random } from '../../../src/trace/random.ts';
import type { WatchedMovement } from '../cohort/raw-fragments.ts';
import type { SeenMovement } from './motion-features.ts';
import type { SeenTyping } from './rhythm-features.ts';

/** A level of the product, or everything that happened. */
export type AuditLevel = 'raw' | Level;
export const AUDIT_LEVELS = ['raw', 'linked', 'balanced', 'strict'] as const satisfies readonly AuditLevel[];

/** The product's rules, or others that are tried. */
export interface Rules {
  motion: Record<Level, MotionRule>;
  rhythm: Record<UnlinkedLevel, RhythmRule>;
}

export const PRODUCT_RULES: Rules = { motion: MOTION_RULES, rhythm: RHYTHM_RULES };

/** The lower end of what a movement of a trace tells of the pause before it; one that stands alone tells nothing. */
const PAUSE_MS = { short: 0, medium: 500, long: 2000 } as const satisfies Record<
  TraceMotion['pauseBefore'],
  number
>;

/** One movement; undefined for one that makes no record. */
export function seenMovement(
  { fragment, full }: WatchedMovement,
  level: AuditLevel,
  rules: Rules,
  random: Random,
): SeenMovement | undefined {
  const motion = protectMovement(
    fragment,
    level === 'raw' ? 'linked' : level,
    random,
    rules.motion[level === 'raw' ? 'linked' : level],
  );
  // What makes no record at any level is not attacked raw either, so that all levels are measured on the same.
  if (motion === undefined) return undefined;
  if (level === 'raw') return full.timeMs.length < MIN_PATH_SAMPLES ? undefined : full;
  return {
    timeMs: summed(motion.path.dtMs),
    xPx: summed(motion.path.dxPx),
    yPx: summed(motion.path.dyPx),
    end: motion.end,
    pauseBeforeMs: level === 'linked' ? PAUSE_MS[movementPause(fragment.pauseBeforeMs)] : NaN,
    dwellMs: -1,
  };
}

/** The keys of a run from one (inclusive) to another (exclusive). */
export function seenTyping(
  run: RawTypingRun,
  [from, to]: readonly [number, number],
  level: AuditLevel,
  rules: Rules,
  random: Random,
): SeenTyping {
  const firstMs = run.downMs[from]!;
  const piece: RawTypingRun = {
    ...run,
    keyClass: run.keyClass.slice(from, to),
    downMs: run.downMs.slice(from, to).map((downMs) => downMs - firstMs),
    holdMs: run.holdMs.slice(from, to),
  };
  switch (level) {
    case 'raw':
      return {
        keyClass: piece.keyClass.map((index) => RAW_KEY_CLASSES[index]!),
        intervalMs: piece.downMs.slice(1).map((downMs, index) => downMs - piece.downMs[index]!),
        holdMs: piece.holdMs,
      };
    case 'linked':
      return { ...protectWholeRun(piece), holdMs: [] };
    case 'balanced':
    case 'strict': {
      const { keyClass, intervalMs } = protectPiece(run, [from, to], rules.rhythm[level], random);
      return { keyClass, intervalMs, holdMs: [] };
    }
  }
}

function summed(differences: readonly number[]): number[] {
  let sum = 0;
  return [0, ...differences.map((difference) => (sum += difference))];
}
