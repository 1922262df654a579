/**
 * Due records -> a batch: drawn at random, packed to at most the largest fixed size, padded.
 *
 * Background only. Random, so that a batch is a mixture of what is due and its order says nothing. One charter and
 * one level a batch.
 */
import { shuffled, type Random } from '../trace/random.ts';
import { padToFixedSize, type TraceBatch } from '../trace/batch.ts';
import { MAX_BATCH_RECORDS, MAX_INFLATED_BYTES, SCHEMA_VERSION } from '../trace/limits.ts';
import type { TraceRecord } from '../trace/record.ts';
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
  const dueIds = shuffled(await dueRecordIds(queue, nowMs), random);
  const records = await pickAlike(queue, dueIds, what);
  if (records.length === 0) return 0;
  for (let count = records.length; count > 0; count = Math.floor(count / 2)) {
    const drawn = records.slice(0, count);
    const batchId = crypto.randomUUID();
    const body = await packBatch({
      schemaVersion: SCHEMA_VERSION,
      batchId,
      charter: drawn[0]!.charter,
      level: drawn[0]!.level,
      records: drawn.map((record) => record.record),
    });
    if (body === undefined) continue;
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

/** The batch as it goes over the wire; undefined if it is too large for the wire, or for the collector once inflated. */
async function packBatch(batch: TraceBatch): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const json = new Blob([JSON.stringify(batch)]);
  if (json.size > MAX_INFLATED_BYTES) return undefined;
  const gzipped = await new Response(json.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  return padToFixedSize(new Uint8Array(gzipped));
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
    if (candidate?.record === undefined || (candidate.kind === 'sighting') !== (what === 'sighting'))
      continue;
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
