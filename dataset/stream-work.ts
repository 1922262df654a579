/**
 * Episodes or traces of an opened dataset, each with the rows of its parts: what is told one piece of work at a time
 * starts from here.
 *
 * Runs on the data team's computer. Reads page by page in the order of record ids, so that memory is bounded whatever
 * the dataset's size; must never hold more than one page.
 */
import type { Json } from '@duckdb/node-api';
import type { Dataset } from './open-dataset.ts';
import { isLinkedPurpose } from '../src/trace/reading-purpose.ts';

export type Row = Record<string, Json>;

/** Tables of a piece of work's parts, as episodes and traces both have them. */
const WORK_PARTS = ['steps', 'views', 'gaps'] as const;
const TRACE_PARTS = ['motions', 'motion_samples', 'rhythms', 'rhythm_keys'] as const;
export type Part = (typeof WORK_PARTS)[number] | (typeof TRACE_PARTS)[number];

/** One episode or trace: its own row, and its parts' rows in order. Parts of traces are empty for an episode. */
export interface Work {
  kind: 'episode' | 'trace';
  row: Row;
  parts: Record<Part, Row[]>;
}

/** So many at a time; a trace has up to some thousand samples and keys. */
const PAGE = { episode: 200, trace: 40 };

const ORDER: Record<Part, string> = {
  steps: 'step_index',
  views: 'view_index',
  gaps: 'after_step_index, reason',
  motions: 'motion_index',
  motion_samples: 'motion_index, sample_index',
  rhythms: 'rhythm_index',
  rhythm_keys: 'rhythm_index, key_index',
};

/** What the dataset's work is called in its tables. */
export function workNames({ manifest }: Pick<Dataset, 'manifest'>) {
  return isLinkedPurpose(manifest.purpose)
    ? ({ kind: 'trace', table: 'traces', prefix: 'trace_', idColumn: 'trace_id' } as const)
    : ({ kind: 'episode', table: 'episodes', prefix: '', idColumn: 'episode_id' } as const);
}

/** All work of a dataset in the order of its record ids. */
export async function* streamWork(dataset: Dataset): AsyncGenerator<Work> {
  const { kind, table } = workNames(dataset);
  let after = '';
  for (;;) {
    const rows: Row[] = await dataset.query(
      `SELECT * FROM ${table} WHERE record_id > $1 ORDER BY record_id LIMIT ${PAGE[kind]}`,
      [after],
    );
    if (rows.length === 0) return;
    yield* await withParts(dataset, rows);
    after = idOf(rows.at(-1)!);
  }
}

/** One episode or trace by its id; undefined if there is none. */
export async function readWork(dataset: Dataset, id: string): Promise<Work | undefined> {
  const rows = await dataset.query(`SELECT * FROM ${workNames(dataset).table} WHERE record_id = $1`, [id]);
  return rows.length === 0 ? undefined : (await withParts(dataset, rows.slice(0, 1)))[0];
}

function idOf(row: Row, column = 'record_id'): string {
  const id = row[column];
  if (typeof id !== 'string') throw new TypeError(`${column} is no text`);
  return id;
}

async function withParts(dataset: Dataset, rows: Row[]): Promise<Work[]> {
  const { kind } = workNames(dataset);
  const works = rows.map((row): Work => ({ kind, row, parts: emptyParts() }));
  const byId = new Map(works.map((work) => [idOf(work.row), work]));
  const range: [string, string] = [idOf(rows[0]!), idOf(rows.at(-1)!)];
  for (const part of kind === 'trace' ? [...WORK_PARTS, ...TRACE_PARTS] : WORK_PARTS) {
    for (const [id, row] of await readPart(dataset, part, range)) byId.get(id)?.parts[part].push(row);
  }
  return works;
}

function emptyParts(): Work['parts'] {
  return { steps: [], views: [], gaps: [], motions: [], motion_samples: [], rhythms: [], rhythm_keys: [] };
}

/** The rows of a part of all work with an id from the first to the last, by that id. */
async function readPart(dataset: Dataset, part: Part, [first, last]: [string, string]) {
  const { prefix, idColumn } = workNames(dataset);
  const rows = await dataset.query(
    `SELECT * FROM ${prefix}${part} WHERE ${idColumn} BETWEEN $1 AND $2 ORDER BY ${idColumn}, ${ORDER[part]}`,
    [first, last],
  );
  return rows.map((found): [string, Row] => {
    const { [idColumn]: _id, ...row } = found;
    return [idOf(found, idColumn), row];
  });
}
