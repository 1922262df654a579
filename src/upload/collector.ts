/**
 * Requests to the collector, the only address that the extension ever sends to.
 *
 * Background only. No cookies, no referrer, no cache, no redirects; a request is given up after 25 s, before the
 * browser would stop an idle worker.
 */
import {
  AccessLog,
  BATCH_MEDIA_TYPE,
  ErasureAnswer,
  PATHS,
  SignedErasureAnswer,
  WellKnown,
} from '../trace/collector-api.ts';
import { fromBase64Url } from '../charter/base64url.ts';
import { outcomeOf, type UploadOutcome } from './outcome.ts';

const TIMEOUT_MS = 25_000;

/** Where to send and with which key. */
export interface Collector {
  collectorUrl: string;
  participantKey: string;
}

export async function postBatch(
  collector: Collector,
  body: Uint8Array<ArrayBuffer>,
  fetchFrom: typeof fetch = fetch,
): Promise<UploadOutcome> {
  try {
    return await outcomeOf(await fetchFrom(...request(collector, PATHS.batches, BATCH_MEDIA_TYPE, body)));
  } catch {
    return { kind: 'try-later', reason: 'unreachable' };
  }
}

/** What the collector answered to an erasure, and its own words with their signature. */
export interface ProvenAnswer {
  answer: ErasureAnswer;
  signed: SignedErasureAnswer;
}

/**
 * Asks for the erasure of one record by its secret.
 *
 * @returns the collector's answer once its signature is proven; undefined for anything else, to be tried again.
 */
export async function postErasure(
  collector: Collector,
  secret: string,
  fetchFrom: typeof fetch = fetch,
): Promise<ProvenAnswer | undefined> {
  try {
    const response = await fetchFrom(
      ...request(collector, PATHS.erasures, 'application/json', JSON.stringify({ secret })),
    );
    if (response.status !== 200) return undefined;
    const signed = SignedErasureAnswer.parse(await response.json());
    const key = await publicKey(collector, fetchFrom);
    const bytes = new TextEncoder().encode(signed.answer);
    if (!(await crypto.subtle.verify('Ed25519', key, fromBase64Url(signed.signature), bytes)))
      return undefined;
    return { answer: ErasureAnswer.parse(JSON.parse(signed.answer)), signed };
  } catch {
    return undefined;
  }
}

/** What the readers were given; undefined where the collector does not answer or cannot be understood. */
export async function fetchAccessLog(
  collector: Collector,
  fetchFrom: typeof fetch = fetch,
): Promise<AccessLog | undefined> {
  try {
    const [url, options] = request(collector, PATHS.accessLog);
    const response = await fetchFrom(url, { ...options, headers: authorization(collector) });
    return response.status === 200 ? AccessLog.parse(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}

async function publicKey(collector: Collector, fetchFrom: typeof fetch): Promise<CryptoKey> {
  const [url, options] = request(collector, PATHS.wellKnown);
  const wellKnown = WellKnown.parse(await (await fetchFrom(url, options)).json());
  return crypto.subtle.importKey('raw', fromBase64Url(wellKnown.publicKey), 'Ed25519', false, ['verify']);
}

function request(
  collector: Collector,
  path: string,
  contentType?: string,
  body?: BodyInit,
): [string, RequestInit] {
  return [
    collector.collectorUrl.replace(/\/$/, '') + path,
    {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body !== undefined && authorization(collector)),
        ...(contentType !== undefined && { 'content-type': contentType }),
      },
      ...(body !== undefined && { body }),
      // Allowed, since the collector's host is granted to the extension. Otherwise Firefox would name the extension's
      // origin, which is one browser profile's own for as long as it is installed there (decision 32).
      mode: 'same-origin',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    },
  ];
}

function authorization({ participantKey }: Collector) {
  return { authorization: `Bearer ${participantKey}` };
}
