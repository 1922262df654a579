/**
 * The store in a thread of its own: calls go there as messages, outcomes come back.
 *
 * Runs in the collector's main thread. Faults keep their codes, since the answers to requests depend on them.
 */
import { Worker } from 'node:worker_threads';
import type { StoreLocation } from './database.ts';

export interface Call {
  id: number;
  method: string;
  given: unknown[];
}

/** `fault` holds what can be cloned of an Error. */
export type Return = { id: number } & ({ result: unknown } | { fault: PlainFault });

export interface PlainFault {
  name: string;
  message: string;
  code?: unknown;
  errcode?: unknown;
}

/** Answers the opening of the store. */
const OPENING = 0;

/**
 * Opens the store in a new thread.
 *
 * @throws Error of the opening; each call throws what it threw there, or that the thread has ended.
 */
export async function openInThread<Methods extends object>(location: StoreLocation): Promise<Methods> {
  const worker = new Worker(new URL('./store-thread.ts', import.meta.url), { workerData: location });
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (fault: Error) => void }>();
  let lastId = OPENING;
  let ended: Error | undefined;

  const endAll = (fault: Error) => {
    ended ??= fault;
    for (const { reject } of waiting.values()) reject(fault);
    waiting.clear();
  };
  worker.on('message', (answer: Return) => {
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('fault' in answer) call?.reject(Object.assign(new Error(answer.fault.message), answer.fault));
    else call?.resolve(answer.result as never);
  });
  worker.once('error', endAll);
  worker.once('exit', () => endAll(new Error('the store has ended')));

  const answerTo = <Result>(id: number) =>
    new Promise<Result>((resolve, reject) => {
      if (ended) reject(ended);
      else waiting.set(id, { resolve, reject });
    });
  const methods = await answerTo<string[]>(OPENING);
  // From now on a fault of the thread itself ends the process, so that whoever watches over it starts it anew.
  worker.off('error', endAll);
  const callOf = (method: string) => (method === 'close' ? close : call.bind(undefined, method));
  return Object.fromEntries(methods.map((method) => [method, callOf(method)])) as Methods;

  function call(method: string, ...given: unknown[]): Promise<unknown> {
    lastId += 1;
    const answer = answerTo(lastId);
    worker.postMessage({ id: lastId, method, given } satisfies Call);
    return answer;
  }

  async function close(): Promise<void> {
    await call('close');
    await worker.terminate();
  }
}
