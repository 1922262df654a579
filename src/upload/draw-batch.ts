/**
 * Due records -> a batch: drawn at random, packed to at most the largest fixed size, padded.
 *
 * Background only. Random, so that a batch is a mixture of what is due and its order says nothing. One charter and
 * one level a batch. Filled so that little of it is padding.
 */
import { shuffled, type Random } from '../trace/random.ts';
import { padToFixedSize, type TraceBatch } from '../trace/batch.ts';
import { BATCH_SIZES_BYTES, MAX_BATCH_RECORDS, MAX_INFLATED_BYTES, SCHEMA_VERSION } from '../trace/limits.ts';
import { PUBLISHED_KINDS, type TraceRecord } from '../trace/record.ts';
import { addBatch, dueRecordIds, refuseRecord } from '../queue/batches.ts';
import type { QueueDatabase } from '../queue/queue.ts';
import type { QueuedRecord } from '../queue/queue-schema.ts';

/**
 * Draws one batch from what is due and puts it into the queue.
 *
 * Sightings are drawn apart and one at a time: each tells that this installation met something for the first time,
 * and has a random time of its own.
 *
 * @returns its size in bytes; 0 if there is none.
 */
export async function drawBatch(
  queue: QueueDatabase,
  nowMs: number,
  random: Random,
  what: 'records' | 'sighting' = 'records',
): Promise<number> {
  const kinds = what === 'sighting' ? (['sighting'] as const) : PUBLISHED_KINDS;
  const dueIds = shuffled(await dueRecordIds(queue, nowMs, kinds), random);
  const records = await pickAlike(queue, dueIds, what);
  if (records.length === 0) return 0;
  let count = records.length;
  while (count > 0) {
    const drawn = records.slice(0, count);
    const batchId = crypto.randomUUID();
    const { jsonBytes, gzipped } = await packBatch({
      schemaVersion: SCHEMA_VERSION,
      batchId,
      charter: drawn[0]!.charter,
      level: drawn[0]!.level,
      records: drawn.map((record) => record.record),
    });
    count = betterCount(count, jsonBytes, gzipped.length);
    const body = padToFixedSize(gzipped);
    if (count < drawn.length || body === undefined) continue;
    const isAdded = await addBatch(
      queue,
      {
        batchId,
        body,
        collectorUrl: drawn[0]!.collectorUrl,
        recordCount: drawn.length,
        state: 'sending',
        attempts: 0,
        nextAttemptAtMs: nowMs,
        refusal: undefined,
      },
      drawn.map((record) => record.recordId),
    );
    return isAdded ? body.length : 0;
  }
  // A single record that fits no batch would block all others for ever.
  await refuseRecord(queue, records[0]!.recordId);
  return 0;
}

/** Records differ in size: so much of a size is aimed at. */
const FILLED_SHARE = 0.98;
/** A smaller batch must cost this much less a record: more batches are more requests. */
const WORTH_SHARE = 0.9;

/**
 * How many of so many records should travel together: as they are, or fewer where they do not fit, or where what fills
 * a smaller size costs less a record than the padding of this one.
 *
 * @param jsonBytes size of them all together, at most `MAX_INFLATED_BYTES` in a batch.
 * @param gzipBytes the same gzip'd, before padding.
 * @returns less than `count` whenever they are too large; 0 if one alone is.
 */
export function betterCount(count: number, jsonBytes: number, gzipBytes: number): number {
  const fitting = (share: number) => Math.floor(count * share * FILLED_SHARE);
  const paddedBytes = BATCH_SIZES_BYTES.find((size) => gzipBytes <= size);
  if (paddedBytes === undefined || jsonBytes > MAX_INFLATED_BYTES) {
    const share = Math.min(MAX_INFLATED_BYTES / jsonBytes, BATCH_SIZES_BYTES.at(-1)! / gzipBytes);
    return Math.min(count - 1, Math.max(1, fitting(share)));
  }
  let [best, bytesPerRecord] = [count, paddedBytes / count];
  for (const size of BATCH_SIZES_BYTES.toReversed()) {
    const fewer = fitting(size / gzipBytes);
    if (size >= gzipBytes || fewer < 1 || size / fewer > bytesPerRecord * WORTH_SHARE) continue;
    [best, bytesPerRecord] = [fewer, size / fewer];
  }
  return best;
}

async function packBatch(
  batch: TraceBatch,
): Promise<{ jsonBytes: number; gzipped: Uint8Array<ArrayBuffer> }> {
  const json = new Blob([JSON.stringify(batch)]);
  const gzipped = await new Response(json.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  return { jsonBytes: json.size, gzipped: new Uint8Array(gzipped) };
}

type DrawnRecord = QueuedRecord & { record: TraceRecord };

/** The first records of the shuffled list that may travel together: one charter, one level, one kind of company. */
async function pickAlike(
  queue: QueueDatabase,
  shuffledIds: readonly string[],
  what: 'records' | 'sighting',
): Promise<DrawnRecord[]> {
  const alike: DrawnRecord[] = [];
  for (const recordId of shuffledIds) {
    const candidate = await queue.get('records', recordId);
    if (candidate?.record === undefined) continue;
    const lead = alike[0] ?? candidate;
    const isAlike =
      candidate.charter === lead.charter &&
      candidate.level === lead.level &&
      candidate.company === lead.company;
    if (isAlike) alike.push(candidate as DrawnRecord);
    if (alike.length >= (what === 'sighting' ? 1 : (lead.company ?? MAX_BATCH_RECORDS))) break;
  }
  return alike;
}
