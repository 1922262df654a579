/**
 * The collector as a reader asks it: who it is, its releases, and their records page by page.
 *
 * One of the dataset's doors: every answer is parsed here by the contract's schemas, and what follows trusts it.
 * The key goes into one header and nowhere else.
 */
import type { z } from 'zod';
import {
  ErrorAnswer,
  PATHS,
  PURPOSE_HEADER,
  RecordsPage,
  ReleaseList,
  WellKnown,
} from '../src/trace/collector-api.ts';
import type { PublishedKind } from '../src/trace/record.ts';
import { fetchRetrying, type Fetch, type Sleep } from './fetch-retrying.ts';
import { pullFailure, toOneLine } from './pull-failure.ts';

/** Records a page may have; an episode can be a thousand times larger than a rhythm. */
const PAGE_RECORDS: Record<PublishedKind, number> = { motion: 2000, rhythm: 2000, episode: 100, trace: 100 };

const HINTS: Record<string, string> = {
  'key-missing': 'the reader key did not arrive',
  'key-unknown': 'the collector does not know this reader key',
  'key-not-allowed': 'this key may not read releases; ask for a reader key',
  'purpose-not-allowed': 'this key may not read for the purpose given',
};

export interface CollectorClient {
  readWellKnown: () => Promise<WellKnown>;
  readReleases: () => Promise<ReleaseList>;
  /** A page of a release with its size on the way; `after` is the `next` of the page before. */
  readRecords: (
    release: number,
    kind: PublishedKind,
    after: string | undefined,
  ) => Promise<{ page: RecordsPage; sizeBytes: number }>;
}

/** A client for the collector at an address without trailing slash. All of its functions throw failures. */
export function createCollectorClient(options: {
  url: string;
  key: string;
  purpose: string;
  fetch: Fetch;
  sleep: Sleep;
  signal: AbortSignal;
}): CollectorClient {
  const { url, fetch, sleep, signal } = options;
  const readerHeaders = { authorization: `Bearer ${options.key}`, [PURPOSE_HEADER]: options.purpose };

  const read = async <Schema extends z.ZodType>(
    path: string,
    headers: Record<string, string>,
    schema: Schema,
  ): Promise<{ value: z.infer<Schema>; sizeBytes: number }> => {
    const outcome = await fetchRetrying({
      url: `${url}${path}`,
      headers: { accept: 'application/json', ...headers },
      fetch,
      sleep,
      signal,
    });
    if (outcome.kind === 'stopped') throw stopped();
    if (outcome.kind === 'failed') {
      throw pullFailure('collector-unreachable', `no answer from ${url}${path}: ${outcome.reason}`);
    }
    const { status, text, sizeBytes } = outcome.answer;
    if (status !== 200) throw refusal(status, text, `${url}${path}`);
    return { value: parseAnswer(text, schema, path), sizeBytes };
  };

  return {
    readWellKnown: async () => (await read(PATHS.wellKnown, {}, WellKnown)).value,
    readReleases: async () => (await read(PATHS.releases, readerHeaders, ReleaseList)).value,
    readRecords: async (release, kind, after) => {
      const query = new URLSearchParams({ kind, limit: String(PAGE_RECORDS[kind]) });
      if (after !== undefined) query.set('after', after);
      const path = `${PATHS.releases}/${release}/records?${query.toString()}`;
      const { value, sizeBytes } = await read(path, readerHeaders, RecordsPage);
      return { page: value, sizeBytes };
    },
  };
}

function stopped(): Error {
  return pullFailure('stopped', 'stopped; releases that are complete stay, run it again to go on');
}

function refusal(status: number, text: string, address: string): Error {
  const parsed = ErrorAnswer.safeParse(parseJson(text));
  if (!parsed.success) {
    return pullFailure('collector-refused', `${address} answers ${status}; is this a Proffer collector?`);
  }
  const { error, message } = parsed.data;
  const hint = HINTS[error];
  return pullFailure(
    'collector-refused',
    hint === undefined
      ? `the collector refuses (${error}): ${message}`
      : `the collector refuses (${error}): ${hint}`,
  );
}

function parseAnswer<Schema extends z.ZodType>(text: string, schema: Schema, path: string): z.infer<Schema> {
  const document = parseJson(text);
  if (document === undefined) {
    throw pullFailure('collector-answer-invalid', `the answer to ${path} is not JSON; nothing of it is kept`);
  }
  const parsed = schema.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? '' : describeIssue(issue);
  throw pullFailure(
    'collector-answer-invalid',
    `the answer to ${path} does not fit the schema at ${toOneLine(where)}; nothing of it is kept`,
  );
}

/** Where and what, never the value. */
function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.length === 0 ? 'its top' : issue.path.map(String).join('.');
  return `${path}: ${issue.code === 'unrecognized_keys' ? 'a field too many' : issue.message}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
