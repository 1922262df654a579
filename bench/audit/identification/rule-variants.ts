/**
 * Rules that are not the product's, to see whether a level could protect more or leave more.
 *
 * Each variant changes one thing of `balanced`; everything else, attack included, is as in the audit. What was kept and
 * why: docs/decisions/0015-pauses-from-a-second.md.
 */
import type { MotionRule, RhythmRule } from '../../../src/anonymize/levels.ts';
import { LONG_PAUSES_MS } from '../../../src/trace/level-check.ts';
import { ALL_INTERVALS_MS, type IntervalLevels } from '../../../src/trace/population.ts';
import { PRODUCT_RULES, type Rules } from './seen-records.ts';

export interface RuleVariant {
  kind: 'motion' | 'rhythm';
  /** What is other than in the product. */
  name: string;
  rules: Rules;
}

const { motion: MOTION, rhythm: RHYTHM } = PRODUCT_RULES;

export const RULE_VARIANTS: readonly RuleVariant[] = [
  motion('as it is', {}),
  motion('paths in their own direction', { direction: 'own' }),
  motion('courses as the hand went', { courseLogSd: 0 }),
  motion('courses bent half as far', { courseLogSd: 0.3 }),
  motion('places on 4 px', { gridPx: 4 }),
  motion('places on 16 px', { gridPx: 16 }),
  motion('20 Hz', { sampling: { everyMs: 50 } }),
  motion('5 Hz', { sampling: { everyMs: 200 } }),
  motion('durations without spread', { durationLogSd: 0 }),
  motion('start, middle and end', { sampling: 'ends' }),
  rhythm('as it is', {}),
  rhythm('4 levels', { levels: fewerLevels(4) }),
  rhythm('2 levels', { levels: fewerLevels(2) }),
  rhythm('one kind of pause', { longPausesMs: [{ below: Infinity, becomesMs: 2000 }] }),
  // As the design had it first.
  rhythm('pauses from 0.5 s', {
    rankBelowMs: 500,
    longPausesMs: [{ below: 1000, becomesMs: 750 }, ...LONG_PAUSES_MS],
  }),
  rhythm('pauses from 2 s', { rankBelowMs: 2000, longPausesMs: [{ below: Infinity, becomesMs: 3000 }] }),
  rhythm('levels of all intervals', { levels: ALL_INTERVALS_MS, ceilingMs: 950 }),
];

function motion(name: string, changes: Partial<MotionRule>): RuleVariant {
  const balanced = { ...MOTION.balanced, ...changes };
  return { kind: 'motion', name, rules: { ...PRODUCT_RULES, motion: { ...MOTION, balanced } } };
}

function rhythm(name: string, changes: Partial<RhythmRule>): RuleVariant {
  const balanced = { ...RHYTHM.balanced, ...changes };
  return { kind: 'rhythm', name, rules: { ...PRODUCT_RULES, rhythm: { ...RHYTHM, balanced } } };
}

/** The population's levels thinned to so many, from the middles of equal parts. */
function fewerLevels(count: number): IntervalLevels {
  const thinned = Object.entries(RHYTHM.balanced.levels).map(([pair, levels]) => [
    pair,
    Array.from(
      { length: count },
      (_unused, index) => levels[Math.floor(((index + 0.5) * levels.length) / count)]!,
    ),
  ]);
  return Object.fromEntries(thinned) as IntervalLevels;
}
