/**
 * Stands between Playwright and the system's own Firefox, and makes up for what one lacks of what the other expects.
 *
 *   node e2e/firefox-bridge.ts COMMAND ARGUMENT…
 *
 * A program that Playwright starts as if it were Firefox. Both speak WebDriver BiDi. Firefox ESR does not know one
 * command that Playwright begins with, and tells nothing of pages that belong to an extension; everything else goes
 * through as it is. Changes nothing of the browser.
 */
import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { WebSocketServer, type WebSocket as Socket } from 'ws';

interface BidiMessage {
  id?: number;
  method?: string;
  error?: string;
  params?: { context?: string; navigation?: string; url?: string };
  result?: { realm?: string };
}

/** Sets a colour scheme, which no test on Firefox asks for. */
const UNKNOWN_TO_ESR = 'emulation.setMediaFeaturesOverride';
const LISTENING = /^WebDriver BiDi listening on (ws:\/\/\S+)$/;
/** Far above what Playwright counts to, and still a safe integer. */
const FIRST_OWN_ID = 2 ** 52;

const [command = '', ...args] = process.argv.slice(2);
const firefox = spawn(command, args, { stdio: ['ignore', 'inherit', 'pipe'] });
firefox.once('exit', (code) => process.exit(code ?? 1));
createInterface({ input: firefox.stderr }).on('line', (line) => {
  const url = LISTENING.exec(line)?.[1];
  if (url === undefined) console.error(line);
  else listen(`${url}/session`);
});

/** Says in Firefox's words where it listens itself. */
function listen(firefoxUrl: string): void {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (playwright) => void bridge(playwright, firefoxUrl));
  server.once('listening', () => {
    console.error(`WebDriver BiDi listening on ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
}

async function bridge(playwright: Socket, firefoxUrl: string): Promise<void> {
  const browser = new WebSocket(firefoxUrl);
  const opened = new Promise((resolve) => browser.addEventListener('open', resolve));
  const pages = createExtensionPages(browser, (event) => playwright.send(JSON.stringify(event)));
  playwright.on('message', (data: Buffer) => {
    const text = data.toString();
    const { id = 0, method, params } = JSON.parse(text) as BidiMessage;
    if (method === 'browsingContext.close') pages.noteClosing(id, params?.context ?? '');
    if (method === UNKNOWN_TO_ESR) playwright.send(JSON.stringify({ type: 'success', id, result: {} }));
    else void opened.then(() => browser.send(text));
  });
  playwright.once('close', () => browser.close());
  browser.addEventListener('close', () => playwright.close());
  browser.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const message = JSON.parse(data) as BidiMessage;
    if (pages.isAnswer(message)) return;
    playwright.send(data);
    pages.noteClosed(message);
    if (message.method === 'browsingContext.navigationCommitted') void pages.arrive(message.params ?? {});
  });
  await opened;
}

/** Tells of pages of an extension what Firefox tells of all others: where code can run, that they are loaded, closed. */
function createExtensionPages(browser: WebSocket, tell: (event: object) => void) {
  const asked = new Map<number, (answer: BidiMessage) => void>();
  /** Of each tab that shows such a page. */
  const realms = new Map<string, string>();
  const closing = new Map<number, string>();
  let lastId = FIRST_OWN_ID;
  const event = (method: string, params: object) => tell({ type: 'event', method, params });
  const evaluate = (context: string, expression: string) =>
    new Promise<BidiMessage>((resolve) => {
      asked.set((lastId += 1), resolve);
      const params = { expression, target: { context }, awaitPromise: true };
      browser.send(JSON.stringify({ id: lastId, method: 'script.evaluate', params }));
    });
  return {
    /** Whether it is one to a question of our own. */
    isAnswer(message: BidiMessage): boolean {
      const resolve = asked.get(message.id ?? 0);
      resolve?.(message);
      return asked.delete(message.id ?? 0);
    },
    noteClosing(id: number, context: string): void {
      if (realms.has(context)) closing.set(id, context);
    },
    noteClosed({ id = 0, error }: BidiMessage): void {
      const context = closing.get(id);
      closing.delete(id);
      if (context === undefined || error !== undefined) return;
      realms.delete(context);
      event('browsingContext.contextDestroyed', { context, parent: null });
    },
    async arrive({ context = '', navigation, url = '' }: NonNullable<BidiMessage['params']>): Promise<void> {
      const before = realms.get(context);
      if (before !== undefined) event('script.realmDestroyed', { realm: before });
      realms.delete(context);
      if (!url.startsWith('moz-extension:')) return;
      const loaded =
        'new Promise((resolve) => document.readyState === "complete" ? resolve() : addEventListener("load", () => resolve()))';
      const realm = (await evaluate(context, loaded)).result?.realm;
      // Closed or left meanwhile.
      if (realm === undefined) return;
      realms.set(context, realm);
      event('script.realmCreated', { realm, origin: 'null', context, type: 'window' });
      for (const name of ['domContentLoaded', 'load'])
        event(`browsingContext.${name}`, { context, navigation, url, timestamp: Date.now() });
    },
  };
}
