/**
 * The collector's routes: which request goes where, and what every answer carries.
 *
 * Runs in the collector; a value, so that tests ask it without a network. What participants' devices and browsers ask
 * for is in no log, and counted by the hour only. Must never read or keep a sender's address, user agent or `Origin`;
 * there are no CORS headers, since the extension needs none.
 */
import { Hono, type Context } from 'hono';
import type { Charter } from '../src/charter/charter.ts';
import { PATHS, type ErrorCode, type WellKnown } from '../src/trace/collector-api.ts';
import type { Disk } from './disk.ts';
import { createDocsPage, DOCS_PAGE_POLICY } from './docs-page.ts';
import { checkKey } from './authorize.ts';
import { receiveErasure } from './erase.ts';
import type { Gate } from './gate.ts';
import { receiveBatch } from './ingest.ts';
import { createJoinPage, JOIN_PAGE_POLICY } from './join-page.ts';
import type { Log } from './log.ts';
import { showMetrics, type Metrics } from './metrics.ts';
import { createOpenApi } from './openapi.ts';
import { listReleases, pullRecords, pullTombstones, showAccessLog } from './pull.ts';
import type { RateLimits } from './rate-limit.ts';
import { checkReadiness } from './readiness.ts';
import { answerRefusal, isRefusal, refuse, type Refusal } from './refusal.ts';
import type { Secrets } from './secrets.ts';
import type { Store } from './store.ts';
import { isAway, isBusy, isDiskFull } from './store/database.ts';

export interface CollectorParts {
  store: Store;
  /** The current charter and its hash. */
  charter: Charter;
  charterHash: string;
  secrets: Secrets;
  nowEpochMs: () => number;
  gate: Gate;
  disk: Disk;
  limits: RateLimits;
  metrics: Pick<Metrics, 'countBatch' | 'countErasure' | 'countRequest' | 'show' | 'contentType'>;
  log: Log;
  /** Whether the collector itself speaks TLS; behind a proxy that is the proxy's to say. */
  isTls?: boolean;
  /** Is told of each failed request: a code without time, place or sender. */
  countFault: (code: string) => void;
}

interface Variables {
  Variables: { refusal?: ErrorCode };
}
type Asked = Context<Variables>;

const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
/** A browser that has been here once comes by TLS only, for a year. */
const TLS_HEADERS = { 'strict-transport-security': 'max-age=31536000' };

const RECORDS_ROUTE = `${PATHS.releases}/:number/records` as const;
const TOMBSTONES_ROUTE = `${PATHS.releases}/:number/tombstones` as const;
/** Logged and counted one by one. Everything else is asked for by participants, or by machines every few seconds. */
const WATCHED_ROUTES = [PATHS.releases, RECORDS_ROUTE, TOMBSTONES_ROUTE, PATHS.openapi, PATHS.docs];

export function createApp(parts: CollectorParts): Hono<Variables> {
  const { charter, charterHash, secrets, gate, countFault } = parts;
  const app = new Hono<Variables>();
  addHeaders(app, parts);
  addWatch(app, parts);

  app.post(PATHS.batches, async (asked) => {
    const outcome = await receiveBatch(asked.req.raw, parts);
    return isRefusal(outcome) ? refused(asked, outcome) : new Response(null, { status: 204 });
  });
  app.post(PATHS.erasures, async (asked) => answer(asked, await receiveErasure(asked.req.raw, parts)));

  app.get(PATHS.releases, async (asked) => answer(asked, await listReleases(asked.req.raw, parts)));
  app.get(RECORDS_ROUTE, async (asked) =>
    answer(asked, await pullRecords(asked.req.raw, asked.req.param('number'), parts)),
  );
  app.get(TOMBSTONES_ROUTE, async (asked) =>
    answer(asked, await pullTombstones(asked.req.raw, asked.req.param('number'), parts)),
  );
  app.get(PATHS.accessLog, async (asked) => answer(asked, await showAccessLog(asked.req.raw, parts)));

  app.get(PATHS.wellKnown, () => {
    const known: WellKnown = { product: 'proffer', charter: charterHash, publicKey: secrets.publicKey };
    return Response.json(known);
  });
  app.get(PATHS.join, (asked) => {
    const participantKey = secrets.joinKey();
    if (participantKey === undefined) return refused(asked, refuse('not-found'));
    return page(createJoinPage(charter, participantKey), JOIN_PAGE_POLICY);
  });

  app.get(PATHS.health, () => Response.json({ status: 'ok' }));
  app.get(PATHS.ready, async (asked) => answer(asked, await checkReadiness({ ...parts, gate })));
  app.get(PATHS.metrics, async (asked) => {
    const notAllowed = await checkKey(asked.req.raw.headers, 'administrator', parts);
    return notAllowed ? refused(asked, notAllowed) : showMetrics(parts.metrics);
  });
  const openApi = createOpenApi();
  app.get(PATHS.openapi, () => Response.json(openApi));
  // The same for everyone, so it is made once, by whoever asks first.
  let docsPage: string | undefined;
  app.get(PATHS.docs, () => page((docsPage ??= createDocsPage(openApi)), DOCS_PAGE_POLICY));

  refuseOtherMethods(app);
  app.notFound(() => answerRefusal(refuse('not-found')));
  app.onError((fault, asked) => {
    const error = codeOfFault(fault);
    countFault(error === 'internal' ? fault.name : error);
    return refused(asked, refuse(error));
  });
  return app;
}

