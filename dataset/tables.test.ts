/**
 * What becomes of a record's values on their way into the tables.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIONS, MAX_PATH_STEPS, MAX_PATH_STEP_PX, MAX_MOVEMENT_MS } from '../src/trace/limits.ts';
import { packPath } from '../src/trace/packed-path.ts';
import type { PublishedRecord } from '../src/trace/published.ts';
import { CAPABILITIES } from './capabilities.ts';
import { decodePath } from './motion-tables.ts';
import { countCorrections } from './rhythm-tables.ts';
import type { Cell, Source } from './table.ts';
import { TABLES } from './tables.ts';
import { aMotion, anEpisode, aRhythm, aStep, aTarget, aTrace, aView } from './testing/published-rows.ts';

const CHARTER = 'c'.repeat(64);

/** Entries that a table makes of one record, as objects by column name. */
function entriesOf(tableName: string, record: PublishedRecord): Record<string, Cell>[] {
  const table = TABLES.find(({ name }) => name === tableName);
  if (table === undefined) throw new Error(`no table ${tableName}`);
  const source = { release: 7, charter: CHARTER, level: 'balanced', record } as Source;
  return table
    .cellsOf(source)
    .map((cells) => Object.fromEntries(table.columns.map(({ name }, index) => [name, cells[index] ?? null])));
}

describe('every column', () => {
  it('has a description and a name of its own in its table', () => {
    for (const table of TABLES) {
      const names = table.columns.map((column) => column.name);
      expect(new Set(names).size).toBe(names.length);
      for (const { name, description } of table.columns) {
        expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
        expect(`${table.name}.${name}: ${description}`).toMatch(/: .*[a-z].*\.$/);
      }
    }
  });

  it.each([
    ['episodes', 'steps', anEpisode(3)],
    ['traces', 'trace_steps', aTrace(3)],
  ] as const)('of labels in %s and %s is of labels that are made once', (wholes, steps, record) => {
    const source = { release: 7, charter: CHARTER, level: 'balanced', record } as Source;
    TABLES.find(({ name }) => name === wholes)!.cellsOf(source);
    const { labels } = source;
    expect(labels).toBeDefined();
    TABLES.find(({ name }) => name === steps)!.cellsOf(source);
    expect(source.labels).toBe(labels);
  });

  it('is there if it is said to serve a capability', () => {
    const names = new Set(
      TABLES.flatMap((table) => table.columns.map((column) => `${table.name}.${column.name}`)),
    );
    for (const { columns } of CAPABILITIES) {
      for (const [table, served] of Object.entries(columns)) {
        for (const column of served) {
          // Traces alone tell of corrections within typing.
          const isTraced = table === 'steps' && column === 'correction_count';
          if (!isTraced) expect(names).toContain(`${table}.${column}`);
          const traced = table === 'episodes' ? 'traces' : `trace_${table}`;
          expect(names).toContain(`${traced}.${column}`);
        }
      }
    }
  });

  it('holds only values that its own text lists', () => {
    const action = ACTIONS.map((name) => aStep({ action: name, target: aTarget() }));
    const records = [aMotion(3), aMotion(5), aRhythm(4), anEpisode(6, { steps: action })];
    for (const record of records) {
      for (const table of TABLES.filter(({ kind }) => kind === record.kind)) {
        for (const entry of entriesOf(table.name, record)) {
          for (const { name, values } of table.columns) {
            const cell = entry[name] ?? null;
            if (values === undefined || cell === null) continue;
            for (const value of [cell].flat()) expect(values).toContain(String(value));
          }
        }
      }
    }
  });
});

const aPath = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 4 * MAX_MOVEMENT_MS }),
      fc.integer({ min: -MAX_PATH_STEP_PX, max: MAX_PATH_STEP_PX }),
      fc.integer({ min: -MAX_PATH_STEP_PX, max: MAX_PATH_STEP_PX }),
    ),
    { minLength: 1, maxLength: MAX_PATH_STEPS },
  )
  .map((steps) => ({
    dtMs: steps.map(([dt]) => dt),
    dxPx: steps.map(([, dx]) => dx),
    dyPx: steps.map(([, , dy]) => dy),
  }));

