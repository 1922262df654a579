/**
 * Pages of single movements and of single typing runs, each drawn with what the record says of it.
 *
 * Reads one page's records with their samples or keys by SQL; a filter's value is a parameter.
 */
import type { DuckDBValue, Json } from '@duckdb/node-api';
import { html, raw } from 'hono/html';
import { KEY_CLASSES, LINKED_KEY_CLASSES } from '../../src/trace/limits.ts';
import type { KeyClass } from '../../src/replay/pieces.ts';
import { formatCount } from '../markdown.ts';
import { MOVEMENT_END_NAMES } from '../field-names.ts';
import type { Dataset } from '../open-dataset.ts';
import { pageOf, pager, picture, renderPage, withPage, type Frame, type Markup } from './page.ts';
import { drawMovement, drawRhythm, KEY_LETTERS, KEYS_PLOTTED } from './single-pictures.ts';

type Query = Record<string, string>;
type Row = Record<string, Json>;

const A_PAGE = 24;

interface Kind {
  section: 'motions' | 'rhythms';
  title: string;
  /** What is counted, in the plural. */
  name: string;
  /** What `section` can be filtered by: its parameter and the values. */
  filter: { name: string; label: string; values: readonly string[]; sql: string };
  lead: string;
  /** Lists of the samples or keys of each, by their place. */
  lists: string;
  parts: string;
  draw: (row: Row) => Markup;
}

const MOVEMENTS: Kind = {
  section: 'motions',
  title: 'Movements',
  name: 'movements',
  filter: { name: 'end', label: 'End', values: Object.values(MOVEMENT_END_NAMES), sql: '"end" = $1' },
  lead: 'Each alone, from the small ring to the large dot, sample by sample. The path is turned by a random angle; the box is what it ended on, with the end where the record says, in a size that the record does not tell.',
  lists:
    'list(x_px ORDER BY sample_index) AS x, list(y_px ORDER BY sample_index) AS y, list(time_ms ORDER BY sample_index) AS at',
  parts: 'motion_samples',
  draw: movementCard,
};

const RUNS: Kind = {
  section: 'rhythms',
  title: 'Typing runs',
  name: 'typing runs',
  filter: {
    name: 'corrections',
    label: 'Corrections',
    values: ['none', 'some'],
    sql: "(correction_count > 0) = ($1 = 'some')",
  },
  lead: `A bar for each key: as high as the interval before it was long, on a logarithmic scale. Below it the class of the key: ${LINKED_KEY_CLASSES.map((name) => `${KEY_LETTERS[name]} ${name}`).join(', ')}.`,
  lists: 'list(key_class ORDER BY key_index) AS classes, list(interval_ms ORDER BY key_index) AS intervals',
  parts: 'rhythm_keys',
  draw: runCard,
};

export function renderMovements(frame: Frame, dataset: Dataset, query: Query): Promise<string> {
  return renderSingles(MOVEMENTS, frame, dataset, query);
}

export function renderRuns(frame: Frame, dataset: Dataset, query: Query): Promise<string> {
  return renderSingles(RUNS, frame, dataset, query);
}

async function renderSingles(kind: Kind, frame: Frame, dataset: Dataset, query: Query): Promise<string> {
  const { section, title, name, filter, lead } = kind;
  const chosen = filter.values.find((value) => value === query[filter.name]);
  const from = pageOf(query) * A_PAGE;
  const values = chosen === undefined ? [] : [chosen];
  const where = chosen === undefined ? '' : `WHERE ${filter.sql}`;
  const [counted] = await dataset.query(`SELECT count(*)::INTEGER AS n FROM ${section} ${where}`, values);
  const count = Number(counted?.['n']);
  const rows = await readSingles(kind, dataset, where, values, from);
  const path = `${frame.base}/${section}`;
  const paging = pager({ from, limit: A_PAGE, count, href: (page) => withPage(path, query, page) });
  const body = html`<p class="lead">${lead}</p>
    <form class="filters" action="${path}" method="get" role="search" aria-label="Filter the list">
      <label
        >${filter.label}
        <select name="${filter.name}">
          <option value="">any</option>
          ${filter.values.map(
            (value) =>
              html`<option value="${value}" ${value === chosen ? raw('selected') : ''}>${value}</option>`,
          )}
        </select></label
      >
      <div class="buttons"><button type="submit">Show</button></div>
    </form>
    <p role="status" class="found">${formatCount(count)} ${name}</p>
    ${
      rows.length === 0
        ? html`<p class="empty">There are none.</p>`
        : html`<ul class="singles ${section}">
            ${rows.map((row) => html`<li>${kind.draw(row)}</li>`)}
          </ul>`
    }
    ${paging}`;
  return renderPage(frame, { title, section, body });
}

function readSingles(
  { section, lists, parts }: Kind,
  dataset: Dataset,
  where: string,
  values: readonly DuckDBValue[],
  from: number,
): Promise<Row[]> {
  return dataset.query(
    `WITH page AS MATERIALIZED (
       SELECT * FROM ${section} ${where} ORDER BY release, record_id LIMIT ${A_PAGE} OFFSET ${from})
     SELECT page.*, piece.* EXCLUDE (record_id) FROM page
     JOIN (SELECT record_id, ${lists} FROM ${parts} SEMI JOIN page USING (record_id) GROUP BY 1) AS piece
       USING (record_id)
     ORDER BY release, record_id`,
    values,
  );
}

function movementCard(row: Row): Markup {
  const [x, y, at] = [row['x'], row['y'], row['at']] as [number[], number[], number[]];
  const points = x.map((place, index) => ({ x: place, y: y[index]!, atMs: at[index]! }));
  const xQuarters = row['end_x_offset_quarters'] as number | null;
  const endOffset =
    xQuarters === null ? null : { xQuarters, yQuarters: row['end_y_offset_quarters'] as number };
  const words = [
    `end ${row['end'] as string}`,
    `${Math.round(row['path_length_px'] as number)} px`,
    `${(row['duration_ms'] as number) / 1000} s`,
    `${x.length} samples`,
    ...(endOffset === null ? ['no target'] : []),
  ];
  return card(row, words.join(', '), picture(drawMovement({ points, endOffset })));
}

function runCard(row: Row): Markup {
  const [classes, intervals] = [row['classes'], row['intervals']] as [KeyClass[], (number | null)[]];
  const corrections = Number(row['correction_count']);
  const more = classes.length - KEYS_PLOTTED;
  const words = [
    `${classes.length} keys`,
    `${(row['duration_ms'] as number) / 1000} s`,
    `${corrections} ${corrections === 1 ? 'correction' : 'corrections'}`,
    ...KEY_CLASSES.filter((name) => name !== 'char' && classes.includes(name)),
    ...(more > 0 ? [`the first ${KEYS_PLOTTED} drawn`] : []),
  ];
  return card(row, words.join(', '), picture(drawRhythm(classes, intervals)));
}

function card(row: Row, words: string, drawn: Markup): Markup {
  return html`<figure>
    ${drawn}
    <figcaption>
      ${words}
      <span class="soft">${row['level']}, ${row['recorded_week']}, <code>${row['record_id']}</code></span>
    </figcaption>
  </figure>`;
}
