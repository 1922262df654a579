/**
 * Before each unit test of the extension: a fresh fake browser and a fresh IndexedDB.
 */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';

beforeEach(() => {
  fakeBrowser.reset();
  browser.runtime.getManifest = () => ({ manifest_version: 3, name: 'Proffer', version: '0.0.0' });
  globalThis.indexedDB = new IDBFactory();
});
