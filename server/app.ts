/**
 * The collector's routes: which request goes where, and what every answer carries.
 *
 * Runs in the collector; a value, so that tests ask it without a network. There is no request log at all. Must never
 * read or keep a sender's address, user agent or `Origin`; there are no CORS headers, since the extension needs none.
 */
import { Hono } from 'hono';
import type { Charter } from '../src/charter/charter.ts';
import { PATHS, type WellKnown } from '../src/trace/collector-api.ts';
import { receiveErasure } from './erase.ts';
import { receiveBatch } from './ingest.ts';
import { createJoinPage, JOIN_PAGE_POLICY } from './join-page.ts';
import { listReleases, pullRecords, pullTombstones, showAccessLog } from './pull.ts';
import { answerRefusal, isRefusal, refuse, type Refusal } from './refusal.ts';
import type { Secrets } from './secrets.ts';
import type { Store } from './store.ts';
import { isBusy, isDiskFull } from './store/database.ts';

export interface CollectorParts {
  store: Store;
  /** The current charter and its hash. */
  charter: Charter;
  charterHash: string;
  secrets: Secrets;
  nowEpochMs: () => number;
  /** Is told of each failed request: a code without time, place or sender. */
  countFault: (code: string) => void;
}

const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export function createApp(parts: CollectorParts): Hono {
  const { store, charter, charterHash, secrets, countFault } = parts;
  const app = new Hono();

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    }
  });

  app.post(PATHS.batches, async ({ req }) => {
    const outcome = await receiveBatch(req.raw, parts);
    return isRefusal(outcome) ? answerRefusal(outcome) : new Response(null, { status: 204 });
  });
  app.post(PATHS.erasures, async ({ req }) => answer(await receiveErasure(req.raw, parts)));

  app.get(PATHS.releases, async ({ req }) => answer(await listReleases(req.raw, parts)));
  app.get(`${PATHS.releases}/:number/records`, async ({ req }) =>
    answer(await pullRecords(req.raw, req.param('number'), parts)),
  );
  app.get(`${PATHS.releases}/:number/tombstones`, async ({ req }) =>
    answer(await pullTombstones(req.raw, req.param('number'), parts)),
  );
  app.get(PATHS.accessLog, async ({ req }) => answer(await showAccessLog(req.raw, parts)));

  app.get(PATHS.wellKnown, () => {
    const known: WellKnown = { product: 'proffer', charter: charterHash, publicKey: secrets.publicKey };
    return Response.json(known);
  });
  app.get(PATHS.join, () => {
    const participantKey = secrets.joinKey();
    if (participantKey === undefined) return answerRefusal(refuse('not-found'));
    return new Response(createJoinPage(charter, participantKey), {
      headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': JOIN_PAGE_POLICY },
    });
  });
  app.get('/healthz', async () => {
    await store.findCharter(charterHash);
    return Response.json({ status: 'ok' });
  });

  refuseOtherMethods(app);
  app.notFound(() => answerRefusal(refuse('not-found')));
  app.onError((fault) => {
    const isOverloaded = isBusy(fault) || isDiskFull(fault);
    countFault(isOverloaded ? 'overloaded' : fault.name);
    return answerRefusal(refuse(isOverloaded ? 'overloaded' : 'internal'));
  });
  return app;
}

function answer(outcome: object | Refusal): Response {
  return isRefusal(outcome) ? answerRefusal(outcome) : Response.json(outcome);
}

/** Must run after all routes are there: a path that is known answers 405 to any other method. */
function refuseOtherMethods(app: Hono): void {
  const routes = app.routes.filter((route) => route.path !== '/*');
  for (const { path, method } of routes) {
    const allow = method === 'GET' ? 'GET, HEAD' : method;
    app.all(path, () => answerRefusal(refuse('method-not-allowed'), { allow }));
  }
}
