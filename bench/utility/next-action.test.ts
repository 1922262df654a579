import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLearner, type Learner } from '../audit/learning/open-learner.ts';
import { seededRandom } from '../audit/seeded-random.ts';
import { nextActions, questionsOf } from './next-action.ts';
import type { StepRow, WholeSteps } from './step-rows.ts';

let learner: Learner;
beforeAll(() => {
  learner = openLearner();
}, 120_000);
afterAll(() => learner.close(), 120_000);

const aRow = (changes: StepRow): StepRow => ({
  action: 'click',
  target_role: 'button',
  target_term: null,
  effect: 'none',
  follows_step_index: null,
  app: 'desk',
  visible_button_count_min: 2,
  ...changes,
});

/**
 * Episodes of eight people in two apps. Which term is pressed is chance; its effect decides what comes next, in a way
 * that the terms and actions do not tell.
 */
function planted(isTold: boolean): WholeSteps[] {
  const random = seededRandom(3);
  return Array.from({ length: 64 }, (_unused, number) => {
    const steps: StepRow[] = [];
    while (steps.length < 12) {
      const effect = random() < 0.5 ? 'none' : 'state_changed';
      const app = number % 4 < 2 ? 'desk' : 'mail';
      steps.push(
        aRow({ app, effect: isTold ? effect : 'none', target_term: random() < 0.5 ? 'save' : 'next' }),
      );
      steps.push(aRow({ app, action: effect === 'none' ? 'type' : 'scroll' }));
    }
    return { recordId: String(number), steps };
  });
}

const truthOf = new Map(
  Array.from({ length: 64 }, (_unused, number) => [
    String(number),
    { person: `person ${Math.floor(number / 8)}`, steps: [] },
  ]),
);

describe('the next action', () => {
  it('is told by what only the context says, of new people and in new apps, where a Markov model is at chance', async () => {
    const options = { learner, random: seededRandom(1), targets: ['action'] as const };
    const results = await nextActions(planted(true), truthOf, options);
    expect(results.map(({ disjoint }) => disjoint)).toEqual(['people', 'apps']);
    for (const { value, markov, people } of results) {
      expect(people).toBe(8);
      expect(value).toBeGreaterThan(0.95);
      expect(markov.value).toBeLessThan(0.75);
    }
  });

  it('is at chance where nothing says it', async () => {
    const options = { learner, random: seededRandom(1), targets: ['action'] as const };
    for (const { value } of await nextActions(planted(false), truthOf, options))
      expect(value).toBeLessThan(0.75);
  });

  it('is asked of what a person chose, not of what came of it', () => {
    const steps = [
      aRow({}),
      aRow({ effect: 'view_changed' }),
      aRow({ action: 'navigate', follows_step_index: 1 }),
      aRow({ action: 'switch_tab' }),
      aRow({ action: 'type' }),
    ];
    const asked = questionsOf({ recordId: '0', steps }, 'A');
    expect(asked.map(({ next }) => next.action)).toEqual(['click', 'type']);
    expect(asked[1]!.before).toEqual(['navigate button none', 'switch_tab button none']);
  });

  it('is never shown: nothing of its own row is in the question', () => {
    const before = aRow({});
    const one = questionsOf({ recordId: '0', steps: [before, aRow({ action: 'type', app: 'mail' })] }, 'A');
    const other = questionsOf(
      { recordId: '0', steps: [before, aRow({ action: 'drag', effect: 'focus_moved' })] },
      'A',
    );
    expect(one[0]!.categories).toEqual(other[0]!.categories);
    expect(one[0]!.quantities).toEqual(other[0]!.quantities);
  });
});
