/**
 * Pulling: readers list the releases of their purpose and fetch records and tombstones page by page.
 *
 * Runs in the collector. Each page of records is in the access log before it is answered. Must never show a record that
 * is in no release, a day, or a release of another purpose than the one stated.
 */
import { z } from 'zod';
import type { Charter } from '../src/charter/charter.ts';
import {
  RecordsQuery,
  type TombstonesPage,
  type AccessLog,
  type RecordsPage,
  type ReleaseList,
} from '../src/trace/collector-api.ts';
import { dayOf, RecordId } from '../src/trace/primitives.ts';
import { isoWeekOf, type PublishedRow } from '../src/trace/published.ts';
import { readingPurposeOf } from '../src/trace/reading-purpose.ts';
import { checkKey, findReader, type Reader, type RequestParts } from './authorize.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';
import type { HeldRelease, PulledRecord } from './store/pulls.ts';

const MAX_TOMBSTONES = 10_000;
const MAX_LOG_ENTRIES = 1000;

const TombstonesQuery = z.strictObject({ after: RecordId.optional() });

/** All releases of the stated purpose, with the charters of their records. */
export async function listReleases(request: Request, parts: RequestParts): Promise<ReleaseList | Refusal> {
  const { store } = parts;
  const reader = await findReader(request.headers, parts);
  if (isRefusal(reader)) return reader;
  // An empty list would hide a purpose that is merely misspelt.
  const held = await store.listCharters();
  const known = held.flatMap(({ json }) => readingPurposesOf(JSON.parse(json) as Charter));
  if (!known.includes(reader.purpose)) return refuse('purpose-not-allowed');
  const [releases, charters] = await Promise.all([
    store.listReleases(reader.purpose),
    store.listReleasedCharters(reader.purpose),
  ]);
  return {
    releases: releases.map(({ number, sealedOn, schemaVersion, withdrawn, tombstones, ...counts }) => ({
      number,
      sealedOn,
      schemaVersion,
      withdrawn,
      counts: {
        motion: counts.motions,
        rhythm: counts.rhythms,
        episode: counts.episodes,
        trace: counts.traces,
      },
      tombstones,
    })),
    charters: Object.fromEntries(charters.map(({ hash, json }) => [hash, json])),
  };
}

/** What a charter's records may be read for; the linked purpose only where it looks for volunteers. */
function readingPurposesOf({ purpose, protection }: Charter): string[] {
  return [purpose, readingPurposeOf(purpose, protection)];
}

/** One page of a release's records. */
export async function pullRecords(
  request: Request,
  releaseNumber: string,
  parts: RequestParts,
): Promise<RecordsPage | Refusal> {
  const found = await findReleaseFor(request, releaseNumber, parts);
  if (isRefusal(found)) return found;
  const query = parseQuery(RecordsQuery, request);
  if (isRefusal(query)) return query;
  const { kind, after = '', until, limit } = query;
  const page = await parts.store.pullRecords({
    reader: found.reader.name,
    purpose: found.reader.purpose,
    release: found.release.number,
    kind,
    day: dayOf(parts.nowEpochMs()),
    after,
    until,
    limit,
  });
  return { rows: page.rows.map((record) => publish(kind, record)), next: page.next };
}

/** One page of the ids that a release has lost since it was sealed. */
export async function pullTombstones(
  request: Request,
  releaseNumber: string,
  parts: RequestParts,
): Promise<z.infer<typeof TombstonesPage> | Refusal> {
  const found = await findReleaseFor(request, releaseNumber, parts);
  if (isRefusal(found)) return found;
  const query = parseQuery(TombstonesQuery, request);
  if (isRefusal(query)) return query;
  return parts.store.listTombstones(found.release.number, query.after ?? '', MAX_TOMBSTONES);
}

/** Who pulled what, for the participants. */
export async function showAccessLog(request: Request, parts: RequestParts): Promise<AccessLog | Refusal> {
  const notAllowed = await checkKey(request.headers, 'participant', parts);
  if (notAllowed) return notAllowed;
  const { store } = parts;
  const [pulls, head] = await Promise.all([store.listPulls(MAX_LOG_ENTRIES), store.accessHead()]);
  return { head, entries: pulls.map(({ day, ...pull }) => ({ ...pull, at: day })) };
}

async function findReleaseFor(
  request: Request,
  releaseNumber: string,
  parts: RequestParts,
): Promise<{ reader: Reader; release: HeldRelease } | Refusal> {
  const reader = await findReader(request.headers, parts);
  if (isRefusal(reader)) return reader;
  const isNumber = /^[1-9]\d{0,8}$/.test(releaseNumber);
  const release = isNumber ? await parts.store.findRelease(Number(releaseNumber)) : undefined;
  if (release === undefined || release.withdrawn) return refuse('not-found');
  return release.purpose === reader.purpose ? { reader, release } : refuse('purpose-not-allowed');
}

function parseQuery<Schema extends z.ZodType>(schema: Schema, request: Request): z.infer<Schema> | Refusal {
  const parsed = schema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue) => issue.path.map(String).join('.') || 'query');
  return refuse('request-invalid', [...new Set(places)]);
}

/** The record as readers see it; what only few have met was hidden when it was sealed. */
function publish(kind: string, { charter, level, schemaVersion, ...held }: PulledRecord): PublishedRow {
  const { recordId, recordedOn, body } = held;
  const record = { kind, recordId, recordedWeek: isoWeekOf(recordedOn), ...(JSON.parse(body) as object) };
  return { charter, level, schemaVersion, record } as PublishedRow;
}
