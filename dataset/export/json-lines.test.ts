/**
 * Lines of JSON that another program reads, with nothing added and nothing lost.
 */
import { describe, expect, it } from 'vitest';
import { query } from '../testing/dataset-reader.ts';
import { aCollector, aLinkedCollector, someRows } from '../testing/pulling.ts';
import { tablesFor } from '../tables.ts';
import { parseLines, SLOW, withExport } from './testing/exported.ts';

describe('the jsonl export', SLOW, () => {
  it.each([
    ['episodes', aCollector(someRows(0, 12), someRows(12, 5))],
    ['traces', aLinkedCollector(9)],
  ])('has each table as lines, and %s with all their parts in them', (work, collector) =>
    withExport(collector, 'jsonl', async ({ datasetDir, outDir, read }) => {
      for (const { name } of tablesFor(collector.purpose)) {
        const rows = await query(datasetDir, `SELECT * FROM '${name}/*.parquet'`);
        expect(parseLines(await read(`tables/${name}.jsonl`)), name).toEqual(rows);
        const [counted] = await query(outDir, `SELECT count(*)::INTEGER AS rows FROM 'tables/${name}.jsonl'`);
        expect(counted).toEqual({ rows: rows.length });
      }
      const whole = await query(datasetDir, `SELECT * FROM '${work}/*.parquet' ORDER BY record_id`);
      const nested = parseLines(await read(`work/${work}.jsonl`));
      expect(nested.map(({ record_id: id }) => id)).toEqual(whole.map((row) => row['record_id']));
      for (const [index, { steps, views, gaps, motions, rhythms, ...row }] of nested.entries()) {
        expect(row).toEqual(whole[index]);
        expect(steps).toHaveLength(Number(row['step_count']));
        expect(views).toHaveLength(Number(row['view_count']));
        expect(gaps).toHaveLength(Number(row['gap_count']));
        if (work === 'episodes') continue;
        for (const motion of motions as Record<string, unknown>[])
          expect(motion['samples']).toHaveLength(Number(motion['sample_count']));
        for (const rhythm of rhythms as Record<string, unknown>[])
          expect(rhythm['keys']).toHaveLength(Number(rhythm['key_count']));
      }
    }),
  );
});
