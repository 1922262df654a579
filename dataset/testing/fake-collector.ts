/**
 * A collector for tests: answers like the real one to a reader, and misbehaves on demand.
 *
 * Runs in tests only, in the same process or on loopback.
 */
import { Hono, type Context } from 'hono';
import {
  ERRORS,
  PATHS,
  PURPOSE_HEADER,
  RecordsQuery,
  type ErrorCode,
  type Release,
} from '../../src/trace/collector-api.ts';
import type { PublishedRow } from '../../src/trace/published.ts';

export const READER_KEY = 'reader-key-for-tests';
export const PURPOSE = 'agent-training';
export const ORIGIN = 'http://127.0.0.1:9';

export interface FakeRelease {
  number: number;
  rows: PublishedRow[];
  /** Ids that it has lost, as published. */
  tombstones?: string[];
  changes?: Partial<Release>;
}

export interface FakeCollector {
  releases: FakeRelease[];
  /** Charter texts by hash. */
  charters: Record<string, string>;
  publicKey: string;
  /** The purpose that the reader key stands for. */
  purpose: string;
  /** Called before each answer; an answer it gives is sent instead. */
  intercept: (request: Request) => Response | undefined | Promise<Response | undefined>;
  /** Changes the JSON text of a page before it is sent. */
  spoilPage: (text: string, url: URL) => string;
  /** Paths with query, in the order they were asked for. */
  requests: string[];
  /** Largest page, whatever is asked for. */
  maxPageRecords: number;
  app: Hono;
  fetch: (input: string, init: RequestInit) => Promise<Response>;
}

export function createFakeCollector(start: Partial<FakeCollector> = {}): FakeCollector {
  const app = new Hono();
  const collector: FakeCollector = {
    releases: [],
    charters: {},
    publicKey: 'A'.repeat(43),
    purpose: PURPOSE,
    intercept: () => undefined,
    spoilPage: (text) => text,
    requests: [],
    maxPageRecords: 10_000,
    app,
    fetch: async (input, init) => app.fetch(new Request(input, init)),
    ...start,
  };

  app.use(async (context, next) => {
    const url = new URL(context.req.url);
    collector.requests.push(`${url.pathname}${url.search}`);
    const answer = await collector.intercept(context.req.raw);
    if (answer !== undefined) return answer;
    if (url.pathname === PATHS.wellKnown) return next();
    const key = context.req.header('authorization');
    if (key === undefined) return refuse(context, 'key-missing');
    if (key !== `Bearer ${READER_KEY}`) return refuse(context, 'key-unknown');
    if (context.req.header(PURPOSE_HEADER) !== collector.purpose)
      return refuse(context, 'purpose-not-allowed');
    return next();
  });
  app.get(PATHS.wellKnown, (context) =>
    context.json({
      product: 'proffer',
      charter: Object.keys(collector.charters)[0] ?? '0'.repeat(64),
      publicKey: collector.publicKey,
    }),
  );
  app.get(PATHS.releases, (context) =>
    context.json({ releases: collector.releases.map(describeRelease), charters: collector.charters }),
  );
  app.get(`${PATHS.releases}/:number/records`, (context) => {
    const query = RecordsQuery.safeParse(context.req.query());
    if (!query.success) return refuse(context, 'request-invalid');
    const release = collector.releases.find(({ number }) => String(number) === context.req.param('number'));
    if (release === undefined) return refuse(context, 'not-found');
    const { kind, after, until, limit } = query.data;
    const rest = release.rows
      .filter(({ record }) => record.kind === kind)
      .filter(({ record }) => after === undefined || record.recordId > after)
      .filter(({ record }) => until === undefined || record.recordId <= until)
      .sort((left, right) => (left.record.recordId < right.record.recordId ? -1 : 1));
    const rows = rest.slice(0, Math.min(limit, collector.maxPageRecords));
    const next = rows.length < rest.length ? (rows.at(-1)?.record.recordId ?? null) : null;
    const text = collector.spoilPage(JSON.stringify({ rows, next }), new URL(context.req.url));
    return context.body(text, 200, { 'content-type': 'application/json' });
  });
  app.get(`${PATHS.releases}/:number/tombstones`, (context) => {
    const release = collector.releases.find(({ number }) => String(number) === context.req.param('number'));
    if (release === undefined) return refuse(context, 'not-found');
    const rest = (release.tombstones ?? []).filter((id) => id > (context.req.query('after') ?? '')).sort();
    const recordIds = rest.slice(0, collector.maxPageRecords);
    const next = recordIds.length < rest.length ? (recordIds.at(-1) ?? null) : null;
    return context.json({ recordIds, next });
  });
  return collector;
}

/** Erases records, all of one release, as the collector does: they are gone from it and their ids published. */
export function eraseFrom(release: FakeRelease, recordIds: readonly string[]): void {
  const counts = describeRelease(release).counts;
  release.rows = release.rows.filter(({ record }) => !recordIds.includes(record.recordId));
  release.tombstones = [...(release.tombstones ?? []), ...recordIds];
  release.changes = { counts, ...release.changes };
}

function describeRelease({ number, rows, tombstones, changes }: FakeRelease): Release {
  const counts = { motion: 0, rhythm: 0, episode: 0, trace: 0 };
  for (const { record } of rows) counts[record.kind] += 1;
  return {
    number,
    sealedOn: '2026-11-28',
    schemaVersion: 1,
    withdrawn: false,
    counts,
    tombstones: tombstones?.length ?? 0,
    ...changes,
  };
}

function refuse(context: Context, error: ErrorCode): Response {
  return context.json({ error, message: `refused: ${error}` }, ERRORS[error]);
}
