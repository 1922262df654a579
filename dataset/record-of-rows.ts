/**
 * Rows of the tables -> the record that they were made from: the way back, for what shows or converts one piece of work.
 *
 * Runs on the data team's computer. Parsed by the contract's schema, so that a file that someone altered is an error here
 * and not a wrong picture.
 */
import type { Json } from '@duckdb/node-api';
import {
  COUNT_BUCKETS,
  INTERACTIVE_ROLES,
  LANDMARKS,
  LENGTH_BUCKETS,
  PATH_FLAGS,
} from '../src/trace/limits.ts';
import { packPath } from '../src/trace/packed-path.ts';
import { PublishedEpisode, PublishedTrace } from '../src/trace/published.ts';
import { ACTION_NAMES, lowerEndOf, MOVEMENT_END_NAMES, toCamelCase } from './field-names.ts';
import type { Dataset } from './open-dataset.ts';

type Row = Record<string, Json>;

/** An episode by its id; undefined if there is none. Throws where its rows do not fit the contract. */
export async function readEpisode(dataset: Dataset, id: string): Promise<PublishedEpisode | undefined> {
  const parts = await readParts(dataset, id, 'episodes', '', 'episode_id');
  return parts && PublishedEpisode.parse({ kind: 'episode', ...workOf(parts) });
}

/** A trace by its id, with its movements and typing runs; undefined if there is none. */
export async function readTrace(dataset: Dataset, id: string): Promise<PublishedTrace | undefined> {
  const parts = await readParts(dataset, id, 'traces', 'trace_', 'trace_id');
  if (parts === undefined) return undefined;
  const motions = await dataset.query(
    `SELECT motion.*, samples.x, samples.y FROM trace_motions AS motion
     JOIN (SELECT motion_index, list(x_px ORDER BY sample_index) AS x, list(y_px ORDER BY sample_index) AS y
       FROM trace_motion_samples WHERE trace_id = $1 GROUP BY 1) AS samples USING (motion_index)
     WHERE trace_id = $1 ORDER BY motion_index`,
    [id],
  );
  const rhythms = await dataset.query(
    `SELECT run.*, keys.classes, keys.intervals FROM trace_rhythms AS run
     JOIN (SELECT rhythm_index, list(key_class ORDER BY key_index) AS classes,
         list(interval_ms ORDER BY key_index) AS intervals
       FROM trace_rhythm_keys WHERE trace_id = $1 GROUP BY 1) AS keys USING (rhythm_index)
     WHERE trace_id = $1 ORDER BY rhythm_index`,
    [id],
  );
  return PublishedTrace.parse({
    kind: 'trace',
    ...workOf(parts),
    motions: motions.map(motionOf),
    rhythms: rhythms.map((row) => ({
      startMs: row['start_ms'],
      afterStep: row['after_step_index'],
      keyClass: row['classes'],
      intervalMs: (row['intervals'] as number[]).slice(1),
    })),
  });
}

interface Parts {
  whole: Row;
  steps: Row[];
  views: Row[];
  gaps: Row[];
}

async function readParts(
  dataset: Dataset,
  id: string,
  table: string,
  prefix: string,
  idColumn: string,
): Promise<Parts | undefined> {
  const [whole] = await dataset.query(`SELECT * FROM ${table} WHERE record_id = $1`, [id]);
  if (whole === undefined) return undefined;
  const partsOf = (part: string, order: string) =>
    dataset.query(`SELECT * FROM ${prefix}${part} WHERE ${idColumn} = $1 ORDER BY ${order}`, [id]);
  return {
    whole,
    steps: await partsOf('steps', 'step_index'),
    views: await partsOf('views', 'view_index'),
    gaps: await partsOf('gaps', 'after_step_index, reason'),
  };
}

function workOf({ whole, steps, views, gaps }: Parts): object {
  return {
    recordId: whole['record_id'],
    recordedWeek: whole['recorded_week'],
    outcome: camel(whole['outcome']),
    steps: steps.map(stepOf),
    views: views.map(viewOf),
    gaps: gaps.map((row) => ({ afterStep: row['after_step_index'], reason: camel(row['reason']) })),
    ...withoutNulls({ split: whole['split'] }),
  };
}

const ACTIONS_BY_NAME = invert(ACTION_NAMES);
const ENDS_BY_NAME = invert(MOVEMENT_END_NAMES);

