/**
 * A batch: how records travel, and nothing more.
 *
 * Records drawn at random from what is due, under one charter and one level. On the wire it is gzip followed by
 * zero bytes up to one of the fixed sizes, the padding that gzip readers are specified to ignore, so that the size
 * of a request says little about the work done.
 */
import { z } from 'zod';
import { LEVELS } from '../charter/charter.ts';
import { BATCH_SIZES_BYTES, MAX_BATCH_RECORDS, SCHEMA_VERSION } from './limits.ts';
import { fieldAgainstLevel } from './level-check.ts';
import { CharterHash } from './primitives.ts';
import { TraceRecord } from './record.ts';

/** What is around the records; they may be anything, but not more than allowed. */
export const BatchEnvelope = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION).meta({ description: 'Version of this format.' }),
  batchId: z
    .uuid({ version: 'v4' })
    .meta({ description: 'Random; lets a repeated request be recognised, forgotten after seven days.' }),
  charter: CharterHash,
  level: z.enum(LEVELS).meta({ description: 'Protection level of every record in it.' }),
  records: z.array(z.unknown()).min(1).max(MAX_BATCH_RECORDS),
});

export const TraceBatch = BatchEnvelope.extend({
  records: z.array(TraceRecord).min(1).max(MAX_BATCH_RECORDS),
}).superRefine((batch, context) => {
  batch.records.forEach((record, index) => {
    const field = fieldAgainstLevel(record, batch.level);
    if (field) {
      context.addIssue({
        code: 'custom',
        path: ['records', index, ...field],
        message: 'is not what the level allows',
      });
    }
  });
});
export type TraceBatch = z.infer<typeof TraceBatch>;

/** The gzip'd batch padded with zero bytes to the smallest fixed size it fits; undefined if it fits none. */
export function padToFixedSize(gzipped: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const sizeBytes = BATCH_SIZES_BYTES.find((size) => gzipped.length <= size);
  if (sizeBytes === undefined) return undefined;
  const padded = new Uint8Array(sizeBytes);
  padded.set(gzipped);
  return padded;
}
