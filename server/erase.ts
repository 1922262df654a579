/**
 * Erasure: whoever shows the secret of a record has it removed, and gets a signed answer.
 *
 * Runs in the collector. One record a request, so that a request never says which records are one person's. Must
 * never store or log the secret, or when it was shown.
 */
import { ErasureRequest, type ErasureAnswer, type SignedErasureAnswer } from '../src/trace/collector-api.ts';
import { dayOf } from '../src/trace/primitives.ts';
import { recordIdOf } from '../src/trace/record-id.ts';
import type { z } from 'zod';
import { checkKey } from './authorize.ts';
import type { IngestParts } from './ingest.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';
import { readBody } from './wire.ts';

const MAX_REQUEST_BYTES = 1024;

/** Takes one erasure request to its end; asked again, it answers `not-held`. */
export async function receiveErasure(
  request: Request,
  { store, secrets, limits, nowEpochMs }: IngestParts,
): Promise<z.infer<typeof SignedErasureAnswer> | Refusal> {
  const notAllowed =
    (await checkKey(request.headers, 'participant', { store, nowEpochMs })) ??
    limits.takeErasure(request.headers);
  if (notAllowed) return notAllowed;
  if (request.headers.get('content-type')?.split(';')[0]?.trim() !== 'application/json') {
    return refuse('media-type-unsupported');
  }
  const body = await readBody(request, MAX_REQUEST_BYTES);
  if (isRefusal(body)) return body;
  const asked = parseErasure(body);
  if (isRefusal(asked)) return asked;

  const today = dayOf(nowEpochMs());
  const erasure = await store.eraseRecord(await recordIdOf(asked.secret), today.slice(0, 7));
  const answer: ErasureAnswer = { ...erasure, answeredOn: today };
  const text = JSON.stringify(answer);
  return { answer: text, signature: secrets.sign(text) };
}

function parseErasure(body: Uint8Array): z.infer<typeof ErasureRequest> | Refusal {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return refuse('not-json');
  }
  const parsed = ErasureRequest.safeParse(document);
  return parsed.success ? parsed.data : refuse('request-invalid', ['secret']);
}
