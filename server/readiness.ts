/**
 * Whether the collector is ready: its store answers, it is not draining, and there is room on the disk.
 *
 * Runs in the collector, for whoever watches over it. That the process lives is another question, which asks nothing
 * of the store: a collector whose database is away must not be restarted for it.
 */
import type { Disk } from './disk.ts';
import type { Gate } from './gate.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { Store } from './store.ts';

const STORE_PATIENCE_MS = 2_000;

export interface ReadinessParts {
  store: Pick<Store, 'findCharter'>;
  charterHash: string;
  gate: Pick<Gate, 'isDraining'>;
  disk: Pick<Disk, 'isLow'>;
}

/** Ready, or the first thing that stands in the way. */
export async function checkReadiness(
  { store, charterHash, gate, disk }: ReadinessParts,
  patienceMs = STORE_PATIENCE_MS,
): Promise<{ status: 'ready' } | Refusal> {
  if (gate.isDraining()) return refuse('draining');
  if (!(await answersInTime(store.findCharter(charterHash), patienceMs))) return refuse('store-unavailable');
  if (await disk.isLow()) return refuse('disk-low');
  return { status: 'ready' };
}

async function answersInTime(asked: Promise<unknown>, patienceMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  const answered = asked.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answered, patience]);
  } finally {
    clearTimeout(timer);
  }
}
