/**
 * A page that records itself: the capture code of the extension in an ordinary page, driven with real input.
 *
 * For tests of capture alone. Here it runs in the page's own world, without extension or background, and hands its
 * fragments to the test; frames and pages that are navigated to are recorded too.
 */
import { fileURLToPath } from 'node:url';
import { test as base, type BrowserContext, type LaunchOptions, type Page } from '@playwright/test';
import { build } from 'vite';
import { chromiumPath } from '../demo/open-browser.ts';
import { RawFragment, type RawStep } from '../src/capture/fragments.ts';
import { launchPlainFirefox, whyNoFirefox } from './open-firefox.ts';

export { expect } from '@playwright/test';

/** How the browser of these tests is started: none of the extension's, so the ordinary way. */
export const CAPTURE_BROWSER = { ...chromiumPath(), args: ['--no-sandbox', '--disable-gpu'] };

export const test = base.extend<{ whereThereIsOne: undefined }, { launchOptions: LaunchOptions }>({
  launchOptions: [
    async ({ browserName }, use) => {
      if (browserName === 'firefox') await launchPlainFirefox(use);
      else await use(CAPTURE_BROWSER);
    },
    { scope: 'worker' },
  ],
  whereThereIsOne: [
    async ({ browserName }, use, { skip }) => {
      const reason = browserName === 'firefox' ? whyNoFirefox() : undefined;
      skip(reason !== undefined, reason ?? '');
      await use(undefined);
    },
    { auto: true },
  ],
});

export const ORIGIN = 'http://app.test';
/**
 * What a tab shows before it is recorded, so that there is something to go back to. Firefox does not count the blank page
 * that a tab begins with, and a document that has just begun there does not know yet that it is one more.
 */
const BEFORE = [`${ORIGIN}/before`, `${ORIGIN}/before-that`];

export interface CapturePage {
  page: Page;
  /** Everything reported so far, in order, each checked against the schema. */
  fragments(): RawFragment[];
  /** The steps but for the view changes of page loads, once all of them have been reported. */
  steps(): Promise<RawStep[]>;
  /** What was done, one word a step, such as `click` or `press enter`. */
  actions(): Promise<string[]>;
  /** Forgets what has been reported so far. */
  forget(): Promise<void>;
}

export interface CapturePageOptions {
  scopes?: string[];
  budgetMsPerMinute?: number;
  /** Documents by path, served at `ORIGIN`; an origin in front of the path serves it there. */
  pages: Record<string, string>;
}

/** A step waits at most a second for its effect, a burst of scrolling half a second for its end. */
const SETTLE_MS = 2000;

let bundled: Promise<string> | undefined;

/** The public words and the capture code as one script that a page can run. */
function captureScript(): Promise<string> {
  bundled ??= (async () => {
    const vocabulary = await bundle('../entrypoints/vocabulary.ts', 'profferVocabulary');
    const capture = await bundle('./capture-entry.ts', 'profferCapture');
    return `${vocabulary}\nprofferVocabulary.main();\n${capture}`;
  })();
  return bundled;
}

async function bundle(file: string, name: string): Promise<string> {
  const entry = fileURLToPath(new URL(file, import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name, fileName: name } },
  });
  const result = Array.isArray(built) ? built[0]! : built;
  if (!('output' in result)) throw new Error(`${file} was not bundled`);
  return result.output[0].code;
}

