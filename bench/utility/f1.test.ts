import { describe, expect, it } from 'vitest';
import { seededRandom } from '../audit/seeded-random.ts';
import { f1, macroF1, overPeople, type Answer } from './f1.ts';

const answers = (person: string, ...pairs: [predicted: string, actual: string][]): Answer[] =>
  pairs.map(([predicted, actual]) => ({ person, predicted, actual }));

describe('F1', () => {
  it('is the harmonic mean of precision and recall', () => {
    expect(f1({ hits: 2, predicted: 4, actual: 3 })).toBeCloseTo((2 * (2 / 4) * (2 / 3)) / (2 / 4 + 2 / 3));
    expect(f1({ hits: 0, predicted: 0, actual: 0 })).toBe(0);
  });

  it('of classes counts a rare one as much as a common one, and those that are never told as 0', () => {
    const told = answers('A', ['a', 'a'], ['a', 'a'], ['a', 'a'], ['a', 'b']);
    const { value, classes } = macroF1(told, seededRandom(1));
    expect(classes).toBe(2);
    expect(value).toBeCloseTo((6 / 7 + 0) / 2);
  });

  it('does not count what is no answer, but what it should have been', () => {
    const told = answers('A', ['none', 'none'], ['none', 'none'], ['none', 'b'], ['b', 'b']);
    const { value, classes } = macroF1(told, seededRandom(1), 'none');
    expect(classes).toBe(1);
    expect(value).toBeCloseTo(2 / 3);
  });
});

describe('the interval', () => {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('holds the value, and is narrow where people are alike', () => {
    const alike = overPeople(Array<number>(20).fill(0.4), mean, seededRandom(1));
    expect(alike.low).toBeCloseTo(0.4);
    expect(alike.high).toBeCloseTo(0.4);
    const varied = overPeople(
      Array.from({ length: 20 }, (_unused, index) => index % 2),
      mean,
      seededRandom(1),
    );
    expect(varied.value).toBe(0.5);
    // Standard error 0.112: 95 % within about 0.22.
    expect(varied.low).toBeGreaterThan(0.2);
    expect(varied.low).toBeLessThan(0.35);
    expect(varied.high).toBeGreaterThan(0.65);
    expect(varied.high).toBeLessThan(0.8);
  });

  it('is the same for the same seed', () => {
    const values = [0, 0.3, 0.7, 1];
    expect(overPeople(values, mean, seededRandom(5))).toEqual(overPeople(values, mean, seededRandom(5)));
  });
});
