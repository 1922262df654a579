/**
 * Rows of the tables -> the published record that they were made from, so that what draws or converts records need not
 * know the tables.
 *
 * Pure, on the data team's computer. The way back of step-table.ts, target-columns.ts, episode-tables.ts and
 * trace-tables.ts; what it gives is checked by the contract's schema. Columns that it does not know it leaves out.
 */
import type { Json } from '@duckdb/node-api';
import {
  COUNT_BUCKETS,
  EFFECTS,
  GAP_REASONS,
  INTERACTIVE_ROLES,
  LANDMARKS,
  LENGTH_BUCKETS,
  NAVIGATIONS,
  OUTCOMES,
  PATH_FLAGS,
  PRESS_KEYS,
  SCROLL_AMOUNTS,
  SCROLL_DIRECTIONS,
  SCROLL_POSITIONS,
  SHORTCUTS,
  STATES,
} from '../src/trace/limits.ts';
import { packPath } from '../src/trace/packed-path.ts';
import { PublishedEpisode, PublishedTrace } from '../src/trace/published.ts';
import { ACTION_NAMES, lowerEndOf, MOVEMENT_END_NAMES, toSnakeCase } from './field-names.ts';
import type { Row, Work } from './stream-work.ts';

/** The record of an episode or trace. Throws a ZodError if the rows are none of ours. */
export function recordOfWork(work: Work): PublishedEpisode | PublishedTrace {
  const { kind, row, parts } = work;
  const common = {
    kind,
    recordId: row['record_id'],
    recordedWeek: row['recorded_week'],
    views: parts.views.map(viewOf),
    steps: parts.steps.map(stepOf),
    gaps: parts.gaps.map((gap) => ({
      afterStep: gap['after_step_index'],
      reason: wireNames(GAP_REASONS)(gap['reason']),
    })),
    outcome: wireNames(OUTCOMES)(row['outcome']),
    ...optional('split', row['split']),
  };
  if (kind === 'episode') return PublishedEpisode.parse(common);
  return PublishedTrace.parse({
    ...common,
    motions: parts.motions.map((motion, index) => motionOf(motion, ofPiece(parts.motion_samples, index))),
    rhythms: parts.rhythms.map((rhythm, index) => rhythmOf(rhythm, ofPiece(parts.rhythm_keys, index))),
  });
}

type ToWire = (value: Json | undefined) => Json | undefined;

/** From a column's word to the contract's: `state_changed` is `stateChanged`. */
function wireNames(list: readonly string[]): ToWire {
  const names = new Map(list.map((name) => [toSnakeCase(name), name]));
  return (value) => (typeof value === 'string' ? names.get(value) : undefined);
}

function inverse(names: Readonly<Record<string, string>>): ToWire {
  const wire = new Map(Object.entries(names).map(([name, column]) => [column, name]));
  return (value) => (typeof value === 'string' ? wire.get(value) : undefined);
}

/** From a bucket's lower end to the bucket. */
function bucketOf(list: typeof COUNT_BUCKETS | typeof LENGTH_BUCKETS): ToWire {
  return (value) => list.find((bucket) => lowerEndOf(bucket) === value);
}

const countBucket = bucketOf(COUNT_BUCKETS);

/** A field that is absent where its column is null. */
function optional(name: string, value: Json | undefined): Record<string, Json> {
  return value === null || value === undefined ? {} : { [name]: value };
}

function viewOf(row: Row) {
  return {
    app: row['app'],
    viewKey: row['view_key'],
    navigation: wireNames(NAVIGATIONS)(row['navigation']),
    width: row['width'],
    pointerType: row['pointer_type'],
    inventory: {
      roles: countsOf(row, INTERACTIVE_ROLES, (role) => `visible_${role}_count_min`),
      landmarks: countsOf(row, LANDMARKS, (landmark) => `visible_in_${landmark}_count_min`),
    },
    coverage: {
      unreachableFrames: countBucket(row['unreachable_frame_count_min']),
      closedShadowRoots: countBucket(row['closed_shadow_root_count_min']),
      canvasShareQuarters: row['canvas_share_quarters'],
    },
  };
}

