/**
 * What waits in DuckDB's memory is bounded, however long the records of a range are.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PublishedKind } from '../src/trace/record.ts';
import type { PublishedRecord } from '../src/trace/published.ts';
import { MAX_EPISODE_STEPS } from '../src/trace/limits.ts';
import { readParquetSql } from './parquet.ts';
import { openStaging } from './staging.ts';
import type { Source } from './table.ts';
import { TABLES_BY_KIND } from './tables.ts';
import { query, withTemporaryFolder } from './testing/dataset-reader.ts';
import { aStep, aTarget, aTrace, anEpisode, keyedHashFor, recordIdFor } from './testing/published-rows.ts';

const LONG_RECORDS = 1100;
const RECORDS_A_PAGE = 100;

/** As many steps as an episode can have, each with a target and a destination that look like no other. */
function longSteps(seed: number) {
  return Array.from({ length: MAX_EPISODE_STEPS }, (_, index) => {
    const elementKey = keyedHashFor(`element ${(seed * 7 + index) % 500}`);
    return aStep({
      action: index % 2 === 0 ? 'drag' : 'click',
      target: aTarget({ elementKey }),
      destination: aTarget({ elementKey, role: 'link' }),
    });
  });
}

const makers: Partial<Record<PublishedKind, (seed: number) => PublishedRecord>> = {
  episode: (seed) => anEpisode(seed, { steps: longSteps(seed % 16) }),
  trace: (seed) => aTrace(seed, { steps: longSteps(seed % 16) }),
};

describe('staging', () => {
  it.each(['episode', 'trace'] as const)(
    'takes and writes the longest records, of the kind %s',
    { timeout: 120_000 },
    (kind) =>
      withTemporaryFolder(async (folder) => {
        const staging = await openStaging(kind, join(folder, 'spill'));
        try {
          for (let first = 0; first < LONG_RECORDS; first += RECORDS_A_PAGE) {
            staging.add(Array.from({ length: RECORDS_A_PAGE }, (_, index) => sourceOf(kind, first + index)));
          }
          for (const table of TABLES_BY_KIND[kind]) {
            await staging.write(table, join(folder, `${table.name}.parquet`), {
              'proffer.table': table.name,
            });
          }
        } finally {
          staging.close();
        }
        const steps = kind === 'trace' ? 'trace_steps' : 'steps';
        const [found] = await query(
          folder,
          `SELECT count(*)::INTEGER AS rows FROM ${readParquetSql([`${steps}.parquet`])}`,
        );
        expect(found).toEqual({ rows: LONG_RECORDS * MAX_EPISODE_STEPS });
      }),
  );
});

function sourceOf(kind: PublishedKind, seed: number): Source {
  const record = { ...makers[kind]!(seed), recordId: recordIdFor(`${kind} ${seed}`) };
  return { release: 1, charter: 'a'.repeat(64), level: kind === 'trace' ? 'linked' : 'balanced', record };
}
