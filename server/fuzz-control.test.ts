/**
 * The fuzz against a collector whose schema has a hole: it must find what then is stored.
 *
 * In a file of its own, since the schema is replaced for everything that it imports.
 */
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import type * as batch from '../src/trace/batch.ts';
import { openTestCollector } from './testing/collector.ts';
import { runCampaign } from './testing/fuzz/campaign.ts';

/** The real schema, but for the numbers of paths and rhythms: any are taken, whatever their level promises. */
vi.mock('../src/trace/batch.ts', async (importOriginal) => {
  const original = await importOriginal<typeof batch>();
  const isBatch = (document: unknown) => z.validate(original.TraceBatch, withFittingNumbers(document));
  return { ...original, TraceBatch: z.custom(isBatch) };
});

function withFittingNumbers(document: unknown): unknown {
  const text = JSON.stringify(document, (name, value: unknown) => {
    if (!Array.isArray(value)) return value;
    if (name === 'intervalMs') return value.map(() => 104);
    return ['dxPx', 'dyPx', 'dtMs'].includes(name) ? value.map(() => 0) : (value as unknown);
  }) as string | undefined;
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

test('numbers that no level allows are found in the store', { timeout: 120_000 }, async () => {
  const { counts, fault } = await runCampaign({
    requests: 5000,
    seed: 3,
    openCollector: (charter) => openTestCollector(charter),
  });
  expect(counts['batch 204']).toBeGreaterThan(0);
  expect(fault?.what).toMatch(/is stored (that the schema does not take|against its level)/);
  const plan = fault?.plan;
  if (plan?.door !== 'batch') throw new Error('not by a batch');
  // Shrunk to what it takes.
  expect(plan.records).toHaveLength(1);
  expect(plan.edits).toHaveLength(1);
  expect(plan).toMatchObject({ text: undefined, wire: undefined, headers: undefined });
});
