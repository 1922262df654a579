/**
 * Which columns serve which capability of agents that learn from how people work.
 *
 * The one table of it: the card prints it, and each column's own text, in card and Parquet metadata, ends with it.
 * Plain constants. Names of tables are those of episodes; the tables of traces have the same columns.
 */

export interface Capability {
  name: string;
  /** What is learned, in a few words. */
  learns: string;
  /** Columns by table. */
  columns: Readonly<Record<string, readonly string[]>>;
}

const STATE_BEFORE = ['view_index', 'view_key', 'app', 'scroll_position', 'focused_role', 'target_states'];
const TARGET = [
  'target_role',
  'target_term',
  'target_element_key',
  'target_landmark',
  'target_x',
  'target_y',
];

export const CAPABILITIES: readonly Capability[] = [
  {
    name: 'intent prediction',
    learns: 'what a person does next and what with, from what was done so far; where a movement is going',
    columns: {
      steps: [
        ...STATE_BEFORE,
        'action',
        'follows_step_index',
        ...TARGET,
        'pause_before_ms',
        'hesitated',
        'task',
      ],
      views: ['view_key', 'navigation'],
      motions: ['end', 'end_x_in_target', 'end_y_in_target'],
      motion_samples: ['time_ms', 'x_px', 'y_px'],
    },
  },
  {
    name: 'workflow optimisation',
    learns: 'which work is done again and again, by which detours, and how it ends',
    columns: {
      episodes: [
        'step_count',
        'outcome',
        'task',
        'routine_count',
        'app_switch_loop_count',
        'back_track_count',
      ],
      steps: [
        'action',
        'pause_before_ms',
        'routine_id',
        'routine_time',
        'routine_act_count',
        'app_switch_loop_id',
        'back_track',
        'hotkey',
        'by_keyboard',
        'outcome',
      ],
    },
  },
  {
    name: 'error recovery',
    learns: 'how it shows that something went wrong, and what people do then',
    columns: {
      episodes: [
        'outcome',
        'dead_click_count',
        're_click_count',
        'correction_count',
        'back_track_count',
        'dialog_dismissed_unused_count',
        'form_mended_count',
        'form_abandoned_count',
      ],
      steps: [
        'effect',
        'dead_click',
        're_click',
        'correction',
        'correction_burst_id',
        'correction_count',
        'back_track',
        'dialog_dismissed_unused',
        'form_id',
        'form_end',
        'reversed',
        'overshot',
        'outcome',
      ],
      rhythms: ['correction_count'],
      rhythm_keys: ['key_class'],
    },
  },
  {
    name: 'contextual adaptation',
    learns: 'how the same act differs by app, view, kind of screen, input and state',
    columns: {
      steps: [...STATE_BEFORE, 'target_landmark', 'target_list_item_count_min', 'by_keyboard', 'hesitated'],
      views: ['app', 'view_key', 'width', 'pointer_type', 'navigation', 'canvas_share_quarters'],
      rhythms: ['duration_ms'],
    },
  },
];

/** The names of what a column serves; of a table of traces by the table of episodes that it is like. */
export function capabilitiesOf(table: string, column: string): string[] {
  return CAPABILITIES.filter(({ columns }) => columns[baseTable(table)]?.includes(column)).map(
    ({ name }) => name,
  );
}

function baseTable(table: string): string {
  return table === 'traces' ? 'episodes' : table.replace(/^trace_/, '');
}
