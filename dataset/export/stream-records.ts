/**
 * The work of a dataset as records, with the row that says of which release and charter each is.
 *
 * What the partial formats start from.
 */
import type { PublishedEpisode, PublishedTrace } from '../../src/trace/published.ts';
import { recordOfWork } from '../record-of-work.ts';
import { streamWork, workNames, type Row } from '../stream-work.ts';
import { countRows } from './export-progress.ts';
import type { Exporting } from './exporting.ts';

export type WorkRecord = PublishedEpisode | PublishedTrace;
export type WorkStep = WorkRecord['steps'][number];
export type WorkTarget = NonNullable<WorkStep['target']>;

export async function* streamRecords({
  dataset,
  pause,
  report,
}: Exporting): AsyncGenerator<{ record: WorkRecord; row: Row }> {
  const expected = countRows(dataset.manifest, workNames(dataset).table);
  let done = 0;
  for await (const work of streamWork(dataset)) {
    pause();
    yield { record: recordOfWork(work), row: work.row };
    done += 1;
    report({ what: 'records', done, expected });
  }
}

/** Where the file of one piece of work is: by release, so that no folder grows with the dataset's age. */
export function pieceName({ kind, recordId }: WorkRecord, row: Row): string {
  return `release-${String(Number(row['release'])).padStart(4, '0')}/${kind}-${recordId}`;
}
