/**
 * The `jsonl` export: each table as lines of JSON, and each piece of work with its parts on one line.
 *
 * Runs on the data team's computer, in bounded memory: DuckDB writes the tables, work is read page by page.
 */
import { streamWork, workNames, type Row, type Work } from '../stream-work.ts';
import { tablesFor } from '../tables.ts';
import type { Exported, Exporting } from './exporting.ts';

export async function exportJsonLines({ dataset, folder, pause }: Exporting): Promise<Exported> {
  const counts: Exported['counts'] = {};
  for (const { name } of tablesFor(dataset.manifest.purpose)) {
    pause();
    const path = await folder.pathFor(`tables/${name}.jsonl`);
    const [copied] = await dataset.query(`COPY (SELECT * FROM ${name}) TO $1 (FORMAT json)`, [path]);
    counts[`rows of ${name}`] = Number(copied?.['Count']);
  }
  const { table } = workNames(dataset);
  const file = await folder.openText(`work/${table}.jsonl`);
  for await (const work of streamWork(dataset)) {
    pause();
    await file.write(`${JSON.stringify(nestWork(work))}\n`);
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
  const byIndex = Map.groupBy(items, (item) => item[indexColumn]);
  return pieces.map((piece) => ({
    ...piece,
    [name]: (byIndex.get(piece[indexColumn]) ?? []).map(({ [indexColumn]: _index, ...item }) => item),
  }));
}
