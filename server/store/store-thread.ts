/**
 * The thread that keeps the SQLite file.
 *
 * Runs as a worker thread of the collector. Each message is a call of one of the store's methods; calls that come
 * together are begun together, so that batches share a commit.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openStoreHere } from '../store.ts';
import type { StoreLocation } from './database.ts';
import type { Call, PlainFault, Return } from './thread.ts';

const port = parentPort!;

try {
  const store = await openStoreHere(workerData as StoreLocation);
  const methods = store as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
  port.on('message', ({ id, method, given }: Call) => {
    methods[method]!(...given).then(
      (result) => port.postMessage({ id, result } satisfies Return),
      (fault: unknown) => port.postMessage({ id, fault: plainFault(fault) } satisfies Return),
    );
  });
  port.postMessage({ id: 0, result: Object.keys(store) } satisfies Return);
} catch (fault) {
  port.postMessage({ id: 0, fault: plainFault(fault) } satisfies Return);
}

function plainFault(fault: unknown): PlainFault {
  if (!(fault instanceof Error)) return { name: 'Error', message: String(fault) };
  const { name, message, code, errcode } = fault as Error & Partial<PlainFault>;
  return { name, message, code, errcode };
}
