/**
 * The gate before batches: whether the collector can take one more now.
 *
 * Runs in the collector, before anything of a request is read. Refuses while it is draining, while as many batches as
 * it may hold in memory are at hand, and while the disk is low. Must never look at the request.
 */
import type { Disk } from './disk.ts';
import { refuse, type Refusal } from './refusal.ts';

export interface Gate {
  /** Lets a batch in, which must then `leave`, or says why not. */
  enter: () => Promise<Refusal | undefined>;
  leave: () => void;
  /** From now on no batch is let in. */
  drain: () => void;
  isDraining: () => boolean;
  /** How many batches are in. */
  atHand: () => number;
}

/** @param maxAtHand each batch takes a few megabytes while it is checked. */
export function createGate(disk: Pick<Disk, 'isLow'>, maxAtHand: number): Gate {
  let atHand = 0;
  let draining = false;
  return {
    enter: async () => {
      if (draining) return refuse('draining');
      if (atHand >= maxAtHand) return refuse('overloaded');
      // Before the wait below, so that no more than `maxAtHand` can pass in the meantime.
      atHand += 1;
      try {
        if (!(await disk.isLow())) return undefined;
      } catch {
        // If the system cannot say how much room there is, the store will.
        return undefined;
      }
      atHand -= 1;
      return refuse('disk-low');
    },
    leave: () => void (atHand -= 1),
    drain: () => void (draining = true),
    isDraining: () => draining,
    atHand: () => atHand,
  };
}
