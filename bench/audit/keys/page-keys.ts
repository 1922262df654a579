/**
 * How many controls share an element key, on real pages: the demo app's, in a real browser.
 *
 * Runs on the auditor's computer with the browser that is installed; reaches no address but loopback. Each view is looked
 * at as it opens and again with other content in it (a filtered list, other tickets, saved notes): a key that only some
 * content has tells of that content. `npm run audit` does not need it; `node bench/audit/keys/page-keys.ts` prints it.
 */
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { chromiumPath } from '../../../demo/open-browser.ts';
import { openWorkApp } from '../../../demo/work-app.ts';
import type { PageControl } from './page-controls.ts';

/** One row for the audit's result. */
export interface PageKeyRow {
  kind: 'keys';
  cohort: 'demo app';
  key: 'element';
  view: string;
  /** Places to act on, rows counted one by one. */
  controls: number;
  keys: number;
  /** How many of them the commonest key stands for. */
  largest: number;
  /** Share of the controls that have a key to themselves. */
  aloneShare: number;
  /** Keys that are met only with some of the contents. */
  keysOfContent: number;
}

/** How a view is opened, and how other content gets into it. */
const VIEWS: Record<string, { path: string; changes: ((page: Page) => Promise<unknown>)[] }> = {
  tickets: {
    path: '/tickets',
    changes: [
      (page) => page.fill('#search', 'printer'),
      (page) => page.fill('#search', 'a'),
      (page) => page.selectOption('#status-filter', { index: 1 }),
    ],
  },
  ticket: {
    path: '/tickets/1042',
    changes: [1043, 1044, 1050].map((id) => async (page) => {
      await page.goto(new URL(`/tickets/${id}`, page.url()).href);
      await page.fill('#comment', 'done');
      await page.click('#ticket-form button[type=submit]');
    }),
  },
  'new ticket': { path: '/new', changes: [] },
  notes: {
    path: '/notes',
    changes: ['one', 'two', 'three'].map((title) => async (page) => {
      await page.fill('#note-title', title);
      await page.locator('.editor').fill('text');
      await page.click('#save-note');
    }),
  },
  help: { path: '/help', changes: [] },
  reports: { path: '/reports.html', changes: [(page) => page.selectOption('#period', '6')] },
};

export async function pageKeys(): Promise<PageKeyRow[]> {
  const script = await controlsScript();
  const app = await openWorkApp();
  const browser = await chromium.launch({ ...chromiumPath(), args: ['--no-sandbox', '--disable-gpu'] });
  try {
    // The app forbids inline script; the page's own rules are not what is looked at.
    const context = await browser.newContext({ bypassCSP: true });
    const rows: PageKeyRow[] = [];
    for (const [view, { path, changes }] of Object.entries(VIEWS)) {
      const page = await context.newPage();
      await page.goto(`${app.url}${path}`);
      const looks = [await look(page, script)];
      for (const change of changes) {
        await change(page);
        looks.push(await look(page, script));
      }
      rows.push(rowOf(view, looks));
      await page.close();
    }
    return rows;
  } finally {
    await browser.close();
    await app.close();
  }
}

async function look(page: Page, script: string): Promise<PageControl[]> {
  await page.waitForTimeout(200);
  return page.evaluate<PageControl[]>(
    `(() => { ${script}; return profferControls.controlsOf(document); })()`,
  );
}

function rowOf(view: string, looks: readonly (readonly PageControl[])[]): PageKeyRow {
  const controls = looks[0]!;
  const names = Map.groupBy(controls, ({ structure }) => structure);
  const sizes = [...names.values()].map((own) => own.length);
  const seen = looks.map((own) => new Set(own.map(({ structure }) => structure)));
  const anywhere = new Set(seen.flatMap((own) => [...own]));
  const everywhere = [...anywhere].filter((structure) => seen.every((own) => own.has(structure)));
  return {
    kind: 'keys',
    cohort: 'demo app',
    key: 'element',
    view,
    controls: controls.length,
    keys: names.size,
    largest: Math.max(...sizes),
    aloneShare: sizes.filter((size) => size === 1).length / controls.length,
    keysOfContent: anywhere.size - everywhere.length,
  };
}

async function controlsScript(): Promise<string> {
  const entry = fileURLToPath(new URL('page-controls.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry, formats: ['iife'], name: 'profferControls', fileName: 'controls' },
    },
  });
  const result = Array.isArray(built) ? built[0]! : built;
  if (!('output' in result)) throw new Error('the controls of a page were not bundled');
  return result.output[0].code;
}

if (import.meta.main) console.table(await pageKeys());
