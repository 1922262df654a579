/**
 * What must hold of everything that the collector has stored, whatever it was sent.
 *
 * Runs in the fuzz of the collector only. Throws what is wrong, in words that repeat nothing of what is stored.
 */
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { SCOPES, type Level } from '../../../src/charter/charter.ts';
import { fieldAgainstLevel } from '../../../src/trace/level-check.ts';
import { CharterSlug, Day, KeyedHash, RecordId } from '../../../src/trace/primitives.ts';
import { IsoWeek, isoWeekOf, PublishedRow } from '../../../src/trace/published.ts';
import { TraceRecord } from '../../../src/trace/record.ts';
import { MARK } from './edit-document.ts';

export type Tables = Record<string, unknown[]>;

const Row = z.looseObject({
  recorded_on: Day,
  kind: z.string(),
  record_id: RecordId,
  level: z.string(),
  schema_version: z.int(),
  body: z.string(),
});

const Key = z.discriminatedUnion('what', [
  z.object({ what: z.literal('contributed'), key: z.string().regex(/^[0-9]?$/) }),
  z.object({ what: z.literal('app'), key: CharterSlug }),
  z.object({ what: z.literal('view'), key: KeyedHash }),
  z.object({ what: z.literal('element'), key: KeyedHash }),
]);
const Count = z.intersection(
  Key,
  z.object({ scope: z.enum(SCOPES), week: IsoWeek, count: z.coerce.number().int().positive() }),
);

/** Checks what the tables hold; rows whose text is in `known` were checked before, and new ones join it. */
export function checkStored(tables: Tables, charterHash: string, known: Set<string>): void {
  for (const [table, rows] of Object.entries(tables)) {
    for (const row of rows) {
      const text = textOf(row);
      if (known.has(text)) continue;
      known.add(text);
      if (text.includes(MARK)) throw new Error(`${table} holds what was made up`);
      if (table === 'records') checkRecord(row, charterHash);
      if (table === 'sighting_counts' && !Count.safeParse(row).success)
        throw new Error('a count is stored that the contract does not have');
    }
  }
}

/** Rows as text, to be compared; a store may give its counts as big integers. */
export function textOf(rows: unknown): string {
  return JSON.stringify(rows, (_name, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
}

/** By the strict schemas, as it was sent and as it will be published. */
function checkRecord(given: unknown, charterHash: string): void {
  const row = Row.safeParse(given);
  if (!row.success) throw new Error('a row of records has another form');
  const {
    recorded_on: recordedOn,
    kind,
    record_id: recordId,
    level,
    schema_version: schemaVersion,
    body,
  } = row.data;
  const document = JSON.parse(body) as object;
  if (canonicalize(document) !== body) throw new Error('a body is not canonical');
  const record = TraceRecord.safeParse({ kind, recordId, recordedOn, ...document });
  if (!record.success) throw new Error(`a ${kindWord(kind)} is stored that the schema does not take`);
  if (fieldAgainstLevel(record.data, level as Level)) throw new Error('a record is stored against its level');
  const published = { kind, recordId, recordedWeek: isoWeekOf(recordedOn), ...document };
  const isPublishable = PublishedRow.safeParse({
    charter: charterHash,
    level,
    schemaVersion,
    record: published,
  }).success;
  if (!isPublishable) throw new Error(`a ${kindWord(kind)} is stored that cannot be published`);
}

function kindWord(kind: string): string {
  return /^(motion|rhythm|episode|trace)$/.test(kind) ? kind : 'record';
}
