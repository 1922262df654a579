import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TraceRecord } from '../src/trace/record.ts';
import { canonicalBody } from './canonical-body.ts';
import { takeApart } from './take-apart.ts';
import { aBatch, aMotion, anEpisode, aRhythm, aSighting, aTrace } from './testing/builders.ts';

const RECORDS: TraceRecord[] = [
  aMotion(1),
  aMotion(1, { end: 'drag' }),
  aMotion(1, { endOffset: null }),
  aMotion(1, { split: 0 }),
  aMotion(2),
  aMotion(1, { recordedOn: '2026-11-24' }),
  aRhythm(3),
  anEpisode(4),
  anEpisode(4, { outcome: 'unknown' }),
  aTrace(5),
  aSighting(6),
  aSighting(6, { scope: 'keys' }),
  aSighting(6, { seen: { what: 'app', app: 'desk' } }),
  aSighting(6, { recordedOn: '2026-11-24' }),
];
const someRecords = fc.array(fc.constantFrom(...RECORDS), { minLength: 1, maxLength: 4 });

/** The same with the fields of every object in the order that the numbers give. */
function reordered(value: unknown, order: readonly number[]): unknown {
  if (Array.isArray(value)) return value.map((item) => reordered(item, order));
  if (typeof value !== 'object' || value === null) return value;
  const rank = (index: number) => order[index % order.length]!;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, field], index) => ({ name, field: reordered(field, order), rank: rank(index) }))
      .sort((one, other) => one.rank - other.rank)
      .map(({ name, field }) => [name, field]),
  );
}

test('bodies are canonical JSON, whatever order the fields came in', () => {
  const order = fc.array(fc.nat(), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(fc.constantFrom(...RECORDS), order, (record, ranks) => {
      expect(canonicalBody(reordered(record, ranks) as object)).toBe(canonicalize(record));
    }),
    { numRuns: 300 },
  );
  expect(canonicalBody(aMotion(1), ['kind', 'path', 'recordId', 'recordedOn', 'end'])).toBe(
    '{"endOffset":{"xQuarters":1,"yQuarters":0}}',
  );
});

test('two batches have the same text only if they say the same', () => {
  const charters = fc.constantFrom('c'.repeat(64), 'd'.repeat(64));
  const levels = fc.constantFrom('balanced' as const, 'strict' as const);
  const batches = fc.tuple(charters, someRecords, levels).map(([charter, records, level]) => {
    return aBatch(charter, records, { level });
  });
  fc.assert(
    fc.property(batches, batches, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), (one, other, ranks) => {
      const isSame = canonicalize(one) === canonicalize(other);
      expect(takeApart(one).text === takeApart(other).text).toBe(isSame);
      expect(takeApart(reordered(one, ranks) as typeof one).text).toBe(takeApart(one).text);
    }),
    { numRuns: 500 },
  );
});
