import { describe, expect, it } from 'vitest';
import { shuffled } from '../../../src/trace/random.ts';
import { seededRandom } from '../seeded-random.ts';
import { measure, shareWithin, surest } from './measures.ts';
import { trialsOfScores, type Trial, type Trials } from './trials.ts';
import type { Unit } from './units.ts';

/** Trials of one probe each, by how many of the others fit it better. */
function trialsOf(betters: readonly number[], changes: Partial<Trials> = {}): Trials {
  const trials = betters.map((better, person): [Unit, Trial] => [
    { person, part: 'probe', features: [] },
    { person, better, equal: 0, lead: 1, isRight: better === 0 },
  ]);
  const scores = (score: number) => new Map(betters.map((_better, person) => [person, [score]]));
  return {
    people: betters.length,
    groupPeople: betters.length,
    trials: new Map(trials),
    genuine: scores(1),
    impostor: scores(0),
    ...changes,
  };
}

describe('the share of draws in which nobody fits better', () => {
  it('is that of drawing without putting back', () => {
    // Of 4 others 1 fits better; of 2 drawn it is missing in half of the draws.
    expect(shareWithin({ better: 1, equal: 0 }, 4, 2, 1)).toBeCloseTo(0.5);
    expect(shareWithin({ better: 0, equal: 0 }, 4, 2, 1)).toBe(1);
    expect(shareWithin({ better: 3, equal: 0 }, 4, 2, 1)).toBe(0);
    expect(shareWithin({ better: 4, equal: 0 }, 99, 99, 5)).toBeCloseTo(1);
    expect(shareWithin({ better: 5, equal: 0 }, 99, 99, 5)).toBe(0);
  });

  it('gives those who fit equally any place among them', () => {
    expect(shareWithin({ better: 0, equal: 1 }, 4, 4, 1)).toBeCloseTo(0.5);
    expect(shareWithin({ better: 0, equal: 99 }, 99, 99, 1)).toBeCloseTo(0.01);
  });

  it('agrees with drawing again and again', () => {
    const random = seededRandom(3);
    const others = Array.from({ length: 30 }, (_unused, index) => index);
    let none = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const drawn = shuffled(others, random);
      if (drawn.slice(0, 9).every((other) => other >= 4)) none += 1;
    }
    expect(none / 20_000).toBeCloseTo(shareWithin({ better: 4, equal: 0 }, 30, 9, 1), 2);
  });
});

describe('what is measured', () => {
  it('names everyone whom nobody else fits better, and weighs people alike', () => {
    const measured = measure(trialsOf([0, 0, 0, 1]), 4, seededRandom(1));
    expect(measured.top1).toBe(0.75);
    expect(measured.chance).toBe(0.25);
    expect(measured.low).toBeLessThan(0.75);
    expect(measured.high).toBeGreaterThan(0.75);
  });

  it('finds no errors where right and wrong scores lie apart, and half where they are the same', () => {
    const random = seededRandom(1);
    expect(measure(trialsOf([0, 0, 0, 0]), 4, random).eer).toBeCloseTo(0, 2);
    const draws = () =>
      new Map(Array.from({ length: 40 }, (_unused, person) => [person, Array.from({ length: 100 }, random)]));
    const alike = trialsOf(new Array<number>(40).fill(20), { genuine: draws(), impostor: draws() });
    expect(measure(alike, 40, random).eer).toBeCloseTo(0.5, 1);
  });

  it('finds the known rate of two normal distributions', () => {
    const random = seededRandom(2);
    const normal = (mean: number) =>
      Array.from(
        { length: 3000 },
        () => mean + Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
      );
    const of = (mean: number) => new Map([0, 1, 2, 3].map((person) => [person, normal(mean)]));
    // Two standard deviations apart: each is beyond the middle in 15.9 %.
    const { eer, eerLow, eerHigh } = measure(
      trialsOf([0, 0, 0, 0], { genuine: of(2), impostor: of(0) }),
      4,
      random,
    );
    expect(eer).toBeCloseTo(0.159, 2);
    expect(eerLow).toBeLessThanOrEqual(eer);
    expect(eerHigh).toBeGreaterThanOrEqual(eer);
  });

  it('looks at the surest only', () => {
    const trials = trialsOf([0, 1, 1, 1]);
    const [first] = trials.trials.values();
    first!.lead = 9;
    expect(surest(trials, 0.25)).toEqual({ precision: 1, people: 4 });
    first!.lead = -9;
    expect(surest(trials, 0.25).precision).toBe(0);
  });
});

describe('probes that were scored for everybody', () => {
  const worst = { person: 0, scores: [0, ...Array.from({ length: 99 }, () => 1)] };
  const best = { person: 0, scores: [2, ...Array.from({ length: 99 }, () => 1)] };
  const tied = { person: 0, scores: Array.from({ length: 100 }, () => 1) };

  it('count who is first', () => {
    expect(measure(trialsOfScores([best, worst]), 100, seededRandom(1))).toMatchObject({
      top1: 0.5,
      top5: 0.5,
    });
    expect(measure(trialsOfScores([tied]), 100, seededRandom(1)).top1).toBeCloseTo(0.01);
    expect(measure(trialsOfScores([tied]), 100, seededRandom(1)).top5).toBeCloseTo(0.05);
  });

  it('come among fewer people to the mean over all choices of the others', () => {
    // With one better among 99, nine drawn others hold it with 9 / 99.
    const second = { person: 0, scores: [2, 3, ...Array.from({ length: 98 }, () => 1)] };
    expect(measure(trialsOfScores([second]), 10, seededRandom(1)).top1).toBeCloseTo(1 - 9 / 99);
    expect(measure(trialsOfScores([worst]), 10, seededRandom(1)).top5).toBe(0);
    expect(measure(trialsOfScores([tied]), 10, seededRandom(1)).top1).toBeCloseTo(0.1);
  });
});
