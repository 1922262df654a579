/**
 * Ingest: what came over the network becomes stored records, or is refused.
 *
 * Runs in the collector, the one door for recorded data. Checks go from cheap to dear: key, rate, media type, size,
 * gzip, JSON, schema, charter, what the charter offers, the day's cap, then the store. Must never store what was not
 * checked whole, and never answer before the store has committed.
 */
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { LEVELS, parseCharter, type Charter } from '../src/charter/charter.ts';
import { isSplitOf } from '../src/charter/split-buckets.ts';
import { TraceBatch } from '../src/trace/batch.ts';
import { BATCH_MEDIA_TYPE } from '../src/trace/collector-api.ts';
import { BATCH_SIZES_BYTES, SCHEMA_VERSION } from '../src/trace/limits.ts';
import { dayOf } from '../src/trace/primitives.ts';
import { isoWeekOf } from '../src/trace/published.ts';
import { scopesOf, type TraceRecord } from '../src/trace/record.ts';
import { checkKey } from './authorize.ts';
import type { RateLimits } from './rate-limit.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';
import type { Secrets } from './secrets.ts';
import type { Store } from './store.ts';
import type { ArrivedBatch, ArrivedRecord, ArrivedSighting } from './store/batches.ts';
import type { HeldCharter } from './store/charters.ts';
import { inflateBatch, readBody } from './wire.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A record may come this long after its hold ended; a superseded charter is accepted as long. */
const LATE_DAYS = 30;
/** A device's clock may be this much ahead, so that near midnight it may write tomorrow's date. */
const CLOCK_AHEAD_MS = HOUR_MS;
const MAX_WIRE_BYTES = Math.max(...BATCH_SIZES_BYTES);
const MAX_PATHS = 20;

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
  const text = await inflateBatch(body);
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

  const fingerprint = secrets.fingerprintBatch(batch.batchId, canonicalize(batch)!);
  const outcome = await store.addBatch({
    ...fingerprint,
    receivedOn: dayOf(now),
    ...takeApart(batch),
    charter: held!.number,
  });
  return outcome === 'different' ? refuse('batch-different') : 'stored';
}

/** Reads a batch's JSON text by the strict schema of its version. */
export function parseBatch(text: string): TraceBatch | Refusal {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return refuse('not-json');
  }
  const version = z.object({ schemaVersion: z.int().gt(SCHEMA_VERSION) }).safeParse(document);
  if (version.success) return refuse('schema-unknown');
  const parsed = TraceBatch.safeParse(document);
  return parsed.success ? parsed.data : refuse('schema-invalid', pathsOfFaults(parsed.error));
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

/** The earliest day that records may bear: the hold and `LATE_DAYS` ago. */
function oldestDay(charter: Charter, nowEpochMs: number): string {
  return dayOf(nowEpochMs - charter.holdHours * HOUR_MS - LATE_DAYS * DAY_MS);
}

/** Checks level, scopes, labels, buckets and days against the charter, in this order. */
function checkOffered(batch: TraceBatch, charter: Charter, nowEpochMs: number): Refusal | undefined {
  if (LEVELS.indexOf(batch.level) < LEVELS.indexOf(charter.protection)) return refuse('level-not-offered');

  const scopePaths = pathsOf(batch, (record) =>
    scopesOf(record).every((scope) => charter.scopes.includes(scope)) ? [] : ['kind'],
  );
  if (scopePaths.length > 0) return refuse('scope-not-offered', scopePaths);

  const apps = new Set(charter.apps.map((app) => app.label));
  const tasks = new Set(charter.tasks);
  const labelPaths = pathsOf(batch, (record) => unknownLabels(record, apps, tasks));
  if (labelPaths.length > 0) return refuse('label-unknown', labelPaths);

  const splitPaths = pathsOf(batch, (record) => unfitSplit(record, charter));
  if (splitPaths.length > 0) return refuse('split-unfit', splitPaths);

  const earliest = oldestDay(charter, nowEpochMs);
  const latest = dayOf(nowEpochMs + CLOCK_AHEAD_MS);
  const dayPaths = pathsOf(batch, (record) =>
    record.recordedOn < earliest || record.recordedOn > latest ? ['recordedOn'] : [],
  );
  return dayPaths.length > 0 ? refuse('day-out-of-range', dayPaths) : undefined;
}

function pathsOf(batch: TraceBatch, faultsOf: (record: TraceRecord) => string[]): string[] {
  return batch.records
    .flatMap((record, index) => faultsOf(record).map((path) => `records.${index}.${path}`))
    .slice(0, MAX_PATHS);
}

function unknownLabels(record: TraceRecord, apps: ReadonlySet<string>, tasks: ReadonlySet<string>): string[] {
  if (record.kind === 'sighting') {
    return record.seen.what === 'app' && !apps.has(record.seen.app) ? ['seen.app'] : [];
  }
  if (record.kind !== 'episode' && record.kind !== 'trace') return [];
  return [
    ...record.views.flatMap((view, index) => (apps.has(view.app) ? [] : [`views.${index}.app`])),
    ...record.steps.flatMap((step, index) =>
      step.task === undefined || tasks.has(step.task) ? [] : [`steps.${index}.task`],
    ),
  ];
}

function unfitSplit(record: TraceRecord, charter: Charter): string[] {
  if (record.kind !== 'sighting') return isSplitOf(record.split, charter) ? [] : ['split'];
  // Only contributions are counted by bucket.
  if (record.seen.what !== 'contributed') return [];
  return isSplitOf(record.seen.split, charter) ? [] : ['seen.split'];
}

type TakenApart = Pick<ArrivedBatch, 'level' | 'schemaVersion' | 'records' | 'sightings'>;

/** The batch as the store takes it: records each on its own, in a form that does not show who wrote it. */
function takeApart({ level, schemaVersion, records: mixed }: TraceBatch): TakenApart {
  const records: ArrivedRecord[] = [];
  const sightings: ArrivedSighting[] = [];
  for (const record of mixed) {
    const { kind, recordId, recordedOn, ...rest } = record;
    if (record.kind === 'sighting') {
      const { scope, seen } = record;
      sightings.push({ recordId, scope, what: seen.what, key: keyOf(seen), week: isoWeekOf(recordedOn) });
    } else if (kind !== 'sighting') {
      // Canonical: the order of a sender's fields would be one more thing to tell senders apart by.
      records.push({ recordedOn, kind, recordId, body: canonicalize(rest)! });
    }
  }
  return { level, schemaVersion, records, sightings };
}

function keyOf(seen: (TraceRecord & { kind: 'sighting' })['seen']): string {
  switch (seen.what) {
    case 'contributed':
      return seen.split === undefined ? '' : String(seen.split);
    case 'app':
      return seen.app;
    case 'view':
      return seen.viewKey;
    case 'element':
      return seen.elementKey;
  }
}

/** Where a document breaks its schema. Paths hold the contract's own names only: no record of it has free keys. */
function pathsOfFaults(error: z.ZodError): string[] {
  const places = error.issues.map((issue) => issue.path.map(String).join('.') || 'batch');
  return [...new Set(places)].slice(0, MAX_PATHS);
}
