/**
 * What the histograms of a dataset count: one list for the card's pictures and the viewer.
 *
 * Read by SQL from the tables, so in bounded memory however many rows there are. Holds counts only, in an order that
 * depends on nothing but them.
 */
import { ACTIONS, PAUSE_BUCKETS_MS } from '../src/trace/limits.ts';
import { isLinkedPurpose } from '../src/trace/reading-purpose.ts';
import type { Bar, BarChart } from './bar-chart.ts';
import type { Dataset } from './open-dataset.ts';

/** A histogram; `id` names its picture. */
export interface Distribution extends BarChart {
  id: string;
  /** What is missing stands apart from what is there. */
  isOfGaps: boolean;
}

interface Counting {
  id: string;
  title: string;
  counted: string;
  isOfGaps?: true;
  /** Rows of `label` (or, where there are ranges, of `range`: an index into them) and `n`, in their order. */
  sql: string;
  /** Lower ends of the ranges. */
  ranges?: readonly number[];
  unit?: string;
  /** Where the bars overlap, or are not of all: what they are shares of. */
  totalSql?: string;
}

/** A column of names has at most this many bars; all further names are one. No action is left out. */
const MAX_NAMES = ACTIONS.length;
/** More weeks than this are shown by the quarter. */
const MAX_WEEKS = 30;

const STEPS_OF_WHOLE = [1, 2, 5, 10, 20, 50, 100];
const COUNTS = [0, 1, 2, 3, 5, 10];
const KEYS = [1, 5, 10, 15, 20, 50, 100];
const PATH_PX = [0, 32, 64, 128, 256, 512, 1024, 2048];
const MOVEMENT_MS = [0, 100, 200, 300, 500, 750, 1000, 1500, 2000, 3000];
const INTERVAL_MS = [0, 50, 100, 150, 200, 300, 400, 500, 1000, 2000];

/** All histograms of a dataset, also those of which nothing is there yet. */
export async function readDistributions(dataset: Dataset): Promise<Distribution[]> {
  const distributions: Distribution[] = [];
  for (const counting of countingsFor(dataset.manifest.purpose))
    distributions.push(await count(dataset, counting));
  return distributions;
}

function countingsFor(purpose: string): Counting[] {
  const isLinked = isLinkedPurpose(purpose);
  const prefix = isLinked ? 'trace_' : '';
  const wholes = isLinked ? 'traces' : 'episodes';
  const records = isLinked ? ['traces'] : ['motions', 'rhythms', 'episodes'];
  const weeks = records.map((table) => `SELECT recorded_week FROM ${table}`).join(' UNION ALL ');
  return [
    { id: 'weeks', title: 'Records by week', counted: 'records', sql: byWeek(weeks) },
    byRange('lengths', `Length of ${wholes}, in steps`, wholes, 'step_count', wholes, STEPS_OF_WHOLE),
    byName('outcomes', `Outcomes of ${wholes}`, wholes, 'outcome', wholes),
    byName('actions', 'Actions of steps', 'steps', 'action', `${prefix}steps`),
    {
      ...byRange(
        'pauses',
        'Pause before a step',
        'steps',
        'pause_before_ms',
        `${prefix}steps`,
        PAUSE_BUCKETS_MS,
      ),
      unit: 'ms',
    },
    byName('effects', 'Effects of steps', 'steps', 'effect', `${prefix}steps`),
    byName('roles', 'Roles of targets', 'steps with a target', 'target_role', `${prefix}steps`),
    byName('apps', 'Apps', 'steps', 'app', `${prefix}steps`),
    byName('motion-ends', 'How movements ended', 'movements', '"end"', `${prefix}motions`),
    {
      ...byRange(
        'motion-lengths',
        'Length of movements',
        'movements',
        'path_length_px',
        `${prefix}motions`,
        PATH_PX,
      ),
      unit: 'px',
    },
    {
      ...byRange(
        'motion-durations',
        'Duration of movements',
        'movements',
        'duration_ms',
        `${prefix}motions`,
        MOVEMENT_MS,
      ),
      unit: 'ms',
    },
    byRange('rhythm-lengths', 'Keys of a typing run', 'runs', 'key_count', `${prefix}rhythms`, KEYS),
    byRange(
      'corrections',
      'Corrections in a typing run',
      'runs',
      'correction_count',
      `${prefix}rhythms`,
      COUNTS,
    ),
    {
      ...byRange(
        'key-intervals',
        'Intervals between keys',
        'intervals',
        'interval_ms',
        `${prefix}rhythm_keys`,
        INTERVAL_MS,
      ),
      unit: 'ms',
    },
    { ...byRange('gaps', `Gaps in ${wholes}`, wholes, 'gap_count', wholes, COUNTS), isOfGaps: true },
    {
      ...byName('gap-reasons', 'Why something is missing', 'gaps', 'reason', `${prefix}gaps`),
      isOfGaps: true,
    },
    coverage(`${prefix}views`),
  ];
}

