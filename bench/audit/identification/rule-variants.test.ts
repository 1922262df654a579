import { describe, expect, it } from 'vitest';
import { protectMovement } from '../../../src/anonymize/protect-movement.ts';
import { protectTyping } from '../../../src/anonymize/protect-typing.ts';
import { movementsOf, typingRunsOf } from '../cohort/raw-fragments.ts';
import { syntheticPointers } from '../cohort/synthetic-pointers.ts';
import { syntheticTypists } from '../cohort/synthetic-typists.ts';
import { seededRandom } from '../seeded-random.ts';
import { RULE_VARIANTS } from './rule-variants.ts';

const random = seededRandom(1);
const movements = syntheticPointers({ people: 1, random }).flatMap(movementsOf);
const runs = syntheticTypists({ people: 2, sentencesEach: 5, pool: 5, random }).flatMap(typingRunsOf);

describe.each(RULE_VARIANTS)('balanced for $kind with $name', ({ rules }) => {
  it('gives numbers, and nothing else, for every movement and run', () => {
    const paths = movements
      .map(({ fragment }) => protectMovement(fragment, 'balanced', random, rules.motion.balanced))
      .flatMap((motion) => (motion ? Object.values(motion.path).flat() : []));
    const intervals = runs
      .flatMap((run) => protectTyping(run, 'balanced', random, rules.rhythm.balanced))
      .flatMap(({ intervalMs }) => intervalMs);
    expect(paths.length).toBeGreaterThan(100);
    expect(intervals.length).toBeGreaterThan(100);
    expect([...paths, ...intervals].every(Number.isInteger)).toBe(true);
  });
});
