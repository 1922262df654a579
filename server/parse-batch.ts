/**
 * A batch's JSON text -> a batch by the strict schema of its version, or where it breaks it.
 *
 * Runs in the collector; pure. A right batch costs one pass by the compiled schema, a wrong one little more, however
 * many faults it has. Must never tell a value, or take what the schema itself would not.
 */
import { z } from 'zod';
import { BatchEnvelope, TraceBatch } from '../src/trace/batch.ts';
import { fieldAgainstLevel } from '../src/trace/level-check.ts';
import { MAX_BATCH_RECORDS, SCHEMA_VERSION } from '../src/trace/limits.ts';
import { TraceRecord } from '../src/trace/record.ts';
import { refuse, type Refusal } from './refusal.ts';

/** Enough to find what is wrong with a client; all of a large batch's faults would only be traffic. */
export const MAX_PATHS = 20;

/**
 * The schema as one function, which takes a third of the time.
 *
 * It decides only that a batch is right. Compiling needs `new Function`, which extensions may not use: never in `src`.
 */
const compiledBatch = z.compile(TraceBatch);

const NewerVersion = z.object({ schemaVersion: z.int().gt(SCHEMA_VERSION) });

export function parseBatch(text: string): TraceBatch | Refusal {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return refuse('not-json');
  }
  // No schema of a batch has defaults or transforms: what fits is the batch already, and need not be built anew.
  if (z.validate(compiledBatch, document)) return document;
  if (NewerVersion.safeParse(document).success) return refuse('schema-unknown');
  return refuse('schema-invalid', placesOfFaults(document));
}

/**
 * Where a document breaks the schema. Paths hold the contract's own names only: no record of it has free keys.
 *
 * Record by record, until enough is found: a batch of half a megabyte can have a million faults, which the schema
 * would collect for seconds.
 */
function placesOfFaults(document: unknown): string[] {
  const places = new Set<string>();
  const add = (path: readonly PropertyKey[]) => places.add(path.map(String).join('.') || 'batch');
  const envelope = BatchEnvelope.safeParse(document);
  for (const { path } of envelope.error?.issues ?? []) add(path);

  const { records, level } = (document ?? {}) as { records?: unknown; level?: unknown };
  const isLevel = BatchEnvelope.shape.level.safeParse(level);
  for (const [index, record] of recordsOf(records).entries()) {
    if (places.size >= MAX_PATHS) break;
    const parsed = TraceRecord.safeParse(record);
    for (const { path } of parsed.error?.issues ?? []) add(['records', index, ...path]);
    if (!parsed.success || !isLevel.success) continue;
    const field = fieldAgainstLevel(parsed.data, isLevel.data);
    if (field !== undefined) add(['records', index, ...field]);
  }
  return [...places].slice(0, MAX_PATHS);
}

function recordsOf(given: unknown): unknown[] {
  return Array.isArray(given) && given.length <= MAX_BATCH_RECORDS ? given : [];
}
