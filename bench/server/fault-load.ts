/**
 * Load while something breaks: new batches all the time, each noted before it is sent and when it is acknowledged.
 *
 * Runs in the process that judges. Like a device it takes anything but 204 for "perhaps", and sends it again later.
 */
import type { PackedBatch } from './fresh-records.ts';
import type { Client } from './http-client.ts';
import { sendAll } from './load-loops.ts';
import type { Ledger } from './fault-ledger.ts';

export interface Load {
  /** Resolves when everything under way has ended. */
  stop: () => Promise<void>;
}

const AT_A_TIME = 8;
const PAUSE_MS = 25;
const RETRY_MS = 200;
const PATIENCE_MS = 60_000;

/** @param clients takes turns among them. */
export function startLoad(clients: readonly Client[], ledger: Ledger, createBatch: () => PackedBatch): Load {
  let isStopped = false;
  let sent = 0;
  const worker = async () => {
    while (!isStopped) {
      const { batchId, body } = ledger.add(createBatch());
      const client = clients[(sent += 1) % clients.length]!;
      const { status, error } = await client.postBatch(body);
      if (status === 204) ledger.acknowledge(batchId);
      else if (mayBeTried(status)) await wait(PAUSE_MS);
      else throw new Error(`a good batch was answered ${status} ${error ?? ''}`);
    }
  };
  const working = Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return {
    stop: async () => {
      isStopped = true;
      await working;
    },
  };
}

/**
 * Sends again what was never acknowledged, until all of it is.
 *
 * @throws Error when the collector does not take it in time.
 */
export async function sendUnknown(client: Client, ledger: Ledger): Promise<void> {
  const giveUpMs = performance.now() + PATIENCE_MS;
  await sendAll(ledger.unknown(), AT_A_TIME, async ({ batchId, body }) => {
    for (;;) {
      const { status, error } = await client.postBatch(body);
      if (status === 204) {
        ledger.acknowledge(batchId);
        return;
      }
      if (!mayBeTried(status) || performance.now() > giveUpMs)
        throw new Error(`a batch that was sent again was answered ${status} ${error ?? ''}`);
      await wait(RETRY_MS);
    }
  });
}

export function wait(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

function mayBeTried(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}
