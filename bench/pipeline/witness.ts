/**
 * A witness of what was acknowledged: hears in the page what the recorder hands over and what it is answered.
 *
 * Runs in Node, through the DevTools protocol, in the recorder's isolated world; the product is as it is shipped. What
 * was told reaches this process at once, so that it outlives the page. Hears cells of the grid and nothing else.
 */
import type { CDPSession, Page } from '@playwright/test';
import { GRID_CELLS, GRID_ROWS } from '../../src/trace/limits.ts';
import { cellAt, type Cell } from './source-page.ts';

export interface Witness {
  /** Cells of clicks that the page was told are stored. */
  acknowledged: Set<Cell>;
  /** How many messages of the page that is watched now were handed over and not answered. */
  underWay: () => number;
  watch: (page: Page) => Promise<void>;
  /** Whether the recorder of the page that is watched records. */
  isRecording: () => Promise<boolean>;
  forget: () => void;
}

interface Told {
  what: 'offered' | 'stored' | 'refused';
  /** Frame and number. */
  message: string;
  /** Place of each target's middle, as a share of the viewport. */
  places: { x: number; y: number }[];
}

const BINDING = 'tellWitness';
type SendMessage = (message: unknown, ...rest: unknown[]) => Promise<unknown>;
declare const chrome: { runtime: { id?: string; sendMessage: SendMessage & { isHeard?: true } } };

export function createWitness(): Witness {
  const acknowledged = new Set<Cell>();
  let underWay = new Set<string>();
  let session: CDPSession | undefined;
  let contextId: number | undefined;

  function hear({ what, message, places }: Told): void {
    if (what === 'offered') underWay.add(message);
    else underWay.delete(message);
    if (what === 'stored')
      for (const { x, y } of places)
        acknowledged.add(cellAt(Math.floor(x * GRID_CELLS), Math.floor(y * GRID_ROWS)));
  }

  return {
    acknowledged,
    underWay: () => underWay.size,
    async watch(page) {
      underWay = new Set();
      contextId = undefined;
      const watching = (session = await page.context().newCDPSession(page));
      watching.on('Runtime.bindingCalled', ({ name, payload }) => {
        if (name === BINDING) hear(JSON.parse(payload) as Told);
      });
      watching.on('Runtime.executionContextCreated', ({ context }) => {
        if (!context.origin.startsWith('chrome-extension://')) return;
        contextId = context.id;
        // What an earlier recorder of this page handed over will never be answered.
        underWay = new Set();
        const expression = `(${listen.toString()})()`;
        // The page may be gone already.
        watching.send('Runtime.evaluate', { expression, contextId }).catch(() => undefined);
      });
      await watching.send('Runtime.addBinding', { name: BINDING });
      await watching.send('Runtime.enable');
    },
    async isRecording() {
      if (session === undefined || contextId === undefined) return false;
      const expression = 'globalThis.profferRecorder?.isRecording() === true';
      const asked = session.send('Runtime.evaluate', { expression, contextId, returnByValue: true });
      return (await asked.catch(() => undefined))?.result.value === true;
    },
    forget: () => acknowledged.clear(),
  };
}

/** Evaluated in the recorder's world, before it has anything to send. */
function listen(): void {
  interface Fragment {
    action?: string;
    target?: { xPx: number; yPx: number; viewportWidthPx: number; viewportHeightPx: number };
  }
  interface Message {
    name: string;
    request: { frame: string; number: number; fragments: Fragment[] };
  }
  const { runtime } = chrome;
  if (runtime.sendMessage.isHeard) return;
  const send = runtime.sendMessage.bind(runtime);
  const { tellWitness } = globalThis as unknown as { tellWitness: (told: string) => void };
  const heard: typeof runtime.sendMessage = async (message, ...rest) => {
    const { name, request } = message as Message;
    if (name !== 'page:fragments') return send(message, ...rest);
    const tell = (what: Told['what']) => {
      const clicks = request.fragments.filter(({ action }) => action === 'click');
      const places = clicks.flatMap(({ target }) =>
        target ? [{ x: target.xPx / target.viewportWidthPx, y: target.yPx / target.viewportHeightPx }] : [],
      );
      tellWitness(JSON.stringify({ what, message: `${request.frame} ${request.number}`, places }));
    };
    tell('offered');
    const sent = async () => send(message, ...rest);
    const answer = await sent().catch((fault: unknown) => {
      // Tried again, but by one whose extension is gone.
      if (runtime.id === undefined) tell('refused');
      throw fault;
    });
    const kind = (answer as { kind?: string } | undefined)?.kind;
    if (kind === 'stored') tell('stored');
    else if (kind === 'stop' || kind === 'sensitive') tell('refused');
    return answer;
  };
  heard.isHeard = true;
  runtime.sendMessage = heard;
}
