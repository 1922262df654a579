/**
 * The viewer's routes: pages drawn from an opened dataset, for the one person who has the address.
 *
 * Runs on the data team's computer, for a browser there. Only reads; must answer nothing to a page of another site, also
 * if its name leads to this computer, nor to another user of the computer, who does not know the token.
 */
import { basename, resolve } from 'node:path';
import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import type { PublishedEpisode, PublishedTrace } from '../../src/trace/published.ts';
import { isLinkedPurpose } from '../../src/trace/reading-purpose.ts';
import { drawBarChart } from '../bar-chart.ts';
import { readDistributions, type Distribution } from '../distributions.ts';
import type { Dataset } from '../open-dataset.ts';
import { recordOfWork } from '../record-of-work.ts';
import { readWork } from '../stream-work.ts';
import { renderDistributionsPage } from './distributions-page.ts';
import { renderList } from './list-page.ts';
import { marksFor, marksOfRow } from './marks.ts';
import { PAGE_STYLE } from './page-style.ts';
import { renderPage, type Frame } from './page.ts';
import { PLAYER_SCRIPT } from './player-script.ts';
import { renderMovements, renderRuns } from './singles-page.ts';
import { openWorkIndex } from './work-index.ts';
import { renderWork } from './work-page.ts';

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost'];
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

export interface ViewAppOptions {
  dataset: Dataset;
  /** Where it was pulled to. */
  dir: string;
  /** What only the address that was printed holds. */
  token: string;
}

/** Makes the routes; the list's index is made first. */
export async function createViewApp({ dataset, dir, token }: ViewAppOptions): Promise<Hono> {
  const { purpose } = dataset.manifest;
  const isLinked = isLinkedPurpose(purpose);
  const frame: Frame = { base: `/${token}`, folder: basename(resolve(dir)), purpose, isLinked };
  const index = await openWorkIndex(dataset);
  const distributions = once(() => readDistributions(dataset));

  // The list has its address with and without a slash at the end.
  const app = new Hono({ strict: false });
  app.use(async (context, next) => {
    const refusal = refusalOf(context, frame.base);
    if (refusal !== undefined) return context.text(refusal.text, refusal.status, HEADERS);
    await next();
    for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
    return undefined;
  });
  const pages = app.basePath(frame.base);
  pages.get('/', async (context) => context.html(await renderList(frame, index, context.req.query())));
  pages.get('/records/:id', async (context) => {
    const page = await workPage(frame, dataset, context.req.param('id'));
    return page === undefined ? notFound(context, frame) : context.html(page);
  });
  if (!isLinked) {
    pages.get('/motions', async (context) =>
      context.html(await renderMovements(frame, dataset, context.req.query())),
    );
    pages.get('/rhythms', async (context) =>
      context.html(await renderRuns(frame, dataset, context.req.query())),
    );
  }
  pages.get('/distributions', async (context) =>
    context.html(renderDistributionsPage(frame, await distributions())),
  );
  pages.get('/distributions/:file', async (context) => {
    const name = context.req.param('file');
    const found = (await distributions()).find(({ id }) => `${id}.svg` === name);
    return found === undefined ? notFound(context, frame) : chart(found);
  });
  pages.get('/style.css', () => asset(PAGE_STYLE, 'text/css; charset=utf-8'));
  pages.get('/player.js', () => asset(PLAYER_SCRIPT, 'text/javascript; charset=utf-8'));
  app.notFound((context) => notFound(context, frame));
  return app;
}

/** Why a request is not answered; undefined if it is. */
function refusalOf(context: Context, base: string): { status: 403 | 404 | 405; text: string } | undefined {
  const { method, path } = context.req;
  const host = new URL(context.req.url).hostname;
  // A name of another site that leads here is not ours: without this its page could read the answer.
  if (!LOOPBACK_NAMES.includes(host)) return { status: 403, text: 'Only for this computer.' };
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, text: 'Only to be read.' };
  const isOurs = path === base || path.startsWith(`${base}/`);
  return isOurs ? undefined : { status: 404, text: 'Not here. Open the address that proffer view printed.' };
}

async function workPage(frame: Frame, dataset: Dataset, id: string): Promise<string | undefined> {
  const work = await readWork(dataset, id);
  if (work === undefined) return undefined;
  const record = recordOfWork(work);
  const marks = marksFor(dataset.manifest.purpose);
  const marksOfStep = work.parts.steps.map((row) => marksOfRow(marks, row));
  return renderWork(frame, record, await factsOf(frame, dataset, record), marksOfStep);
}

async function factsOf(
  { isLinked }: Frame,
  dataset: Dataset,
  record: PublishedEpisode | PublishedTrace,
): Promise<[string, string][]> {
  const [row] = await dataset.query(
    `SELECT release, level, charter FROM ${isLinked ? 'traces' : 'episodes'} WHERE record_id = $1`,
    [record.recordId],
  );
  const apps = [...new Set(record.views.map(({ app }) => app))];
  const { recordedWeek, outcome, steps, views, gaps } = record;
  const counts: [string, string][] =
    record.kind === 'trace'
      ? [
          ['Movements', String(record.motions.length)],
          ['Typing runs', String(record.rhythms.length)],
        ]
      : [];
  return [
    ['Apps', apps.join(', ')],
    ['Outcome', outcome],
    ['Steps', String(steps.length)],
    ['Views', String(views.length)],
    ['Gaps', String(gaps.length)],
    ...counts,
    ['Week', recordedWeek],
    ['Level', row?.['level'] as string],
    ['Release', String(Number(row?.['release']))],
    ['Charter', `${(row?.['charter'] as string).slice(0, 12)}…`],
  ];
}

function chart(distribution: Distribution): Response {
  return asset(drawBarChart(distribution), 'image/svg+xml');
}

function asset(text: string, type: string): Response {
  return new Response(text, { headers: { 'content-type': type } });
}

function notFound(context: Context, frame: Frame): Response | Promise<Response> {
  const body = html`<p><a href="${frame.base}/">To the list</a></p>`;
  return context.html(renderPage(frame, { title: 'There is no such page', section: 'none', body }), 404);
}

/** Asks once and keeps the answer. */
function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => (answer ??= ask());
}
