/**
 * The steps on hold, as episodes are made of them: in what was deleted from among them an episode ends.
 *
 * Background and own pages. A pause or a gap in its place would tell that something was deleted there
 * (docs/decisions/0021).
 */
import { inTime, type HeldItem } from '../trace/held-step.ts';
import type { QueueDatabase } from './queue.ts';
import type { QueuedStep } from './queue-schema.ts';

type Placed = Pick<HeldItem, 'startMs' | 'sequence'>;

/** All steps on hold; nothing follows in one episode where something was deleted, be it for good or not. */
export async function readHeldSteps(queue: QueueDatabase): Promise<QueuedStep[]> {
  const transaction = queue.transaction(['steps', 'putAside']);
  const held = await transaction.objectStore('steps').getAll();
  const aside = await transaction.objectStore('putAside').getAll();
  return withCuts(
    held,
    aside.flatMap((each) => ('step' in each ? [each.step] : [])),
  );
}

export function withCuts(held: readonly QueuedStep[], deleted: readonly QueuedStep[]): QueuedStep[] {
  const cuts = cutPoints(held, deleted);
  return held.map((step) => (cuts.has(step.sequence) ? { ...step, cutAfter: true } : step));
}

/** The numbers of the steps that come right before a deleted one. */
export function cutPoints<Item extends HeldItem>(
  held: readonly Item[],
  deleted: readonly Item[],
): Set<number> {
  const gone = new Set(deleted.map(({ sequence }) => sequence));
  const ordered = [...held, ...deleted].sort(inTime);
  const cuts = new Set<number>();
  let last: Placed | undefined;
  for (const item of ordered) {
    if (!gone.has(item.sequence)) last = item;
    else if (last !== undefined) cuts.add(last.sequence);
  }
  return cuts;
}
