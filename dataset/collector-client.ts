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
  ReleaseList,
  TombstonesPage,
  WellKnown,
} from '../src/trace/collector-api.ts';
import type { PublishedKind } from '../src/trace/record.ts';
import { fetchRetrying, type Fetch, type Sleep } from './fetch-retrying.ts';
import type { IdRange } from './id-ranges.ts';
import { checkAnswer, parseJson } from './parse-answer.ts';
import { pullFailure } from './pull-failure.ts';

/** Records a page may have; an episode can be a thousand times larger than a rhythm. */
const PAGE_RECORDS: Record<PublishedKind, number> = { motion: 1000, rhythm: 1000, episode: 100, trace: 100 };

const HINTS: Record<string, string> = {
  'key-missing': 'the reader key did not arrive',
  'key-unknown': 'the collector does not know this reader key',
  'key-not-allowed': 'this key may not read releases; ask for a reader key',
  'purpose-not-allowed': 'this key may not read for the purpose given',
};

export interface CollectorClient {
  readWellKnown: () => Promise<WellKnown>;
  readReleases: () => Promise<ReleaseList>;
  /**
   * A page of a range of a release, as it came: it is parsed and checked where its records are taken in.
   * To go on, `after` becomes the `next` of the page before.
   */
  readRecords: (release: number, kind: PublishedKind, range: IdRange) => Promise<UnreadPage>;
  /** The ids that a release has lost, as published; all pages, one after another. */
  readTombstones: (release: number) => AsyncIterable<string[]>;
}

export interface UnreadPage {
  /** Path and query, for messages. */
  path: string;
  /** In memory of their own, so that they can be handed to a thread. */
  bytes: Uint8Array<ArrayBuffer>;
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

  const readBytes = async (path: string, headers: Record<string, string>): Promise<UnreadPage> => {
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
    const { status, bytes } = outcome.answer;
    if (status !== 200) throw refusal(status, bytes, `${url}${path}`);
    return { path, bytes };
  };
  const read = async <Schema extends z.ZodType>(
    path: string,
    headers: Record<string, string>,
    schema: Schema,
  ): Promise<z.infer<Schema>> => checkAnswer(parseJson((await readBytes(path, headers)).bytes), schema, path);

  return {
    readWellKnown: () => read(PATHS.wellKnown, {}, WellKnown),
    readReleases: () => read(PATHS.releases, readerHeaders, ReleaseList),
    readRecords: (release, kind, { after, until }) => {
      const query = new URLSearchParams({ kind, limit: String(PAGE_RECORDS[kind]) });
      if (after !== undefined) query.set('after', after);
      if (until !== undefined) query.set('until', until);
      return readBytes(`${PATHS.releases}/${release}/records?${query.toString()}`, readerHeaders);
    },
    readTombstones: async function* (release) {
      const path = `${PATHS.releases}/${release}/tombstones`;
      let after = '';
      for (;;) {
        const { recordIds, next } = await read(`${path}${after}`, readerHeaders, TombstonesPage);
        yield recordIds;
        if (next === null) return;
        const goOn = `?after=${next}`;
        if (goOn <= after) {
          throw pullFailure(
            'collector-answer-invalid',
            `the answer to ${path} has a page that leads nowhere`,
          );
        }
        after = goOn;
      }
    },
  };
}

function stopped(): Error {
  return pullFailure('stopped', 'stopped; releases that are complete stay, run it again to go on');
}

function refusal(status: number, bytes: Uint8Array, address: string): Error {
  const parsed = ErrorAnswer.safeParse(parseJson(bytes));
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
