import { describe, expect, it } from 'vitest';
import { renderUtility } from './utility-card.ts';
import type { UtilityFigure } from './utility-figure.ts';
import { TRAINING_FIGURES } from './utility-figures.ts';

const aFigure = (changes: Partial<UtilityFigure> = {}): UtilityFigure => ({
  what: 're_click',
  measure: 'precision',
  whose: 'scripted',
  people: 30,
  count: 1200,
  value: 0.5,
  low: 0.42,
  high: 0.61,
  ...changes,
});

describe('the card on what trains', () => {
  it('has the levels of the dataset only, each figure with its interval, people and what to compare it with', () => {
    const baseline = { name: 'at random', value: 0.02 };
    const figures = { linked: [], balanced: [aFigure({ baseline, ofLinked: 0.9 })], strict: [aFigure()] };
    const text = renderUtility(figures, ['balanced']);
    expect(text).toContain('0.50 (0.42 to 0.61)');
    expect(text).toContain('at random 0.02 | 90 %');
    expect(text).toContain('| scripted | 30 | 1,200 |');
    expect(text).not.toContain('strict');
  });

  it('says that it was measured on scripted people', () => {
    expect(renderUtility(TRAINING_FIGURES, ['balanced'])).toContain('scripted people');
  });

  it('says so where nothing was measured, or nothing was labelled', () => {
    const none = aFigure({ value: null, low: null, high: null });
    expect(renderUtility({ linked: [], balanced: [none], strict: [] }, ['balanced'])).toContain(
      'nothing labelled',
    );
    expect(renderUtility({ linked: [], balanced: [none], strict: [] }, ['strict'])).toContain('Not measured');
  });
});
