import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { add, addSteps, aHeldStep, aQueue } from '../testing/fill-queue.ts';
import { NOON_MS } from '../testing/builders.ts';
import { putAside, settleDeletions, undoDeletion } from './delete.ts';
import { readHeldSteps } from './held-steps.ts';
import type { QueueDatabase } from './queue.ts';

let queue: QueueDatabase;
beforeEach(async () => {
  queue = await aQueue();
});

const remove = async (sequences: number[]) =>
  (await putAside(queue, { kind: 'records', recordIds: [], sequences })).deletionId;
const cuts = async () =>
  (await readHeldSteps(queue)).filter((step) => step.cutAfter).map(({ sequence }) => sequence);

describe('the steps on hold', () => {
  it('end an episode before one that was deleted, while it can be brought back and after', async () => {
    await addSteps(queue, 5);
    await remove([2]);
    expect(await cuts()).toEqual([1]);
    await settleDeletions(queue, undefined);
    expect(await cuts()).toEqual([1]);
    expect((await queue.get('steps', 1))?.cutAfter).toBe(true);
  });

  it('are one again when it is brought back', async () => {
    await addSteps(queue, 5);
    const deletionId = await remove([2]);
    expect(await undoDeletion(queue, deletionId)).toBe(1);
    expect(await cuts()).toEqual([]);
    expect(await queue.count('steps')).toBe(5);
  });

  it('are not continued by what comes after a deletion of the last ones', async () => {
    await addSteps(queue, 3);
    await remove([2]);
    await settleDeletions(queue, undefined);
    await addSteps(queue, 1);
    expect(await cuts()).toEqual([1]);
  });

  it('know nothing of a cut before the first', async () => {
    await addSteps(queue, 3);
    await remove([0]);
    await settleDeletions(queue, undefined);
    expect(await cuts()).toEqual([]);
  });

  it('are cut wherever something was deleted for good, in whatever order it was, and nowhere else', async () => {
    const count = 8;
    const anyDeletions = fc.array(
      fc.record({
        sequences: fc.uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: 4 }),
        then: fc.constantFrom('undo', 'settle', 'leave'),
      }),
      { maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(anyDeletions, async (deletions) => {
        queue = await aQueue();
        // All of one moment: what comes first is told by the number alone.
        await add(queue, {
          steps: Array.from({ length: count }, (_, number) => aHeldStep(number, { startMs: NOON_MS })),
        });
        const gone = new Set<number>();
        for (const { sequences, then } of deletions) {
          const held = new Set(await queue.getAllKeys('steps'));
          const deletionId = await remove(sequences);
          if (then === 'undo') await undoDeletion(queue, deletionId);
          else for (const sequence of sequences) if (held.has(sequence)) gone.add(sequence);
          if (then === 'settle') await settleDeletions(queue, undefined, deletionId);
        }
        const wanted = [];
        for (let number = 0; number < count; number += 1)
          if (!gone.has(number) && gone.has(number + 1)) wanted.push(number);
        expect(await cuts()).toEqual(wanted);
        await settleDeletions(queue, undefined);
        expect(await cuts()).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });
});
