/**
 * Batches that arrive while others are being written are written together: one wait for the disk for all of them.
 *
 * Runs in Node, in the stand-in; the collector has its own.
 */

/**
 * @param write writes a group; an error goes to all who wait for it.
 * @param maxGroup of batches in a transaction.
 */
export function createGroups<Item>(write: (group: Item[]) => void, maxGroup: number) {
  let waiting: { item: Item; resolve: () => void; reject: (fault: unknown) => void }[] = [];
  let isScheduled = false;

  function flush(): void {
    isScheduled = false;
    const group = waiting.slice(0, maxGroup);
    waiting = waiting.slice(maxGroup);
    try {
      write(group.map(({ item }) => item));
      for (const { resolve } of group) resolve();
    } catch (fault) {
      for (const { reject } of group) reject(fault);
    }
    schedule();
  }

  function schedule(): void {
    if (isScheduled || waiting.length === 0) return;
    isScheduled = true;
    setImmediate(flush);
  }

  return (item: Item): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      schedule();
    });
}
