/**
 * A plan -> the request itself, with what the checks must know of it.
 *
 * Runs in the fuzz of the collector only; the same plan gives the same request to the same collector.
 */
import { BATCH_MEDIA_TYPE, PATHS, PURPOSE_HEADER } from '../../../src/trace/collector-api.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';
import {
  aBatch,
  aMotion,
  anEpisode,
  aRhythm,
  aSighting,
  aStep,
  aTarget,
  aTrace,
  aView,
  batchIdOf,
  keyedHashOf,
  secretOf,
} from '../builders.ts';
import type { ContractWords } from './contract-words.ts';
import { packed, TEXT_EDITS, WIRE_EDITS } from './edit-bytes.ts';
import { editedText, MARK } from './edit-document.ts';
import { BATCH_HEADERS, BODIES, METHODS, PATHS_ASKED, PURPOSES, QUERIES } from './odd-requests.ts';
import type { BatchPlan, ErasurePlan, OtherPlan, Plan } from './plan.ts';

export interface Terms {
  charterHash: string;
  participantKey: string;
  readerKey: string;
  words: ContractWords;
}

export interface MadeRequest {
  request: Request;
  door: Plan['door'];
  /** The batch's JSON text, where nothing but the text can be wrong. */
  text: string | undefined;
  /** What the request says that no refusal may repeat. */
  said: string[];
}

const ORIGIN = 'http://localhost';
/** Ids, keys, hashes and secrets: long texts that are no words of the contract. */
const LONG_TEXT = /[\w-]{11,}/g;
const MAX_SAID = 50;

/** @throws TypeError where no client could make such a request. */
export function makeRequest(plan: Plan, terms: Terms): MadeRequest {
  switch (plan.door) {
    case 'batch':
      return batchRequest(plan, terms);
    case 'erasure':
      return erasureRequest(plan, terms);
    case 'other':
      return otherRequest(plan, terms);
  }
}

function batchRequest(plan: BatchPlan, terms: Terms): MadeRequest {
  const batch = aBatch(
    terms.charterHash,
    plan.records.map((record) => recordOf(record, plan.level)),
    {
      batchId: batchIdOf(plan.batch),
      level: plan.level,
    },
  );
  const text = editedText(batch, plan.edits, terms.words);
  const json =
    plan.text === undefined ? Buffer.from(text) : bytesOf(TEXT_EDITS[plan.text.how](text, plan.text.choice));
  const body =
    plan.wire === undefined
      ? packed(json)
      : new Uint8Array(WIRE_EDITS[plan.wire.how](json, plan.wire.choice));
  const headers = headersOf(plan.headers, terms.participantKey, BATCH_MEDIA_TYPE);
  const isTextAsItIs = plan.text === undefined && plan.wire === undefined && plan.headers === undefined;
  return {
    request: new Request(ORIGIN + PATHS.batches, { method: 'POST', headers, body }),
    door: plan.door,
    text: isTextAsItIs ? text : undefined,
    said: saidIn(text, terms),
  };
}

function erasureRequest(plan: ErasurePlan, terms: Terms): MadeRequest {
  const text = editedText({ secret: secretOf(plan.number) }, plan.edits, terms.words);
  const body =
    plan.text === undefined
      ? text
      : new Uint8Array(bytesOf(TEXT_EDITS[plan.text.how](text, plan.text.choice)));
  const headers = headersOf(plan.headers, terms.participantKey, 'application/json');
  return {
    request: new Request(ORIGIN + PATHS.erasures, { method: 'POST', headers, body }),
    door: plan.door,
    text: undefined,
    said: saidIn(text, terms),
  };
}

function otherRequest(plan: OtherPlan, terms: Terms): MadeRequest {
  const method = METHODS[plan.method]!;
  const key = { participant: terms.participantKey, reader: terms.readerKey, none: undefined }[plan.key];
  const headers = withoutUndefined({
    authorization: key && `Bearer ${key}`,
    [PURPOSE_HEADER]: PURPOSES[plan.purpose],
  });
  const body = method === 'GET' || method === 'HEAD' ? undefined : BODIES[plan.body];
  const request = new Request(ORIGIN + PATHS_ASKED[plan.path]! + QUERIES[plan.query]!, {
    method,
    headers,
    ...(body !== undefined && { body }),
  });
  return {
    request,
    door: plan.door,
    text: undefined,
    said: [MARK, MARK.toUpperCase(), ...(key ? [key] : [])],
  };
}

/** Of the kind that the level has, but for a few. */
function recordOf({ kind, number }: BatchPlan['records'][number], level: BatchPlan['level']): TraceRecord {
  switch (level === 'linked' && number % 10 !== 0 ? 'trace' : kind) {
    case 'motion':
      return aMotion(number);
    case 'rhythm':
      return aRhythm(number);
    case 'episode': {
      const steps = [
        aStep(),
        aStep({ target: aTarget({ states: ['required', 'invalid'], inputType: 'email' }), view: 1 }),
      ];
      const views = [aView(), aView({ app: 'wiki', viewKey: keyedHashOf(number) })];
      return anEpisode(number, { views, steps, gaps: [{ afterStep: 0, reason: 'paused' }] });
    }
    case 'app':
      return aSighting(number, { seen: { what: 'app', app: 'desk' } });
    case 'view':
      return aSighting(number, { seen: { what: 'view', viewKey: keyedHashOf(number) } });
    case 'contributed':
      return aSighting(number);
    case 'trace':
      return aTrace(number);
  }
}

function headersOf(odd: number | undefined, key: string, mediaType: string): Record<string, string> {
  return withoutUndefined({
    authorization: `Bearer ${key}`,
    'content-type': mediaType,
    ...(odd !== undefined && BATCH_HEADERS[odd]),
  });
}

function saidIn(text: string, { participantKey, charterHash, words }: Terms): string[] {
  const long = (text.match(LONG_TEXT) ?? []).filter(
    (said) => !words.words.includes(said) && !words.names.has(said),
  );
  return [...new Set([MARK, participantKey, charterHash, ...long])].slice(0, MAX_SAID);
}

function bytesOf(text: string | Buffer): Buffer {
  return typeof text === 'string' ? Buffer.from(text) : text;
}

function withoutUndefined(headers: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
