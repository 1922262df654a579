/**
 * Due records -> a batch: drawn at random, packed to at most the largest fixed size, padded.
 *
 * Background only. Random, so that a batch is a mixture of what is due and its order says nothing. One charter and
 * one level a batch.
 */
import { randomInt, shuffled, type Random } from '../trace/random.ts';
import { padToFixedSize, type TraceBatch } from '../trace/batch.ts';
import { MAX_BATCH_RECORDS, SCHEMA_VERSION } from '../trace/limits.ts';
import type { TraceRecord } from '../trace/record.ts';
import { addBatch, dueRecordIds } from '../queue/batches.ts';
import type { QueueDatabase } from '../queue/queue.ts';
import type { QueuedRecord } from '../queue/queue-schema.ts';

/** Draws one batch from what is due and puts it into the queue. @returns whether there is one. */
export async function drawBatch(queue: QueueDatabase, nowMs: number, random: Random): Promise<boolean> {
  const dueIds = shuffled(await dueRecordIds(queue, nowMs), random);
  const records = await pickAlike(queue, dueIds, random);
  if (records.length === 0) return false;
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
    return await addBatch(
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
  }
  throw new Error('one record does not fit the largest batch: the limits of the contract are wrong');
}

/** The batch as it goes over the wire; undefined if it is larger than the largest fixed size. */
export async function packBatch(batch: TraceBatch): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const json = new Blob([JSON.stringify(batch)]);
  const gzipped = await new Response(json.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  return padToFixedSize(new Uint8Array(gzipped));
}

type DrawnRecord = QueuedRecord & { record: TraceRecord };

/** The first records of the shuffled list that share charter and level with one of them, picked at random. */
async function pickAlike(
  queue: QueueDatabase,
  shuffledIds: readonly string[],
  random: Random,
): Promise<DrawnRecord[]> {
  const lead = await queue.get('records', shuffledIds[randomInt(random, shuffledIds.length)] ?? '');
  if (lead === undefined) return [];
  const alike: DrawnRecord[] = [];
  for (const recordId of shuffledIds) {
    const candidate = await queue.get('records', recordId);
    if (
      candidate?.record === undefined ||
      candidate.charter !== lead.charter ||
      candidate.level !== lead.level
    )
      continue;
    // A sighting tells that this installation met something for the first time: it travels alone.
    if (
      lead.kind === 'sighting'
        ? candidate !== lead && candidate.recordId !== lead.recordId
        : candidate.kind === 'sighting'
    )
      continue;
    alike.push(candidate as DrawnRecord);
    if (alike.length === MAX_BATCH_RECORDS) break;
  }
  return alike;
}
