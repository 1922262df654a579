import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeSteps, readRecentSteps, rememberSteps, type PlacedStep } from './step-order.ts';

const at = (atMs: number) => ({ atMs, startMs: Math.round(atMs / 100) * 100 });

describe('the order of steps from several frames', () => {
  it('is that of their exact times, whichever frame tells first', () => {
    const told = placeSteps([], 'one', [at(1010), at(1030)], 0);
    const late = placeSteps(told, 'two', [at(1005), at(1020), at(1040)], 2);
    const ordered = [...told, ...late].sort((one, other) => one.sequence - other.sequence);
    expect(ordered.map((step) => step.atMs)).toEqual([1005, 1010, 1020, 1030, 1040]);
  });

  it('never changes the order of one frame, and gives no number twice', () => {
    const messages = fc.array(
      fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 6 })),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(messages, (told) => {
        const placed: PlacedStep[] = [];
        let next = 0;
        const lastOf = new Map<string, number>();
        for (const [frame, times] of told) {
          const sorted = times
            .sort((one, other) => one - other)
            .filter((ms) => ms >= (lastOf.get(frame) ?? 0));
          lastOf.set(frame, sorted.at(-1) ?? lastOf.get(frame) ?? 0);
          placed.push(...placeSteps(placed, frame, sorted.map(at), next));
          next += sorted.length;
        }
        expect(new Set(placed.map((step) => step.sequence)).size).toBe(placed.length);
        const inOrder = placed
          .map((step, index) => ({ ...step, index }))
          .sort((one, other) => one.startMs - other.startMs || one.sequence - other.sequence);
        for (const frame of ['a', 'b', 'c']) {
          const own = inOrder.filter((step) => step.frame === frame).map((step) => step.index);
          expect(own).toEqual([...own].sort((one, other) => one - other));
        }
      }),
    );
  });

  it('remembers exact times for seconds only', async () => {
    const old = placeSteps([], 'one', [at(1000)], 0);
    await rememberSteps(old, placeSteps(old, 'one', [at(60_000)], 1));
    expect((await readRecentSteps()).map((step) => step.atMs)).toEqual([60_000]);
  });
});
