/**
 * Records -> what they cost on the wire in full batches, by the product's own drawing, packing and padding.
 *
 * Runs in Node, with the product's queue in memory. A short session does not fill a batch; its records are then taken
 * to compress as they do in the batch they make, and the padding is that of a full one.
 */
import 'fake-indexeddb/auto';
import { inflateBatch } from '../../server/wire.ts';
import type { Level } from '../../src/charter/charter.ts';
import { openQueue } from '../../src/queue/queue.ts';
import { BATCH_SIZES_BYTES, MAX_BATCH_RECORDS } from '../../src/trace/limits.ts';
import type { Random } from '../../src/trace/random.ts';
import type { TraceRecord } from '../../src/trace/record.ts';
import { betterCount, drawBatch } from '../../src/upload/draw-batch.ts';
import type { TraceBatch } from '../../src/trace/batch.ts';

export interface BatchCost {
  records: number;
  /** As it is in the batches, envelope included, padding left out. */
  gzipBytes: number;
  /** With the padding that full batches have. */
  wireBytes: number;
  /** Whether at least one batch was full. */
  isFull: boolean;
}

export async function fullBatchCost(
  records: readonly TraceRecord[],
  charter: string,
  level: Level,
  random: Random,
): Promise<BatchCost> {
  const bodies = await draw(records, charter, level, random);
  const sizes = bodies.map(sizeOf);
  const gzipBytes = sum(sizes.map((size) => size.gzipBytes));
  const full = sizes.slice(0, -1);
  if (full.length > 0) {
    const perRecord = sum(full.map((size) => size.paddedBytes)) / sum(full.map((size) => size.records));
    const tight = sum(full.map((size) => size.gzipBytes)) / sum(full.map((size) => size.records));
    return {
      records: records.length,
      gzipBytes: tight * records.length,
      wireBytes: perRecord * records.length,
      isFull: true,
    };
  }
  // What one record more costs, told apart from what a batch costs at all.
  const half = records.filter((_record, index) => index % 2 === 0);
  const halfBytes = sum((await draw(half, charter, level, random)).map((body) => sizeOf(body).gzipBytes));
  const isTold = records.length > 3 && gzipBytes > halfBytes;
  const perRecord = isTold
    ? (gzipBytes - halfBytes) / (records.length - half.length)
    : gzipBytes / records.length;
  const envelopeBytes = Math.max(0, gzipBytes - perRecord * records.length);
  return {
    records: records.length,
    gzipBytes,
    wireBytes: paddedPerRecord(perRecord, envelopeBytes) * records.length,
    isFull: false,
  };
}

/** What a record costs in a batch that is as full as the rules let it be. */
export function paddedPerRecord(gzipBytesPerRecord: number, envelopeBytes: number): number {
  const gzipBytes = (count: number) => envelopeBytes + count * gzipBytesPerRecord;
  const better = (count: number) => betterCount(count, 0, gzipBytes(count));
  let count: number = MAX_BATCH_RECORDS;
  while (better(count) < count) count = better(count);
  return BATCH_SIZES_BYTES.find((size) => gzipBytes(count) <= size)! / count;
}

async function draw(records: readonly TraceRecord[], charter: string, level: Level, random: Random) {
  const queue = await openQueue(`bench-${crypto.randomUUID()}`);
  try {
    for (const [counter, record] of records.entries())
      await queue.add('records', {
        recordId: record.recordId,
        counter,
        kind: record.kind,
        state: 'waiting',
        dueAtMs: 0,
        charter,
        level,
        collectorUrl: 'http://127.0.0.1',
        retentionDays: undefined,
        fragments: 1,
        record,
        batchId: undefined,
        local: { app: '', startMs: 0, parts: [] },
      });
    while ((await drawBatch(queue, 1, random)) > 0);
    const batches = await queue.getAll('batches');
    // In the order in which they were drawn: the last is the one that is not full.
    return batches.sort((one, other) => other.recordCount - one.recordCount).map((batch) => batch.body);
  } finally {
    queue.close();
  }
}

function sizeOf(body: Uint8Array) {
  const text = inflateBatch(body);
  if (typeof text !== 'string') throw new Error(`a batch cannot be read: ${text.error}`);
  const { records } = JSON.parse(text) as TraceBatch;
  const lastByte = body.findLastIndex((byte) => byte !== 0);
  return { paddedBytes: body.length, gzipBytes: lastByte + 1, records: records.length };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
