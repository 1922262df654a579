/**
 * Steps of a pulled dataset, episode by episode (at `linked` trace by trace), each with what its view holds.
 *
 * Runs in the utility benchmark; reads the columns as a training team would.
 */
import type { Dataset } from '../../dataset/open-dataset.ts';
import { isLinkedPurpose } from '../../src/trace/reading-purpose.ts';

/** A row of `steps`, with the columns of its view that say what was visible; lists are not looked at. */
export type StepRow = Record<string, string | number | boolean | null>;

/** The steps of one episode or trace, in order. */
export interface WholeSteps {
  recordId: string;
  steps: StepRow[];
}

/** Ordered by id, so that the same records give the same measures. */
export async function readSteps({ manifest, query }: Dataset): Promise<WholeSteps[]> {
  const isLinked = isLinkedPurpose(manifest.purpose);
  const [prefix, id] = isLinked ? ['trace_', 'trace_id'] : ['', 'episode_id'];
  const rows = await query(`
    SELECT steps.*, COLUMNS('^visible_')
    FROM ${prefix}steps AS steps JOIN ${prefix}views AS views
      ON steps.${id} = views.${id} AND steps.view_index = views.view_index
    ORDER BY steps.${id}, steps.step_index`);
  return [...Map.groupBy(rows as StepRow[], (row) => row[id] as string)].map(([recordId, steps]) => ({
    recordId,
    steps,
  }));
}
