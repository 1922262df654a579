import { describe, expect, it } from 'vitest';
import type { StepTruth } from '../audit/cohort/step-truth.ts';
import { seededRandom } from '../audit/seeded-random.ts';
import { judgeLabels, type LabelResult } from './label-detection.ts';
import type { StepRow } from './step-rows.ts';

interface Told {
  row?: StepRow;
  truth?: Partial<StepTruth>;
}

/** The results of one episode each of a number of people. */
function judged(...episodes: Told[][]): LabelResult[] {
  const wholes = episodes.map((steps, number) => ({
    recordId: `record ${number}`,
    steps: steps.map(({ row }, index): StepRow => ({
      step_index: index,
      action: 'click',
      dead_click: false,
      re_click: false,
      correction: false,
      back_track: false,
      dialog_dismissed_unused: false,
      form_id: null,
      form_end: null,
      routine_id: null,
      routine_time: null,
      ...row,
    })),
  }));
  const truthOf = new Map(
    episodes.map((steps, number) => [
      `record ${number}`,
      {
        person: `person ${number}`,
        steps: steps.map(({ truth }): StepTruth => ({
          task: 'a task',
          performance: 0,
          deed: undefined,
          hasBackspaces: false,
          ...truth,
        })),
      },
    ]),
  );
  return judgeLabels(wholes, truthOf, seededRandom(1));
}

const of = (results: readonly LabelResult[], label: string) =>
  results.find((result) => result.label === label)!;

describe('labels judged by what people know', () => {
  it('are right where a slip was, and miss what they are not on', () => {
    const results = judged([
      { row: { re_click: true }, truth: { deed: 'pressedAgain' } },
      { row: { re_click: true } },
      { truth: { deed: 'pressedAgain' } },
      { truth: { deed: 'pressedAgain' } },
    ]);
    expect(of(results, 're_click')).toMatchObject({ labelled: 2, actual: 3, chance: 0.75, people: 1 });
    expect(of(results, 're_click').precision.value).toBeCloseTo(1 / 2);
    expect(of(results, 're_click').recall.value).toBeCloseTo(1 / 3);
  });

  it('count a form once, however many steps it has', () => {
    const form = { form_id: 4, form_end: 'mended' };
    const results = judged([
      { row: form },
      { row: form, truth: { deed: 'mistake' } },
      { row: form, truth: { deed: 'mending' } },
      { row: { form_id: 5, form_end: 'submitted' }, truth: { deed: 'mending', performance: 1 } },
    ]);
    expect(of(results, 'form_end mended')).toMatchObject({ labelled: 1, actual: 2 });
    expect(of(results, 'form_end mended').precision.value).toBe(1);
    expect(of(results, 'form_end mended').recall.value).toBe(0.5);
  });

  it('take a form as given up as a whole', () => {
    const results = judged([
      { row: { form_id: 0, form_end: 'abandoned' } },
      { truth: { deed: 'gaveUp' } },
      { truth: { performance: 1 } },
    ]);
    expect(of(results, 'form_end abandoned')).toMatchObject({ labelled: 1, actual: 1 });
    expect(of(results, 'form_end abandoned').recall.value).toBe(1);
  });

  it('find a routine where a task was done again, and not where two tasks look alike', () => {
    const routine = (id: number, time: number) => ({ routine_id: id, routine_time: time });
    const results = judged([
      { row: routine(0, 0), truth: { task: 'sort', performance: 0 } },
      { row: routine(0, 1), truth: { task: 'sort', performance: 1 } },
      { row: routine(1, 0), truth: { task: 'sort', performance: 1 } },
      { row: routine(1, 1), truth: { task: 'write', performance: 2 } },
      { truth: { task: 'write', performance: 3 } },
    ]);
    expect(of(results, 'routine_id')).toMatchObject({ labelled: 2, actual: 2 });
    expect(of(results, 'routine_id').precision.value).toBe(0.5);
    expect(of(results, 'routine_id').recall.value).toBe(0.5);
  });

  it('say nothing of a share of nothing', () => {
    expect(of(judged([{}]), 'correction').precision.value).toBeNaN();
  });
});
