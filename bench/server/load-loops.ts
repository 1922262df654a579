/**
 * Two ways of sending: as fast as the other side answers, and at a pace that does not wait for it.
 *
 * Runs in the process that measures. Times are the monotonic clock's.
 */

/** Sends everything, so many at a time. @returns how long it took, in ms. */
export async function sendAll<Item>(
  items: readonly Item[],
  concurrency: number,
  send: (item: Item) => Promise<void>,
): Promise<number> {
  const startedMs = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const item = items[next]!;
      next += 1;
      await send(item);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return performance.now() - startedMs;
}

/**
 * Sends at an even pace, whatever the answers take.
 *
 * @returns for each, ms from when it was to be sent to its answer: one that had to wait, here or there, counts from the
 *   moment at which it was due (no coordinated omission).
 */
export async function sendPaced<Item>(
  items: readonly Item[],
  perSecond: number,
  send: (item: Item) => Promise<void>,
): Promise<number[]> {
  const startedMs = performance.now();
  return Promise.all(
    items.map(async (item, index) => {
      const dueMs = startedMs + (index * 1000) / perSecond;
      await waitUntil(dueMs);
      await send(item);
      return performance.now() - dueMs;
    }),
  );
}

async function waitUntil(dueMs: number): Promise<void> {
  const restMs = dueMs - performance.now();
  if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
}
