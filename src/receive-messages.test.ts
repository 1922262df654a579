import { beforeEach, describe, expect, it } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { MessageHandlers, MessageName } from './messages.ts';
import { receiveMessages } from './receive-messages.ts';

const ORIGIN = 'chrome-extension://proffer';
let taken: MessageName[];

/** Whether a message from this sender is taken. */
async function isTaken(name: MessageName, sender: { id?: string; url?: string; tab?: object }) {
  taken = [];
  const sent = fakeBrowser.runtime.onMessage.trigger(
    { name, request: {} },
    { id: browser.runtime.id, ...sender } as never,
    () => undefined,
  );
  await Promise.all((await sent) as Promise<unknown>[]);
  return taken.includes(name);
}

beforeEach(() => {
  browser.runtime.getURL = (path: string) => ORIGIN + path;
  const handlers = new Proxy({} as MessageHandlers, {
    has: () => true,
    get: (_target, name: MessageName) => () => {
      taken.push(name);
      return Promise.resolve(undefined);
    },
  });
  receiveMessages(handlers);
});

describe('a message', () => {
  it('of agreeing to linked is taken from its own page and from no other', async () => {
    expect(await isTaken('linked:agreed', { url: `${ORIGIN}/linked.html` })).toBe(true);
    expect(await isTaken('linked:agreed', { url: `${ORIGIN}/linked.html?a#b`, tab: { id: 1 } })).toBe(true);
    for (const path of [
      '/popup.html',
      '/join.html',
      '/linked.html/x',
      '/popup.html?/linked.html',
      '/popup.html#/linked.html',
    ])
      expect(await isTaken('linked:agreed', { url: ORIGIN + path }), path).toBe(false);
    for (const url of ['https://desk.example.com/linked.html', undefined])
      expect(await isTaken('linked:agreed', { ...(url && { url }), tab: { id: 1 } })).toBe(false);
    expect(await isTaken('linked:agreed', { id: 'other', url: `${ORIGIN}/linked.html` })).toBe(false);
  });

  it('about a person’s data is taken from the pages that show it, and from no other', async () => {
    for (const name of ['data:delete', 'data:erase'] as const) {
      expect(await isTaken(name, { url: `${ORIGIN}/my-data.html`, tab: { id: 1 } })).toBe(true);
      expect(await isTaken(name, { url: `${ORIGIN}/popup.html?tab=3` })).toBe(true);
      for (const path of ['/join.html', '/linked.html', '/my-data.html/x', '/join.html?/my-data.html'])
        expect(await isTaken(name, { url: ORIGIN + path }), path).toBe(false);
      expect(await isTaken(name, { url: 'https://desk.example.com/my-data.html', tab: { id: 1 } })).toBe(
        false,
      );
      expect(await isTaken(name, { id: 'other', url: `${ORIGIN}/my-data.html` })).toBe(false);
    }
  });

  it('of a page is taken from tabs, and one of the popup from the extension’s own pages', async () => {
    const page = { url: 'https://desk.example.com/', tab: { id: 1 } };
    expect(await isTaken('page:fragments', page)).toBe(true);
    expect(await isTaken('page:fragments', { url: `${ORIGIN}/popup.html` })).toBe(false);
    expect(await isTaken('popup:decided', { url: `${ORIGIN}/popup.html` })).toBe(true);
    expect(await isTaken('popup:decided', { url: `${ORIGIN}/linked.html` })).toBe(true);
    expect(await isTaken('popup:decided', page)).toBe(false);
  });
});
