/**
 * Who is measured, and how each is opened in a browser of its own.
 *
 * Runs in Node. The product is installed, joined and consented to as a participant does it, against a real collector;
 * each peer is a content script of an extension that holds nothing else, with its defaults.
 */
import type { BrowserContext } from '@playwright/test';
import { openBrowser } from '../../demo/open-browser.ts';
import type { ContestantName } from './contestant-names.ts';
import { buildContestant, buildNone, type BuiltContestant, type World } from './build-contestant.ts';
import type { Product } from './product.ts';
import { SETTLE_MS } from './settle.ts';
import type { Sink } from './sink.ts';

/** Beside them, the page without any recorder: what heap and long tasks are counted above. */
export type MeasuredName = ContestantName | 'none';

/** Those that record nothing. */
const IDLE = ['none', 'bare', 'listening'] as const;
type Idle = (typeof IDLE)[number];

interface Peer {
  world: World;
  /** How long what it holds takes to be sent: where it can be told to, or by its own settings where it cannot. */
  flushMs: number;
  /** How long it must have been there before it sends anything at all. */
  settleMs?: number;
}

const PEERS: Record<Exclude<ContestantName, 'proffer' | Idle>, Peer> = {
  'rrweb-light': { world: 'ISOLATED', flushMs: 1000 },
  rrweb: { world: 'ISOLATED', flushMs: 1000 },
  openreplay: { world: 'ISOLATED', flushMs: 1500 },
  clarity: { world: 'ISOLATED', flushMs: 3000 },
  // A replay of less than five seconds is not sent.
  sentry: { world: 'ISOLATED', flushMs: 1500, settleMs: 6000 },
  posthog: { world: 'ISOLATED', flushMs: 3000 },
};

export interface OpenContestant {
  context: BrowserContext;
  isOwn: (url: string) => boolean;
  flushMs: number;
  settleMs: number;
  close: () => Promise<void>;
}

export function isPeer(name: MeasuredName): name is keyof typeof PEERS {
  return name in PEERS;
}

export function isRecorder(name: MeasuredName): boolean {
  return !IDLE.includes(name as Idle);
}

/** Builds a contestant's extension, once for all rounds. */
export async function buildOne(
  name: Exclude<MeasuredName, 'proffer'>,
  sink: Sink,
  dir: string,
  isReadable: boolean,
): Promise<BuiltContestant> {
  if (name === 'none') return buildNone(dir);
  const world = isPeer(name) ? PEERS[name].world : 'ISOLATED';
  return buildContestant(name, world, sink.url, dir, isReadable);
}

export async function openContestant(
  name: MeasuredName,
  extensionDir: string,
  product: Product | undefined,
): Promise<OpenContestant> {
  const browser = await openBrowser(extensionDir, { headless: true });
  if (name === 'proffer') await product!.join(browser);
  return {
    context: browser.context,
    isOwn: (url) => url.startsWith(`chrome-extension://${browser.extensionId}/`),
    flushMs: isPeer(name) ? PEERS[name].flushMs : 500,
    settleMs: (isPeer(name) ? PEERS[name].settleMs : undefined) ?? SETTLE_MS,
    close: () => browser.close(),
  };
}
