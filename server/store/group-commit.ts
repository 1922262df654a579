/**
 * Group commit: what is to be stored at the same moment is stored in one transaction.
 *
 * Part of the store. Waiting for the disk costs the same for one batch as for many. Each still ends on its own: when a
 * group fails, its members are tried one by one, so that a bad one takes no other along.
 */

/**
 * Creates the way in; each call resolves when its item's group has committed.
 *
 * @param limits how many items a group has at most, and how many groups may be under way at once.
 * @param run stores a group and gives each item's outcome, or throws when nothing was stored.
 */
export function createGroupCommit<Item, Outcome>(
  { maxGroup, maxRunning }: { maxGroup: number; maxRunning: number },
  run: (group: Item[]) => Promise<Outcome[]>,
): (item: Item) => Promise<Outcome> {
  interface Waiting {
    item: Item;
    resolve: (outcome: Outcome) => void;
    reject: (fault: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let running = 0;

  async function runWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.slice(0, maxGroup);
      waiting = waiting.slice(maxGroup);
      await runGroup(group);
      // Lets those in who have come meanwhile.
      await new Promise((resolve) => setImmediate(resolve));
    }
    running -= 1;
  }

  async function runGroup(group: Waiting[]): Promise<void> {
    try {
      const outcomes = await run(group.map(({ item }) => item));
      group.forEach(({ resolve }, index) => resolve(outcomes[index]!));
    } catch (fault) {
      if (group.length === 1) group[0]!.reject(fault);
      else for (const one of group) await runGroup([one]);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (running === maxRunning) return;
      running += 1;
      setImmediate(() => void runWaiting());
    });
}