describe('a path', () => {
  it('decodes to places whose differences are the path, starting at zero', () => {
    fc.assert(
      fc.property(aPath, (path) => {
        const decoded = decodePath(path);
        for (const [places, differences] of [
          [decoded.timeMs, path.dtMs],
          [decoded.xPx, path.dxPx],
          [decoded.yPx, path.dyPx],
        ] as const) {
          expect(places[0]).toBe(0);
          expect(places.slice(1).map((place, index) => place - (places[index] ?? NaN) + 0)).toEqual(
            differences.map((difference) => difference + 0),
          );
        }
      }),
    );
  });

  it('ends where and when its differences sum to, and is at least as long as the way between its ends', () => {
    fc.assert(
      fc.property(aPath, (path) => {
        const sum = (column: readonly number[]) => column.reduce((total, value) => total + value, 0);
        const motion = aMotion(1, { path });
        const [row] = entriesOf('motions', motion);
        const [samples] = entriesOf('motion_samples', motion);
        const last = (name: string) => (samples?.[name] as number[]).at(-1);
        expect(row?.['sample_count']).toBe(path.dtMs.length + 1);
        expect(row?.['duration_ms']).toBe(sum(path.dtMs));
        expect([last('time_ms'), last('x_px'), last('y_px')]).toEqual([
          sum(path.dtMs),
          sum(path.dxPx),
          sum(path.dyPx),
        ]);
        const straightPx = Math.hypot(sum(path.dxPx), sum(path.dyPx));
        expect(row?.['path_length_px']).toBeGreaterThanOrEqual(straightPx - 1e-6);
      }),
    );
  });
});

describe('a motion', () => {
  it('keeps all its fields, and is null where it had no target', () => {
    const [row] = entriesOf('motions', aMotion(1, { end: 'secondary', split: 3 }));
    expect(row).toMatchObject({
      release: 7,
      charter: CHARTER,
      level: 'balanced',
      recorded_week: '2026-W48',
      end: 'right_click',
      end_x_offset_quarters: -3,
      end_x_in_target: 0.125,
      split: 3,
    });
    const [without] = entriesOf('motions', aMotion(1, { endOffset: null }));
    expect(without).toMatchObject({ end_y_offset_quarters: null, end_y_in_target: null, split: null });
  });
});

describe('a rhythm', () => {
  it('counts runs of backspaces, not backspaces', () => {
    expect(countCorrections(['char', 'backspace', 'backspace', 'char', 'backspace'])).toBe(2);
    expect(countCorrections(['backspace'])).toBe(1);
    expect(countCorrections(['char', 'enter'])).toBe(0);
  });

  it('has no interval before its first key', () => {
    const rhythm = aRhythm(2);
    const [keys] = entriesOf('rhythm_keys', rhythm);
    expect(keys?.['interval_ms']).toEqual([null, ...rhythm.intervalMs]);
    expect(keys?.['key_index']).toEqual(rhythm.keyClass.map((_, index) => index));
  });
});

