/**
 * The list of episodes or traces with its filters: a form whose answer is an address, so that a view can be shared.
 */
import { html, raw } from 'hono/html';
import { formatCount } from '../markdown.ts';
import { pageOf, pager, renderPage, withPage, type Frame, type Markup } from './page.ts';
import {
  WORK_ORDERS,
  type ChoiceName,
  type WorkFilter,
  type WorkIndex,
  type WorkOrder,
  type WorkRow,
} from './work-index.ts';

export const ROWS_A_PAGE = 50;
/** Of a row's marks so many are named. */
const MARKS_NAMED = 4;

const FILTER_NAMES: Record<ChoiceName, string> = {
  app: 'App',
  action: 'Action',
  mark: 'Label',
  outcome: 'Outcome',
  level: 'Level',
  week: 'Week',
  charter: 'Charter',
};

type Query = Record<string, string>;

/** The page that a query asks for. */
export async function renderList(frame: Frame, index: WorkIndex, query: Query): Promise<string> {
  const filter = filterOf(query);
  const from = pageOf(query) * ROWS_A_PAGE;
  const { rows, count } = await index.find(filter, from, ROWS_A_PAGE);
  const name = frame.isLinked ? 'traces' : 'episodes';
  const found =
    count === index.count
      ? `${formatCount(count)} ${name}`
      : `${formatCount(count)} of ${formatCount(index.count)} ${name}`;
  const path = `${frame.base}/`;
  const paging = pager({ from, limit: ROWS_A_PAGE, count, href: (page) => withPage(path, query, page) });
  const body = html`${filterForm(path, index, filter)}
    <p role="status" class="found">${found}</p>
    ${
      rows.length === 0
        ? html`<p class="empty">
            ${index.count === 0 ? `The dataset holds no ${name} yet.` : 'None fits. Choose less.'}
          </p>`
        : table(frame, rows)
    }
    ${paging}`;
  return renderPage(frame, { title: frame.isLinked ? 'Traces' : 'Episodes', section: '', body });
}

/** What an address asks for; what it has no name or number for is any. */
export function filterOf(query: Query): WorkFilter {
  const text = (name: string) => (query[name] === '' ? undefined : query[name]);
  const number = (name: string) => (/^\d{1,6}$/.test(query[name] ?? '') ? Number(query[name]) : undefined);
  const { sort = '' } = query;
  return {
    app: text('app'),
    action: text('action'),
    mark: text('mark'),
    outcome: text('outcome'),
    level: text('level'),
    week: text('week'),
    charter: text('charter'),
    minSteps: number('min'),
    maxSteps: number('max'),
    sort: sort in WORK_ORDERS ? (sort as WorkOrder) : 'release',
  };
}

function filterForm(path: string, { choices }: WorkIndex, filter: WorkFilter): Markup {
  const number = (name: string, label: string, value: number | undefined) =>
    html`<label
      >${label}
      <input
        type="number"
        name="${name}"
        min="0"
        max="999999"
        value="${value === undefined ? '' : String(value)}"
    /></label>`;
  return html`<form class="filters" action="${path}" method="get" role="search" aria-label="Filter the list">
    ${(Object.keys(FILTER_NAMES) as ChoiceName[]).map((name) => choice(name, choices[name], filter[name]))}
    ${number('min', 'Steps at least', filter.minSteps)} ${number('max', 'Steps at most', filter.maxSteps)}
    <label
      >Order
      <select name="sort">
        ${Object.entries(WORK_ORDERS).map(([value, name]) => option(value, name, filter.sort === value))}
      </select></label
    >
    <div class="buttons">
      <button type="submit">Show</button>
      <a href="${path}">All of them</a>
    </div>
  </form>`;
}

function choice(
  name: ChoiceName,
  values: readonly { value: string; count: number }[],
  chosen: string | undefined,
): Markup {
  return html`<label
    >${FILTER_NAMES[name]}
    <select name="${name}">
      <option value="">any</option>
      ${values.map(({ value, count }) =>
        option(
          value,
          `${name === 'charter' ? `${value.slice(0, 12)}…` : value} (${formatCount(count)})`,
          value === chosen,
        ),
      )}
    </select></label
  >`;
}

function option(value: string, name: string, isChosen: boolean): Markup {
  return html`<option value="${value}" ${isChosen ? raw('selected') : ''}>${name}</option>`;
}

function table({ base, isLinked }: Frame, rows: readonly WorkRow[]): Markup {
  return html`<div class="table" tabindex="0" role="group" aria-label="The list">
    <table>
      <thead>
        <tr>
          <th scope="col">${isLinked ? 'Trace' : 'Episode'}</th>
          <th scope="col">Apps</th>
          <th scope="col" class="number">Steps</th>
          <th scope="col" class="number">Views</th>
          <th scope="col" class="number">Gaps</th>
          <th scope="col">Outcome</th>
          <th scope="col">Labels</th>
          <th scope="col">Level</th>
          <th scope="col">Week</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row">
                <a href="${base}/records/${row.id}"><code>${row.id}</code></a>
              </th>
              <td>${row.apps.join(', ')}</td>
              <td class="number">${row.steps}</td>
              <td class="number">${row.views}</td>
              <td class="number">${row.gaps}</td>
              <td>${row.outcome}</td>
              <td>${marksText(row.marks)}</td>
              <td>${row.level}</td>
              <td>${row.week}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function marksText(marks: readonly string[]): string {
  const more = marks.length - MARKS_NAMED;
  const named = marks.slice(0, MARKS_NAMED).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}