/** Counts that are not zero. */
function countsOf(row: Row, names: readonly string[], column: (name: string) => string) {
  const counts = names.map((name) => [name, row[column(name)]] as const);
  return Object.fromEntries(
    counts.filter(([, count]) => count !== 0).map(([name, count]) => [name, countBucket(count)]),
  );
}

function stepOf(row: Row) {
  const target = targetOf(row, 'target');
  const destination = targetOf(row, 'destination');
  return {
    action: inverse(ACTION_NAMES)(row['action']),
    view: row['view_index'],
    pauseBeforeMs: row['pause_before_ms'],
    pathFlags: PATH_FLAGS.filter((flag) => row[flag] === true),
    scrollPosition: wireNames(SCROLL_POSITIONS)(row['scroll_position']),
    effect: wireNames(EFFECTS)(row['effect']),
    ...(target === undefined ? {} : { target }),
    ...(destination === undefined ? {} : { destination }),
    ...optional('focusedRole', row['focused_role']),
    ...optional('keyboard', row['by_keyboard']),
    ...optional('key', wireNames(PRESS_KEYS)(row['pressed_key'])),
    ...optional('shortcut', wireNames(SHORTCUTS)(row['hotkey'])),
    ...optional('direction', wireNames(SCROLL_DIRECTIONS)(row['scroll_direction'])),
    ...optional('amount', wireNames(SCROLL_AMOUNTS)(row['scroll_amount'])),
    ...optional('length', bucketOf(LENGTH_BUCKETS)(row['typed_key_count_min'])),
    ...optional('navigation', wireNames(NAVIGATIONS)(row['navigation'])),
    ...optional('task', row['task']),
  };
}

function targetOf(row: Row, prefix: 'target' | 'destination') {
  const cell = (name: string) => row[`${prefix}_${name}`];
  const states = cell('states');
  if (cell('tag') === null || !Array.isArray(states)) return undefined;
  return {
    tag: cell('tag'),
    role: cell('role'),
    ...optional('inputType', cell('input_type')),
    states: states.map(wireNames(STATES)),
    gridX: cell('x_twelfths'),
    gridY: cell('y_eighths'),
    widthLog2: cell('width_px_log2'),
    heightLog2: cell('height_px_log2'),
    depth: cell('depth_bucket'),
    siblings: countBucket(cell('sibling_count_min')),
    landmark: cell('landmark'),
    listSize: countBucket(cell('list_item_count_min')),
    ...optional('elementKey', cell('element_key')),
    ...optional('term', cell('term')),
  };
}

/** Rows of the samples or keys of the piece with this number. */
function ofPiece(rows: readonly Row[], index: number): Row[] {
  return rows.filter((row) => (row['motion_index'] ?? row['rhythm_index']) === index);
}

function placeOf(row: Row) {
  return { startMs: row['start_ms'], afterStep: row['after_step_index'] };
}

function motionOf(row: Row, samples: readonly Row[]) {
  const differences = (column: string) =>
    samples.slice(1).map((sample, index) => Number(sample[column]) - Number(samples[index]![column]));
  return {
    ...placeOf(row),
    path: packPath({ dxPx: differences('x_px'), dyPx: differences('y_px') }),
    end: inverse(MOVEMENT_END_NAMES)(row['end']),
    pauseBefore: row['pause_before'],
    endOffset:
      row['end_x_offset_quarters'] === null
        ? null
        : { xQuarters: row['end_x_offset_quarters'], yQuarters: row['end_y_offset_quarters'] },
    target:
      row['target_role'] === null
        ? null
        : {
            role: row['target_role'],
            widthLog2: row['target_width_px_log2'],
            heightLog2: row['target_height_px_log2'],
          },
    pointerType: row['pointer_type'],
    nestedScroller: row['nested_scroller'],
  };
}

function rhythmOf(row: Row, keys: readonly Row[]) {
  return {
    ...placeOf(row),
    keyClass: keys.map((key) => key['key_class']),
    intervalMs: keys.slice(1).map((key) => key['interval_ms']),
  };
}
