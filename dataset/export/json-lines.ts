/**
 * The `jsonl` export: each table as lines of JSON, and each piece of work with its parts on one line.
 *
 * Runs on the data team's computer, in bounded memory: DuckDB writes the tables, work is read page by page.
 */
import { streamWork, workNames, type Row, type Work } from '../stream-work.ts';
import { tablesFor } from '../tables.ts';
import { countRows } from './export-progress.ts';
import type { Exported, Exporting } from './exporting.ts';
import { groupBy } from './group-by.ts';

export async function exportJsonLines({ dataset, folder, pause, report }: Exporting): Promise<Exported> {
  const { manifest } = dataset;
  const counts: Exported['counts'] = {};
  const expectedRows = countRows(manifest);
  let rows = 0;
  for (const { name } of tablesFor(manifest.purpose)) {
    pause();
    const path = await folder.pathFor(`tables/${name}.jsonl`);
    const [copied] = await dataset.query(`COPY (SELECT * FROM ${name}) TO $1 (FORMAT json)`, [path]);
    const copiedRows = Number(copied?.['Count']);
    counts[`rows of ${name}`] = copiedRows;
    rows += copiedRows;
    report({ what: 'rows', done: rows, expected: expectedRows });
  }
  const { table } = workNames(dataset);
  const file = await folder.openText(`work/${table}.jsonl`);
  const expectedRecords = countRows(manifest, table);
  let records = 0;
  for await (const work of streamWork(dataset)) {
    pause();
    await file.write(`${JSON.stringify(nestWork(work))}\n`);
    records += 1;
    report({ what: 'records', done: records, expected: expectedRecords });
  }
  await file.close();
  return { counts };
}

/** One piece of work as one object: samples stand in their movement, keys in their typing run. */
export function nestWork({ kind, row, parts }: Work): Row {
  const { steps, views, gaps, motions, rhythms } = parts;
  if (kind === 'episode') return { ...row, steps, views, gaps };
  return {
    ...row,
    steps,
    views,
    gaps,
    motions: nest(motions, 'samples', parts.motion_samples, 'motion_index'),
    rhythms: nest(rhythms, 'keys', parts.rhythm_keys, 'rhythm_index'),
  };
}

function nest(pieces: readonly Row[], name: string, items: readonly Row[], indexColumn: string): Row[] {
  const byIndex = groupBy(items, (item) => item[indexColumn]);
  return pieces.map((piece) => ({
    ...piece,
    [name]: (byIndex.get(piece[indexColumn]) ?? []).map(({ [indexColumn]: _index, ...item }) => item),
  }));
}