/** Names, the most frequent first. */
function byName(id: string, title: string, counted: string, column: string, table: string): Counting {
  const named = `SELECT ${column} AS label, count(*) AS n FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1`;
  return {
    id,
    title,
    counted,
    sql: `WITH ranked AS (SELECT label, n, row_number() OVER (ORDER BY n DESC, label) AS place FROM (${named}))
      SELECT CASE WHEN place <= ${MAX_NAMES} THEN label ELSE 'all others' END AS label, sum(n)::DOUBLE AS n
      FROM ranked GROUP BY 1 ORDER BY min(place)`,
  };
}

function byRange(
  id: string,
  title: string,
  counted: string,
  column: string,
  table: string,
  ranges: readonly number[],
): Counting {
  const cases = ranges.slice(1).map((end, index) => `WHEN ${column} < ${end} THEN ${index}`);
  return {
    id,
    title,
    counted,
    ranges,
    sql: `SELECT CASE ${cases.join(' ')} ELSE ${ranges.length - 1} END AS range, count(*)::DOUBLE AS n
      FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY 1`,
  };
}

function byWeek(rows: string): string {
  // Of 2026-W48 the week is 48; week 53 belongs to the last quarter.
  const quarter = `(least(week[7:8]::INTEGER, 52) - 1) // 13 + 1`;
  return `WITH weeks AS (SELECT recorded_week AS week, count(*) AS n FROM (${rows}) GROUP BY 1)
    SELECT CASE WHEN (SELECT count(*) FROM weeks) <= ${MAX_WEEKS} THEN week
      ELSE printf('%s quarter %d', week[1:4], ${quarter}) END AS label,
      sum(n)::DOUBLE AS n
    FROM weeks GROUP BY 1 ORDER BY 1`;
}

function coverage(views: string): Counting {
  const conditions: [label: string, condition: string][] = [
    [
      'all of it seen',
      'unreachable_frame_count_min + closed_shadow_root_count_min + canvas_share_quarters = 0',
    ],
    ['frames not reached', 'unreachable_frame_count_min > 0'],
    ['closed shadow roots', 'closed_shadow_root_count_min > 0'],
    ['a quarter or more is canvas', 'canvas_share_quarters > 0'],
  ];
  const counts = conditions.map(([, condition]) => `count(*) FILTER (${condition})`);
  const labels = conditions.map(([label]) => `'${label}'`);
  return {
    id: 'coverage',
    title: 'What of a view could be seen',
    counted: 'views',
    isOfGaps: true,
    sql: `SELECT unnest([${labels.join(', ')}]) AS label, unnest([${counts.join(', ')}])::DOUBLE AS n FROM ${views} HAVING count(*) > 0`,
    totalSql: `SELECT count(*)::DOUBLE AS n FROM ${views}`,
  };
}

async function count(dataset: Dataset, counting: Counting): Promise<Distribution> {
  const { id, title, counted, sql, ranges, unit = '', totalSql, isOfGaps = false } = counting;
  const rows = await dataset.query(sql);
  const bars =
    ranges === undefined
      ? rows.map((row): Bar => ({ label: row['label'] as string, count: Number(row['n']) }))
      : barsOf(ranges, unit, new Map(rows.map((row) => [Number(row['range']), Number(row['n'])])));
  const total =
    totalSql === undefined
      ? bars.reduce((sum, bar) => sum + bar.count, 0)
      : Number((await dataset.query(totalSql))[0]?.['n'] ?? 0);
  return { id, title, counted, bars, total, isOfGaps };
}

/** A bar for each range between the first and the last that holds something. */
function barsOf(ranges: readonly number[], unit: string, counts: ReadonlyMap<number, number>): Bar[] {
  const held = [...counts.keys()];
  const last = Math.max(...held);
  return ranges.flatMap((_, index) =>
    held.length > 0 && index >= Math.min(...held) && index <= last
      ? [{ label: rangeLabel(ranges, index, unit), count: counts.get(index) ?? 0 }]
      : [],
  );
}

function rangeLabel(ranges: readonly number[], index: number, unit: string): string {
  const from = ranges[index]!;
  const end = ranges[index + 1];
  const ofUnit = unit === '' ? '' : ` ${unit}`;
  if (end === undefined) return `${from}${ofUnit} and more`;
  // Whole things have a last one; of a measure the end is not in it.
  if (unit !== '') return `${from} to under ${end}${ofUnit}`;
  return end - 1 === from ? String(from) : `${from} to ${end - 1}`;
}
