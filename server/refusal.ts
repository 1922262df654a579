/**
 * A refusal: why a request was not done, as a stable code that the extension and the dataset command act on.
 *
 * Runs in the collector, at every door. Must never repeat a value of the request: codes, fixed sentences and the
 * places of faults only.
 */
import { ERRORS, type ErrorCode } from '../src/trace/collector-api.ts';

export interface Refusal {
  error: ErrorCode;
  /** Where the faults are, as dotted paths of the contract's own names and indexes. */
  paths?: string[];
  /** When to ask again, where it is known better than by the code. */
  retryAfterSeconds?: number;
}

const RETRY_AFTER_SECONDS = 60;
const RETRY_AFTER_SECONDS_BY_CODE: Partial<Record<ErrorCode, number>> = { 'disk-low': 900, draining: 30 };

/** What each code means, for people. */
export const MESSAGES: Record<ErrorCode, string> = {
  'key-missing': 'Send a key: "Authorization: Bearer <key>".',
  'key-unknown': 'This key is not known here, or was revoked.',
  'key-not-allowed': 'This key may not do that.',
  'purpose-not-allowed': 'The stated purpose is missing, or is not one that this key and this release allow.',
  'not-found': 'There is nothing here.',
  'method-not-allowed': 'This method is not offered here.',
  'batch-different': 'A batch with this id and other content has been received.',
  'charter-unknown': 'The batch names a charter that this collector has never held.',
  'charter-withdrawn': 'The charter that the batch names is no longer accepted.',
  'body-too-large': 'The request is larger than the collector takes.',
  'inflated-too-large': 'The batch inflates to more than the collector takes.',
  'media-type-unsupported': 'The content type is not the one taken here.',
  'not-gzip': 'The body is not a whole gzip stream.',
  'padding-invalid': 'The body must be gzip followed by zero bytes, up to one of the fixed sizes.',
  'not-json': 'The body is not JSON in UTF-8.',
  'request-invalid': 'The request does not have the form that is asked for.',
  'schema-invalid': 'The batch does not have the form of its schema version.',
  'schema-unknown': 'This collector does not know the schema version; try again after it was updated.',
  'label-unknown': 'An app or task is named that the charter does not list.',
  'scope-not-offered': 'A record belongs to a scope that the charter does not offer.',
  'level-not-offered': 'The protection level is lower than the charter asks for.',
  'split-unfit': 'A record bears a bucket that the charter does not have, or lacks one that it has.',
  'day-out-of-range': 'A record is from the future, or older than the collector takes.',
  'rate-limited': 'Too many requests; try again later.',
  'daily-cap': 'As many batches as this charter allows in a day have come with this key; try again tomorrow.',
  internal: 'The collector failed; nothing was stored.',
  overloaded: 'The collector has too much to do at the moment; try again later.',
  'disk-low': 'The collector has too little room to take batches; try again later.',
  draining: 'The collector is about to stop; try again in a moment.',
  'store-unavailable': 'The store of the collector does not answer.',
};

/** Makes a refusal; `paths` say where the faults are. */
export function refuse(error: ErrorCode, paths?: string[]): Refusal {
  return paths === undefined ? { error } : { error, paths };
}

export function isRefusal(outcome: unknown): outcome is Refusal {
  return typeof outcome === 'object' && outcome !== null && 'error' in outcome;
}

/** The refusal as an HTTP answer, with the status that the contract gives its code. */
export function answerRefusal(refusal: Refusal, headers: Record<string, string> = {}): Response {
  const status = ERRORS[refusal.error];
  const retryAfterSeconds =
    refusal.retryAfterSeconds ?? RETRY_AFTER_SECONDS_BY_CODE[refusal.error] ?? RETRY_AFTER_SECONDS;
  return Response.json(
    {
      error: refusal.error,
      message: MESSAGES[refusal.error],
      ...(refusal.paths && { paths: refusal.paths }),
    },
    {
      status,
      headers: {
        ...(status === 401 && { 'www-authenticate': 'Bearer' }),
        ...((status === 503 || status === 429) && { 'retry-after': String(retryAfterSeconds) }),
        ...headers,
      },
    },
  );
}
