/**
 * Everything that the extension has stored in the browser, read from one of its own pages.
 */
import type { Page } from '@playwright/test';

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