/** Headers of every answer; one that a route has set itself stays. */
function addHeaders(app: Hono<Variables>, { gate, isTls = false }: CollectorParts): void {
  const headers = Object.entries({ ...SECURITY_HEADERS, ...(isTls && TLS_HEADERS) });
  app.use(async (asked, next) => {
    await next();
    for (const [name, value] of headers) {
      if (!asked.res.headers.has(name)) asked.res.headers.set(name, value);
    }
    // Whoever holds a connection open must find another collector.
    if (gate.isDraining()) asked.res.headers.set('connection', 'close');
  });
}

/** Measures what is asked, and lets no more batches in than the gate allows. */
function addWatch(app: Hono<Variables>, { gate, metrics, log }: CollectorParts): void {
  app.use(PATHS.batches, async (asked, next) => {
    const startedMs = performance.now();
    const notTaken = await gate.enter();
    if (notTaken) {
      metrics.countBatch(notTaken.error, performance.now() - startedMs);
      return answerRefusal(notTaken);
    }
    try {
      await next();
    } finally {
      gate.leave();
    }
    metrics.countBatch(asked.get('refusal') ?? 'done', performance.now() - startedMs);
    return undefined;
  });
  app.use(PATHS.erasures, async (asked, next) => {
    const startedMs = performance.now();
    await next();
    metrics.countErasure(asked.get('refusal') ?? 'done', performance.now() - startedMs);
  });
  for (const route of WATCHED_ROUTES) {
    app.use(route, async (asked, next) => {
      const startedMs = performance.now();
      await next();
      const durationMs = performance.now() - startedMs;
      metrics.countRequest(route, asked.res.status, durationMs);
      log('request', { route, status: asked.res.status, durationMs: Math.round(durationMs) });
    });
  }
}

function codeOfFault(fault: unknown): 'disk-low' | 'overloaded' | 'store-unavailable' | 'internal' {
  if (isDiskFull(fault)) return 'disk-low';
  if (isBusy(fault)) return 'overloaded';
  return isAway(fault) ? 'store-unavailable' : 'internal';
}

function answer(asked: Asked, outcome: object | Refusal): Response {
  return isRefusal(outcome) ? refused(asked, outcome) : Response.json(outcome);
}

/** The refusal as an answer; its code is remembered for the figures. */
function refused(asked: Asked, refusal: Refusal, headers: Record<string, string> = {}): Response {
  asked.set('refusal', refusal.error);
  return answerRefusal(refusal, headers);
}

function page(html: string, policy: string): Response {
  return new Response(html, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
  });
}

/** Must run after all routes are there: a path that is known answers 405 to any other method. */
function refuseOtherMethods(app: Hono<Variables>): void {
  for (const { path, method } of routesOf(app)) {
    const allow = method === 'GET' ? 'GET, HEAD' : method;
    app.all(path, (asked) => refused(asked, refuse('method-not-allowed'), { allow }));
  }
}

/** What the app offers, without what runs before and after every request. */
export function routesOf(app: Hono<Variables>): { path: string; method: string }[] {
  return app.routes.filter(({ method }) => method !== 'ALL').map(({ path, method }) => ({ path, method }));
}
