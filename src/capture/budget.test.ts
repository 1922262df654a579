import { describe, expect, it } from 'vitest';
import { createBudget } from './budget.ts';
import { createMovementCutter } from './movement-cutter.ts';

function aBudget(msPerMinute = 50) {
  let told = 0;
  let notedMs = 0;
  const budget = createBudget(
    msPerMinute,
    () => told++,
    (workMs) => (notedMs += workMs),
  );
  return { ...budget, told: () => told, notedMs: () => notedMs };
}

describe('the budget of main-thread time', () => {
  it('thins out the pointer, ever more, and says so once', () => {
    const budget = aBudget();
    const sampled = [];
    for (let spent = 0; spent < 300; spent += 10) {
      budget.spend(10, 1000 + spent);
      sampled.push(budget.sampleMs());
    }
    expect([...new Set(sampled)]).toEqual([50, 100, 200]);
    expect(sampled.indexOf(100)).toBe(4);
    expect(budget.told()).toBe(1);
    expect(budget.notedMs()).toBe(300);
  });

  it('is there again with the next minute, and says so again when that is spent', () => {
    const budget = aBudget();
    budget.spend(60, 59_000);
    expect(budget.sampleMs()).toBe(100);
    budget.spend(1, 60_000);
    expect(budget.sampleMs()).toBe(50);
    budget.spend(60, 61_000);
    expect([budget.sampleMs(), budget.told()]).toEqual([100, 2]);
  });

  it('is never spent where none is set', () => {
    const budget = aBudget(Infinity);
    budget.spend(1e6, 1);
    expect([budget.sampleMs(), budget.told()]).toEqual([50, 0]);
  });

  it('leaves a movement its shape, its resting point and its time, with fewer samples', () => {
    const samplesAt = (sampleMs: number) => {
      const cutter = createMovementCutter(0, () => sampleMs);
      for (let atMs = 0; atMs <= 1000; atMs += 8) cutter.add(atMs, atMs / 2, 0);
      return cutter.cut()!;
    };
    const [usual, thin] = [samplesAt(50), samplesAt(200)];
    expect(usual.timeMs.length).toBeGreaterThan(3 * thin.timeMs.length);
    expect([thin.timeMs.at(-1), thin.xPx.at(-1)]).toEqual([usual.timeMs.at(-1), usual.xPx.at(-1)]);
  });
});