function stepOf(row: Row): object {
  return withoutNulls({
    action: ACTIONS_BY_NAME.get(row['action'] as string),
    view: row['view_index'],
    pauseBeforeMs: row['pause_before_ms'],
    target: targetOf(row, 'target'),
    destination: targetOf(row, 'destination'),
    pathFlags: PATH_FLAGS.filter((flag) => row[flag] === true),
    scrollPosition: row['scroll_position'],
    focusedRole: row['focused_role'],
    effect: camel(row['effect']),
    keyboard: row['by_keyboard'],
    key: camel(row['pressed_key']),
    shortcut: camel(row['hotkey']),
    direction: row['scroll_direction'],
    amount: row['scroll_amount'],
    length: bucketOf(LENGTH_BUCKETS, row['typed_key_count_min']),
    navigation: camel(row['navigation']),
    task: row['task'],
  });
}

function targetOf(row: Row, prefix: string): object | null {
  const cell = (name: string) => row[`${prefix}_${name}`] ?? null;
  if (cell('role') === null) return null;
  return withoutNulls({
    tag: cell('tag'),
    role: cell('role'),
    inputType: cell('input_type'),
    states: (cell('states') as string[]).map(toCamelCase),
    gridX: cell('x_twelfths'),
    gridY: cell('y_eighths'),
    widthLog2: cell('width_px_log2'),
    heightLog2: cell('height_px_log2'),
    depth: cell('depth_bucket'),
    siblings: bucketOf(COUNT_BUCKETS, cell('sibling_count_min')),
    landmark: cell('landmark'),
    listSize: bucketOf(COUNT_BUCKETS, cell('list_item_count_min')),
    elementKey: cell('element_key'),
    term: cell('term'),
  });
}

function viewOf(row: Row): object {
  const counts = (names: readonly string[], column: (name: string) => string) =>
    Object.fromEntries(
      names
        .map((name) => [name, bucketOf(COUNT_BUCKETS, row[column(name)] ?? null)])
        .filter(([, bucket]) => bucket !== '0'),
    ) as object;
  return {
    app: row['app'],
    viewKey: row['view_key'],
    navigation: camel(row['navigation']),
    width: row['width'],
    pointerType: row['pointer_type'],
    inventory: {
      roles: counts(INTERACTIVE_ROLES, (role) => `visible_${role}_count_min`),
      landmarks: counts(LANDMARKS, (landmark) => `visible_in_${landmark}_count_min`),
    },
    coverage: {
      unreachableFrames: bucketOf(COUNT_BUCKETS, row['unreachable_frame_count_min']),
      closedShadowRoots: bucketOf(COUNT_BUCKETS, row['closed_shadow_root_count_min']),
      canvasShareQuarters: row['canvas_share_quarters'],
    },
  };
}

function motionOf(row: Row): object {
  const offset = { xQuarters: row['end_x_offset_quarters'], yQuarters: row['end_y_offset_quarters'] };
  const target = {
    role: row['target_role'],
    widthLog2: row['target_width_px_log2'],
    heightLog2: row['target_height_px_log2'],
  };
  return {
    startMs: row['start_ms'],
    afterStep: row['after_step_index'],
    path: packPath({ dxPx: differences(row['x'] as number[]), dyPx: differences(row['y'] as number[]) }),
    end: ENDS_BY_NAME.get(row['end'] as string),
    pauseBefore: row['pause_before'],
    endOffset: offset.xQuarters === null ? null : offset,
    target: target.role === null ? null : target,
    pointerType: row['pointer_type'],
    nestedScroller: row['nested_scroller'],
  };
}

function differences(places: readonly number[]): number[] {
  return places.slice(1).map((place, index) => place - places[index]!);
}

function bucketOf(
  buckets: readonly Parameters<typeof lowerEndOf>[0][],
  lowerEnd: Json | undefined,
): string | null {
  return buckets.find((bucket) => lowerEndOf(bucket) === lowerEnd) ?? null;
}

function camel(name: Json | undefined): string | null {
  return typeof name === 'string' ? toCamelCase(name) : null;
}

function withoutNulls(cells: Record<string, unknown>): object {
  return Object.fromEntries(
    Object.entries(cells).filter(([, value]) => value !== null && value !== undefined),
  );
}

function invert<Key extends string>(names: Readonly<Record<Key, string>>): Map<string, Key> {
  return new Map((Object.entries(names) as [Key, string][]).map(([key, name]) => [name, key]));
}
