/**
 * Ingest: what came over the network becomes stored records, or is refused.
 *
 * Runs in the collector, the one door for recorded data. Checks go from cheap to dear: key, rate, media type, size,
 * gzip, JSON, schema, charter, what the charter offers, the day's cap, then the store. Must never store what was not
 * checked whole, and never answer before the store has committed.
 */
import { parseCharter, type Charter } from '../src/charter/charter.ts';
import { BATCH_MEDIA_TYPE } from '../src/trace/collector-api.ts';
import { BATCH_SIZES_BYTES } from '../src/trace/limits.ts';
import { dayOf } from '../src/trace/primitives.ts';
import { checkKey } from './authorize.ts';
import { checkOffered, oldestDay } from './check-offered.ts';
import { parseBatch } from './parse-batch.ts';
import type { RateLimits } from './rate-limit.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';
import type { Secrets } from './secrets.ts';
import type { Store } from './store.ts';
import type { HeldCharter } from './store/charters.ts';
import { takeApart } from './take-apart.ts';
import { inflateBatch, readBody } from './wire.ts';

const MAX_WIRE_BYTES = Math.max(...BATCH_SIZES_BYTES);

export interface IngestParts {
  store: Store;
  secrets: Secrets;
  limits: RateLimits;
  nowEpochMs: () => number;
}

/** Takes one batch request to its end. */
export async function receiveBatch(
  request: Request,
  { store, secrets, limits, nowEpochMs }: IngestParts,
): Promise<'stored' | Refusal> {
  const notAllowed =
    (await checkKey(request.headers, 'participant', { store, nowEpochMs })) ??
    limits.takeBatch(request.headers);
  if (notAllowed) return notAllowed;
  if (request.headers.get('content-type') !== BATCH_MEDIA_TYPE) return refuse('media-type-unsupported');
  const body = await readBody(request, MAX_WIRE_BYTES);
  if (isRefusal(body)) return body;
  const text = inflateBatch(body);
  if (isRefusal(text)) return text;
  const batch = parseBatch(text);
  if (isRefusal(batch)) return batch;

  const now = nowEpochMs();
  const held = await store.findCharter(batch.charter);
  const charter = acceptedCharter(held, now);
  if (isRefusal(charter)) return charter;
  const notOffered = checkOffered(batch, charter, now);
  if (notOffered) return notOffered;
  const dayIsFull = limits.takeOfDay(request.headers, batch.charter, charter);
  if (dayIsFull) return dayIsFull;

  const { text: whatItSays, ...apart } = takeApart(batch);
  const outcome = await store.addBatch({
    ...secrets.fingerprintBatch(batch.batchId, whatItSays),
    ...apart,
    receivedOn: dayOf(now),
    charter: held!.number,
  });
  return outcome === 'different' ? refuse('batch-different') : 'stored';
}

/** The charter of a batch, if its batches are still taken. */
function acceptedCharter(held: HeldCharter | undefined, nowEpochMs: number): Charter | Refusal {
  if (held === undefined) return refuse('charter-unknown');
  if (held.state === 'withdrawn') return refuse('charter-withdrawn');
  const parsed = parseCharter(held.json);
  if (!parsed.ok) throw new Error('a held charter can always be read');
  if (held.state === 'superseded' && held.sinceDay < oldestDay(parsed.charter, nowEpochMs)) {
    return refuse('charter-withdrawn');
  }
  return parsed.charter;
}