export async function openCapturePage(
  context: BrowserContext,
  { scopes = ['pointer', 'keys', 'workflow'], budgetMsPerMinute, pages }: CapturePageOptions,
): Promise<CapturePage> {
  const reported: RawFragment[] = [];
  const faults: string[] = [];
  const page = await context.newPage();
  await page.route(
    (url) => url.hostname.endsWith('.test'),
    (route) => {
      const url = new URL(route.request().url());
      if (BEFORE.includes(url.href)) return route.fulfill({ body: '' });
      const body = pages[url.origin + url.pathname] ?? pages[url.pathname];
      if (body === undefined) return route.fulfill({ status: 404, body: 'not found' });
      return route.fulfill({ contentType: 'text/html; charset=utf-8', body });
    },
  );
  for (const url of BEFORE) await page.goto(url);
  await page.exposeBinding('reportFragment', (_source, fragment: unknown) => {
    const parsed = RawFragment.safeParse(fragment);
    if (parsed.success) reported.push(parsed.data);
    else faults.push(JSON.stringify(parsed.error.issues));
  });
  await page.exposeBinding('reportFault', (_source, text: string) => void faults.push(text));
  await page.addInitScript(`{
    ${await captureScript()}
    // What is reported while the page is left is kept for the next one: calls to the test would be lost.
    let isLeaving = false;
    const keeps = window === window.top;
    const left = keeps ? JSON.parse(sessionStorage.getItem('left') ?? '[]') : [];
    if (keeps) sessionStorage.removeItem('left');
    const report = (fragment) => {
      if (!isLeaving || !keeps) return void window.reportFragment(fragment);
      left.push(fragment);
      sessionStorage.setItem('left', JSON.stringify(left));
    };
    for (const fragment of left.splice(0)) report(fragment);
    window.addEventListener('pagehide', () => { isLeaving = true; });
    const fault = window.reportFault;
    const stopper = new AbortController();
    window.stopCapture = () => stopper.abort();
    const memory = new WeakMap();
    const listeners = profferCapture.createLastingListeners(window, stopper.signal);
    const signals = profferCapture.createPageSignals(window, memory);
    // As the recorder does before anything else sees the press.
    const look = (event) => { signals.meet(event); signals.found(); };
    for (const type of ['pointerdown', 'focusin'])
      listeners.add(type, look, { capture: true, passive: true, signal: stopper.signal });
    try { profferCapture.startCapture(window, {
      scopes: ${JSON.stringify(scopes)},
      arrival: 'loading',
      report,
      noteWork() {},
      onLeaving() {},
      isRecorded: () => true,
      budgetMsPerMinute: ${budgetMsPerMinute ?? 'Infinity'},
      // What a slow machine would cut short is no fault of what is tested.
      inventoryBudgetMs: Infinity,
      listeners,
      memory,
      onFault(error) { void fault(String(error?.stack ?? error)); },
      signal: stopper.signal,
    }); } catch (error) { void fault(String(error.stack)); }
  }`);
  await page.goto(`${ORIGIN}/`);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const isLoad = (step: RawStep) => step.action === 'viewChange' && step.navigation === 'load';
  const settled = async () => {
    await page.waitForTimeout(SETTLE_MS);
    if (faults.length > 0) throw new Error(faults.join('\n'));
    const steps = reported.filter((fragment): fragment is RawStep => fragment.kind === 'step');
    // Frames report by themselves; the background puts what they tell in order.
    return steps.filter((step) => !isLoad(step)).sort((one, other) => one.atMs - other.atMs);
  };
  return {
    page,
    fragments: () => reported,
    steps: settled,
    actions: async () => (await settled()).map(inAWord),
    forget: async () => {
      await page.waitForTimeout(SETTLE_MS);
      reported.length = 0;
    },
  };
}

/** The fragments of one kind, in order. */
export function ofKind<Kind extends RawFragment['kind']>(capture: CapturePage, kind: Kind) {
  return capture
    .fragments()
    .filter((fragment): fragment is Extract<RawFragment, { kind: Kind }> => fragment.kind === kind);
}

/** A step with what it was done to, such as `click button save`, `type textbox 3`, `drag canvas > list`. */
export function inWords(step: RawStep): string {
  const { target, destination, direction, navigation, keyCount } = step;
  const words = [inAWord(step), target?.role, target?.term, keyCount, direction, navigation];
  if (destination) words.push('>', destination.role);
  return words.filter((word) => word !== undefined).join(' ');
}

function inAWord({ action, key, shortcut, keyboard }: RawStep): string {
  if (action === 'press') return `press ${key}`;
  if (action === 'shortcut') return `shortcut ${shortcut}`;
  return keyboard ? `${action} by key` : action;
}
