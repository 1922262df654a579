import { describe, expect, it } from 'vitest';
import { sendAll, sendPaced } from './load-loops.ts';

const wait = (delayMs: number) => new Promise<void>((resolve) => setTimeout(resolve, delayMs));

describe('sending', () => {
  it('sends everything once, and never more than so many at a time', async () => {
    const sent: number[] = [];
    let [underWay, most] = [0, 0];
    await sendAll([1, 2, 3, 4, 5], 2, async (item) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await wait(2);
      underWay -= 1;
      sent.push(item);
    });
    expect(sent.toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('keeps its pace when answers are slow, and counts from when each was due', async () => {
    let isBlocked = false;
    const latenciesMs = await sendPaced([0, 1, 2, 3], 100, async (item) => {
      if (item === 0) {
        // Everything stands still, the sender too: the others are late and must say so.
        isBlocked = true;
        const endMs = performance.now() + 60;
        while (performance.now() < endMs);
      }
      await wait(1);
    });
    expect(isBlocked).toBe(true);
    expect(latenciesMs[1]).toBeGreaterThan(45);
    expect(latenciesMs[3]).toBeGreaterThan(25);
  });
});
