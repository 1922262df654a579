import { expect, test } from 'vitest';
import { checkOffered } from '../../server/check-offered.ts';
import { parseBatch } from '../../server/parse-batch.ts';
import { isRefusal } from '../../server/refusal.ts';
import { inflateBatch } from '../../server/wire.ts';
import { inBatchesOf, sentByDevices, withNewIds } from './realistic-batches.ts';

const sent = await sentByDevices({ people: 2, days: 1, seed: 3 });
const nowEpochMs = Date.parse(`${sent.lastDay}T12:00:00Z`);

test('are batches that the collector takes, of every kind of record but traces', () => {
  const kinds = new Set<string>();
  for (const { body, batch } of sent.requests) {
    const text = inflateBatch(body);
    if (isRefusal(text)) throw new Error(text.error);
    expect(parseBatch(text)).toEqual(batch);
    expect(checkOffered(batch, sent.charter, nowEpochMs)).toBeUndefined();
    for (const { kind } of batch.records) kinds.add(kind);
  }
  expect([...kinds].sort()).toEqual(['episode', 'motion', 'rhythm', 'sighting']);
});

test('can be put into batches of one size, and sent again under ids of their own', () => {
  const batches = inBatchesOf(20, sent, 1);
  expect(batches.length).toBeGreaterThan(1);
  const again = batches.map(withNewIds);
  const idsOf = (all: typeof batches) =>
    all.flatMap(({ records }) => records.map(({ recordId }) => recordId));
  expect(new Set([...idsOf(batches), ...idsOf(again)]).size).toBe(2 * 20 * batches.length);
  for (const batch of again) expect(parseBatch(JSON.stringify(batch))).toEqual(batch);
});
