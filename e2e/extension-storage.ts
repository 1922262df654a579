/**
 * Everything that the extension has stored in the browser, read from one of its own pages.
 */
import type { Page } from '@playwright/test';
import { EFFECT_WINDOW_MS, MESSAGE_INTERVAL_MS } from '../src/trace/limits.ts';

declare const chrome: {
  storage: Record<'local' | 'session' | 'sync', { get(keys: null): Promise<object> }>;
};

/** All databases, all stores, all storage areas, as one text. */
export async function dumpExtensionStorage(extensionPage: Page): Promise<string> {
  return extensionPage.evaluate(async () => {
    const asPromise = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('the database cannot be read'));
      });
    const readable = (_key: string, value: unknown) =>
      value instanceof Uint8Array ? Array.from(value, (byte) => String.fromCharCode(byte)).join('') : value;
    const dump: Record<string, unknown> = {};
    for (const { name } of await indexedDB.databases()) {
      const database = await asPromise(indexedDB.open(name!));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        dump[`${name}/${store}`] = [await asPromise(objects.getAllKeys()), await asPromise(objects.getAll())];
      }
      database.close();
    }
    for (const area of ['local', 'session', 'sync'] as const)
      dump[area] = await chrome.storage[area].get(null);
    dump.localStorage = Object.entries(localStorage);
    return JSON.stringify(dump, readable);
  });
}

/** Every store and storage area that is not empty, with its keys. */
export async function keysStored(extensionPage: Page): Promise<Record<string, unknown[]>> {
  const dump = JSON.parse(await dumpExtensionStorage(extensionPage)) as Record<string, unknown>;
  const keys = Object.entries(dump).map(([name, content]) => {
    const isStore = name.includes('/');
    return [name, isStore ? (content as [unknown[]])[0] : Object.keys(content as object)] as const;
  });
  return Object.fromEntries(keys.filter(([, names]) => names.length > 0));
}

export interface QueueCount {
  records: number;
  /** Gaps are left out. */
  steps: number;
  dropped: number;
}

/** Longer than two messages can be apart: one waits for the next turn, and before it a step for its effect. */
const REST_MS = MESSAGE_INTERVAL_MS + EFFECT_WINDOW_MS + 1000;
const REST_TIMEOUT_MS = 60_000;

/** What rests in the queue once everything under way has arrived: nothing has changed for a while. */
export async function countQueueAtRest(extensionPage: Page): Promise<QueueCount> {
  const givenUpAtMs = Date.now() + REST_TIMEOUT_MS;
  let count = await countQueue(extensionPage);
  for (let restedSinceMs = Date.now(); Date.now() - restedSinceMs < REST_MS;) {
    if (Date.now() > givenUpAtMs) throw new Error('the queue does not come to rest');
    await extensionPage.waitForTimeout(200);
    const next = await countQueue(extensionPage);
    if (JSON.stringify(next) !== JSON.stringify(count)) restedSinceMs = Date.now();
    count = next;
  }
  return count;
}

/** What rests in the queue, read from the database itself: the popup's picture is a second old. */
export function countQueue(extensionPage: Page): Promise<QueueCount> {
  return extensionPage.evaluate(async () => {
    const asPromise = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await asPromise(indexedDB.open('proffer'));
    const stores = database.transaction(['records', 'steps', 'meta']);
    const records = await asPromise(stores.objectStore('records').count());
    const steps = (await asPromise(stores.objectStore('steps').getAll())) as { step?: object }[];
    const accounts = (await asPromise(stores.objectStore('meta').get('accounts'))) as
      Record<'fragments' | 'sightings', { lost: { dropped?: number } }> | undefined;
    database.close();
    const dropped = [accounts?.fragments, accounts?.sightings].map((tally) => tally?.lost.dropped ?? 0);
    return { records, steps: steps.filter((step) => step.step).length, dropped: dropped[0]! + dropped[1]! };
  });
}
