/**
 * The utility audit: what is each level still good for, measured beside what it protects?
 *
 * Models learn from what a level leaves and are asked about raw data of other people, as a training team would use it.
 */
import type { Random } from '../../../src/trace/random.ts';
import type { Cohort } from '../cohort/sessions.ts';
import { AUDIT_LEVELS, PRODUCT_RULES, type AuditLevel, type Rules } from '../identification/seen-records.ts';
import type { Learner } from '../learning/open-learner.ts';
import { movementEndError } from './movement-end.ts';
import { nextKeyUtility } from './next-key.ts';

/** One measure of one level. `baseline` is what knowing nothing of the record comes to, in the same unit. */
export interface UtilityResult {
  kind: 'motion' | 'rhythm';
  level: AuditLevel;
  measure: 'movementEndErrorPx' | 'nextIntervalR2' | 'pauseAuc' | 'correctionAuc';
  value: number;
  baseline: number;
}

export interface UtilityOptions {
  cohort: Cohort;
  learner: Learner;
  random: Random;
  levels?: readonly AuditLevel[];
  rules?: Rules;
  progress?: (condition: string) => void;
}

export async function measureUtility(options: UtilityOptions): Promise<UtilityResult[]> {
  const { cohort, learner, random, levels = AUDIT_LEVELS, rules = PRODUCT_RULES, progress } = options;
  const results: UtilityResult[] = [];
  for (const level of levels) {
    progress?.(`utility, ${level}`);
    if (cohort.pointers.length > 0) {
      const { errorPx, baselinePx } = await movementEndError(cohort, level, rules, learner, random);
      results.push({
        kind: 'motion',
        level,
        measure: 'movementEndErrorPx',
        value: errorPx,
        baseline: baselinePx,
      });
    }
    if (cohort.keys.length > 0) {
      const { intervalR2, pauseAuc, correctionAuc } = await nextKeyUtility(
        cohort,
        level,
        rules,
        learner,
        random,
      );
      const of = { kind: 'rhythm', level } as const;
      results.push(
        { ...of, measure: 'nextIntervalR2', value: intervalR2, baseline: 0 },
        { ...of, measure: 'pauseAuc', value: pauseAuc, baseline: 0.5 },
        { ...of, measure: 'correctionAuc', value: correctionAuc, baseline: 0.5 },
      );
    }
  }
  return results;
}
