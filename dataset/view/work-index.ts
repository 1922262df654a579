/**
 * The list of episodes (of a linked dataset: traces), found by app, action, mark and so on in a fraction of a second.
 *
 * Made once when the viewer opens, in memory: one row for each, with what occurs in its steps. Values of a filter reach
 * SQL as parameters only.
 */
import type { DuckDBValue, Json } from '@duckdb/node-api';
import { isLinkedPurpose } from '../../src/trace/reading-purpose.ts';
import type { Dataset } from '../open-dataset.ts';
import { marksFor } from './marks.ts';

/** What a list is filtered by; undefined is any. */
export interface WorkFilter {
  app?: string | undefined;
  action?: string | undefined;
  mark?: string | undefined;
  outcome?: string | undefined;
  level?: string | undefined;
  week?: string | undefined;
  charter?: string | undefined;
  minSteps?: number | undefined;
  maxSteps?: number | undefined;
  sort: WorkOrder;
}

export const WORK_ORDERS = {
  release: 'as published',
  longest: 'longest first',
  shortest: 'shortest first',
} as const;
export type WorkOrder = keyof typeof WORK_ORDERS;

const ORDER_SQL: Record<WorkOrder, string> = {
  release: 'place',
  longest: 'step_count DESC, place',
  shortest: 'step_count, place',
};

export interface WorkRow {
  id: string;
  release: number;
  week: string;
  level: string;
  outcome: string;
  steps: number;
  views: number;
  gaps: number;
  apps: string[];
  marks: string[];
}

/** What there is to choose from, each with how many have it. */
export type Choices = Record<ChoiceName, { value: string; count: number }[]>;
const CHOICES = {
  app: 'unnest(apps)',
  action: 'unnest(actions)',
  mark: 'unnest(marks)',
  outcome: 'outcome',
  level: 'level',
  week: 'week',
  charter: 'charter',
} as const;
export type ChoiceName = keyof typeof CHOICES;

export interface WorkIndex {
  choices: Choices;
  count: number;
  /** One page of those that a filter lets through, and how many these are. */
  find: (filter: WorkFilter, from: number, limit: number) => Promise<{ rows: WorkRow[]; count: number }>;
}

/** Makes the index of a dataset. */
export async function openWorkIndex(dataset: Dataset): Promise<WorkIndex> {
  await dataset.query(indexSql(dataset.manifest.purpose));
  const choices: Partial<Choices> = {};
  for (const [name, column] of Object.entries(CHOICES) as [ChoiceName, string][]) {
    // Weeks in their order, all others by how often they occur.
    const order = name === 'week' ? 'value' : 'n DESC, value';
    const rows = await dataset.query(
      `SELECT value, count(*)::INTEGER AS n FROM (SELECT ${column} AS value FROM work) GROUP BY 1 ORDER BY ${order}`,
    );
    choices[name] = rows.map((row) => ({ value: row['value'] as string, count: Number(row['n']) }));
  }
  return {
    choices: choices as Choices,
    count: await countOf(dataset, '', []),
    find: async (filter, from, limit) => {
      const { where, values } = conditionsOf(filter);
      const order = ORDER_SQL[filter.sort];
      // Sorted by numbers alone: to sort whole rows is slow far from the beginning.
      const rows = await dataset.query(
        `WITH page AS (SELECT place, step_count FROM work ${where} ORDER BY ${order} LIMIT ${limit} OFFSET ${from})
         SELECT * FROM work SEMI JOIN page USING (place) ORDER BY ${order}`,
        values,
      );
      return { rows: rows.map(workRowOf), count: await countOf(dataset, where, values) };
    },
  };
}

function indexSql(purpose: string): string {
  const [wholes, prefix, idColumn] = isLinkedPurpose(purpose)
    ? ['traces', 'trace_', 'trace_id']
    : ['episodes', '', 'episode_id'];
  const marks = marksFor(purpose).map(({ name, sql }) => `CASE WHEN bool_or(${sql}) THEN '${name}' END`);
  return `CREATE TEMP TABLE work AS
    WITH parts AS (
      SELECT ${idColumn} AS id, list(DISTINCT app ORDER BY app) FILTER (app IS NOT NULL) AS apps,
        list(DISTINCT action ORDER BY action) AS actions,
        list_filter([${marks.join(', ')}], mark -> mark IS NOT NULL) AS marks
      FROM ${prefix}steps GROUP BY 1)
    SELECT row_number() OVER (ORDER BY release, record_id) AS place, record_id AS id, release, charter, level,
      recorded_week AS week, outcome, step_count, view_count, gap_count,
      coalesce(apps, []) AS apps, coalesce(actions, []) AS actions, coalesce(marks, []) AS marks
    FROM ${wholes} LEFT JOIN parts ON id = record_id ORDER BY place`;
}

function conditionsOf(filter: WorkFilter): { where: string; values: DuckDBValue[] } {
  const { app, action, mark, outcome, level, week, charter, minSteps, maxSteps } = filter;
  const wanted: [condition: string, value: DuckDBValue | undefined][] = [
    ['list_contains(apps, $)', app],
    ['list_contains(actions, $)', action],
    ['list_contains(marks, $)', mark],
    ['outcome = $', outcome],
    ['level = $', level],
    ['week = $', week],
    ['charter = $', charter],
    ['step_count >= $', minSteps],
    ['step_count <= $', maxSteps],
  ];
  const given = wanted.filter(([, value]) => value !== undefined);
  const conditions = given.map(([condition], index) => condition.replace('$', () => `$${index + 1}`));
  return {
    where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`,
    values: given.map(([, value]) => value!),
  };
}

async function countOf(dataset: Dataset, where: string, values: readonly DuckDBValue[]): Promise<number> {
  const [row] = await dataset.query(`SELECT count(*)::INTEGER AS n FROM work ${where}`, values);
  return Number(row?.['n']);
}

function workRowOf(row: Record<string, Json>): WorkRow {
  return {
    id: row['id'] as string,
    release: Number(row['release']),
    week: row['week'] as string,
    level: row['level'] as string,
    outcome: row['outcome'] as string,
    steps: Number(row['step_count']),
    views: Number(row['view_count']),
    gaps: Number(row['gap_count']),
    apps: row['apps'] as string[],
    marks: row['marks'] as string[],
  };
}