describe('an episode', () => {
  it('names actions as datasets of computer use do, in order', () => {
    const steps = [
      aStep({ action: 'secondaryClick', keyboard: true, pathFlags: ['overshot'] }),
      aStep({ action: 'type', length: '20-49', pauseBeforeMs: 1500 }),
      aStep({ action: 'shortcut', shortcut: 'selectAll' }),
      aStep({ action: 'scroll', direction: 'down', amount: 'pages', view: 1 }),
      aStep({
        action: 'viewChange',
        navigation: 'backForward',
        effect: 'viewChanged',
        focusedRole: 'textbox',
      }),
      aStep({ action: 'taskBegun', task: 'answer-mail' }),
    ];
    const rows = entriesOf('steps', anEpisode(1, { steps, views: [aView(), aView({ app: 'other' })] }));
    expect(rows.map((row) => row['step_index'])).toEqual([0, 1, 2, 3, 4, 5]);
    expect(rows[0]).toMatchObject({
      action: 'right_click',
      by_keyboard: true,
      overshot: true,
      hesitated: false,
      target_role: null,
      app: 'desk',
    });
    expect(rows[1]).toMatchObject({
      action: 'type',
      typed_key_count_min: 20,
      pause_before_ms: 1500,
      by_keyboard: null,
    });
    expect(rows[2]).toMatchObject({ action: 'hotkey', hotkey: 'select_all' });
    expect(rows[3]).toMatchObject({
      scroll_direction: 'down',
      scroll_amount: 'pages',
      view_index: 1,
      app: 'other',
    });
    expect(rows[4]).toMatchObject({
      action: 'navigate',
      navigation: 'back_forward',
      effect: 'view_changed',
      focused_role: 'textbox',
    });
    expect(rows[5]).toMatchObject({ action: 'task_begun', task: 'answer-mail' });
  });

  it('describes what a step was done to and where a drag ended', () => {
    const target = aTarget({
      inputType: 'datetime-local',
      states: ['hasPopup', 'required'],
      listSize: '20+',
    });
    const destination = aTarget({ role: 'listitem', gridX: 11, gridY: 7 });
    const [row] = entriesOf(
      'steps',
      anEpisode(1, { steps: [aStep({ action: 'drag', target, destination })] }),
    );
    expect(row).toMatchObject({
      target_input_type: 'datetime-local',
      target_states: ['has_popup', 'required'],
      target_list_item_count_min: 20,
      target_sibling_count_min: 2,
      target_term: 'save',
      destination_role: 'listitem',
      destination_x_twelfths: 11,
      destination_y_eighths: 7,
      destination_x: 11.5 / 12,
      destination_y: 7.5 / 8,
    });
  });

  it('has its labels with each step, their counts, its outcome and its task', () => {
    const steps = [
      aStep({ action: 'taskBegun', task: 'answer-mail' }),
      aStep({ target: aTarget() }),
      aStep({ target: aTarget() }),
      aStep({ action: 'undo' }),
      aStep({ action: 'taskDone', task: 'answer-mail' }),
    ];
    const episode = anEpisode(1, { steps, outcome: 'done' });
    expect(entriesOf('episodes', episode)[0]).toMatchObject({
      task: 'answer-mail',
      dead_click_count: 1,
      re_click_count: 1,
      correction_count: 1,
      routine_count: 0,
    });
    const rows = entriesOf('steps', episode);
    expect(rows.map((row) => row['dead_click'])).toEqual([false, true, false, false, false]);
    expect(rows.map((row) => row['re_click'])).toEqual([false, false, true, false, false]);
    expect(rows.map((row) => row['correction_burst_id'])).toEqual([null, null, null, 0, null]);
    expect(rows[3]).toMatchObject({ outcome: 'done', form_end: null, routine_id: null });
  });

  it('gives a view as a vector of counts, zero where nothing was', () => {
    const [row] = entriesOf('views', anEpisode(1));
    expect(row).toMatchObject({
      view_index: 0,
      visible_button_count_min: 5,
      visible_link_count_min: 20,
      visible_slider_count_min: 0,
      visible_in_main_count_min: 10,
      visible_in_dialog_count_min: 0,
      closed_shadow_root_count_min: 1,
    });
  });

  it('counts its parts and keeps its gaps', () => {
    const episode = anEpisode(3, { gaps: [{ afterStep: -1, reason: 'workerUnreachable' }] });
    expect(entriesOf('episodes', episode)[0]).toMatchObject({
      step_count: 4,
      view_count: 2,
      gap_count: 1,
      outcome: 'unknown',
    });
    expect(entriesOf('gaps', episode)).toEqual([
      { episode_id: episode.recordId, after_step_index: -1, reason: 'worker_unreachable' },
    ]);
  });
});

describe('a trace', () => {
  it('tells of each typing step how often the person went back in it, and counts that as a correction', () => {
    const steps = [aStep({ action: 'type', length: '5-9' }), aStep({ action: 'type', length: '1' }), aStep()];
    const rhythm = (afterStep: number, ...keyClass: ('char' | 'backspace')[]) => ({
      startMs: 0,
      afterStep,
      keyClass,
      intervalMs: keyClass.slice(1).map(() => 100),
    });
    const rhythms = [
      rhythm(0, 'char', 'backspace', 'backspace', 'char', 'backspace'),
      rhythm(0, 'char', 'backspace'),
      rhythm(2, 'backspace'),
    ];
    const trace = aTrace(1, { steps, rhythms });
    const rows = entriesOf('trace_steps', trace);
    expect(rows.map((row) => row['correction_count'])).toEqual([3, null, null]);
    expect(rows.map((row) => row['correction'])).toEqual([true, false, false]);
    expect(entriesOf('traces', trace)[0]).toMatchObject({ correction_count: 1 });
    expect(TABLES.find(({ name }) => name === 'steps')?.columns.map(({ name }) => name)).not.toContain(
      'correction_count',
    );
  });

  it('places a path on the target that it ended on, where that is known', () => {
    const path = { dtMs: [50, 50], dxPx: [64, -32], dyPx: [8, 8] };
    const [motion, without] = aTrace(1).motions;
    const target = { role: 'button', widthLog2: 6, heightLog2: 5 } as const;
    const trace = aTrace(1, {
      motions: [
        { ...motion!, path: packPath(path), endOffset: { xQuarters: 0, yQuarters: -4 }, target },
        { ...without!, path: packPath(path), endOffset: null, target: null },
      ],
    });
    const [samples, unplaced] = entriesOf('trace_motion_samples', trace);
    expect(samples).toMatchObject({ x_in_target: [0, 1, 0.5], y_in_target: [-0.5, -0.25, 0] });
    expect(unplaced).toMatchObject({ x_in_target: [null, null, null], y_in_target: [null, null, null] });
  });
});
