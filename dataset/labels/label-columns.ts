/**
 * The labels as columns of `steps`, and their counts as columns of `episodes`; of traces likewise.
 *
 * The one place that says what each label means. A column is true or false for each step; where several steps belong
 * together they have the number of their group, which counts within one episode or trace.
 */
import { FORM_ENDS } from './forms.ts';
import type { WorkLabels } from './label-work.ts';
import type { Column, ColumnText, Whole } from '../table.ts';

export interface LabelledStep {
  index: number;
  labels: WorkLabels;
}

/** Labels of each step, but for those that are facts of its own: how the pointer came there, and its effect. */
export const labelColumns = ({ kind }: Whole): Column<LabelledStep>[] => [
  {
    name: 'follows_step_index',
    type: 'INTEGER',
    description: `The step of the act that it came of: of dialogs, moved focus and submissions, and of view changes that an act had as its effect. Null of what the person did; an agent chooses those. Null too of a view change by the browser’s own buttons, an address or the page itself.`,
    value: ({ index, labels }) => labels.causes.get(index) ?? null,
  },
  flag(
    'dead_click',
    'A click or double click, not in a text field, that nothing came of as far as recording sees (effect none, no dialog, view change or submission; new content alone is not seen), and the next act, in the same view within 5 s, was another click.',
    ({ deadClicks }) => deadClicks,
  ),
  flag(
    're_click',
    'A click on the same control right after a dead_click on it: same element key, kind, size and place. Never in lists, tables and menus of two or more, whose items have one key.',
    ({ reClicks }) => reClicks,
  ),
  flag(
    'correction',
    kind === 'trace'
      ? 'Something was taken back: an undo by key, menu or a control called undo, or typing with backspaces in it (correction_count).'
      : 'Something was taken back: an undo by key, menu or a control called undo. Backspaces within typing are in rhythms and not here: no episode tells of them.',
    ({ corrections }) => corrections,
  ),
  number(
    'correction_burst_id',
    'Corrections right after one another are one burst.',
    ({ corrections }, index) => corrections.get(index),
  ),
  flag(
    'back_track',
    'A view change that went back: by the browser’s history to a view that the app had shown before this one; or by any other way to the view before this one, after a look of at most 3 acts (scrolling not counted) in which nothing was entered or submitted. Views are told apart by app and view_key, of which hidden ones tell nothing.',
    ({ backTracks }) => backTracks,
  ),
  flag(
    'dialog_dismissed_unused',
    'A dialog closed by the first act after it had opened, and that act turned it down: escape, a press outside, or a control called cancel, close, hide or skip.',
    ({ dismissedDialogs }) => dismissedDialogs,
  ),
  number(
    'form_id',
    'One filling in of a form: what was entered or chosen in fields that lie in a form or dialog (search left out), attempts to send, and how it ended, all in one view.',
    ({ forms }, index) => forms.get(index)?.id,
  ),
  {
    name: 'form_end',
    type: 'VARCHAR',
    description:
      'How that filling in ended. submitted: sent (a submission, a save or submit hotkey, enter with an effect, a control called save, send, next and so on). mended: submitted after it had been refused (effect form_invalid). abandoned: discarded (a control called cancel, close, clear, reset and so on; its dialog turned down), left by a link or tab outside it or by the browser’s own buttons, or the task given up. unknown: nothing tells, or a gap lies before its end.',
    values: FORM_ENDS,
    value: ({ index, labels }) => labels.forms.get(index)?.end ?? null,
  },
  number(
    'routine_id',
    `Acts that come again in the same order, each the same action on the same kind of control (role, term, element key) in the same view: two acts three times or more, three or more acts twice or more. The most compressive ones first, none overlapping, none across a gap; scrolling, zooming and coming back to the window do not count. Exact: a time with an act more or less is not found.`,
    ({ routines }, index) => routines.get(index)?.id,
  ),
  number(
    'routine_time',
    'Which time of the routine it is, from 0.',
    ({ routines }, index) => routines.get(index)?.time,
  ),
  number(
    'routine_act_count',
    'Acts that one time of the routine has.',
    ({ routines }, index) => routines.get(index)?.acts,
    'count',
  ),
  number(
    'app_switch_loop_id',
    'Two apps by turns, at least there, back and there again (A, B, A, B), with nothing else and no gap between. Apps whose label is hidden are left out.',
    ({ appSwitchLoops }, index) => appSwitchLoops.get(index),
  ),
];

/** How often each label occurs in a record; groups are counted once. */
export const labelCountColumns = ({ kind }: Whole): Column<{ labels: WorkLabels }>[] => [
  count('dead_click_count', 'Steps that are a dead_click.', ({ deadClicks }) => deadClicks.size),
  count('re_click_count', 'Steps that are a re_click.', ({ reClicks }) => reClicks.size),
  count('correction_count', 'Steps that are a correction.', ({ corrections }) => corrections.size),
  count('back_track_count', 'Steps that are a back_track.', ({ backTracks }) => backTracks.size),
  count(
    'dialog_dismissed_unused_count',
    'Steps that are a dialog_dismissed_unused.',
    ({ dismissedDialogs }) => dismissedDialogs.size,
  ),
  ...FORM_ENDS.map((end) =>
    count(
      `form_${end}_count`,
      `Fillings in of forms, by form_id, whose form_end is ${end}.`,
      ({ forms }) => new Set([...forms.values()].filter((form) => form.end === end).map(({ id }) => id)).size,
    ),
  ),
  count(
    'routine_count',
    `Different routines in the ${kind}, by routine_id.`,
    ({ routines }) => new Set([...routines.values()].map(({ id }) => id)).size,
  ),
  count(
    'app_switch_loop_count',
    `Loops between two apps in the ${kind}, by app_switch_loop_id.`,
    ({ appSwitchLoops }) => new Set(appSwitchLoops.values()).size,
  ),
];

function flag(
  name: string,
  description: string,
  placesOf: (labels: WorkLabels) => { has: (index: number) => boolean },
): Column<LabelledStep> {
  return { name, type: 'BOOLEAN', description, value: ({ index, labels }) => placesOf(labels).has(index) };
}

function number(
  name: string,
  description: string,
  valueOf: (labels: WorkLabels, index: number) => number | undefined,
  unit?: ColumnText['unit'],
): Column<LabelledStep> {
  const text = `${description} Null where there is none.`;
  return {
    name,
    type: 'INTEGER',
    description: text,
    ...(unit === undefined ? {} : { unit }),
    value: ({ index, labels }) => valueOf(labels, index) ?? null,
  };
}

function count(
  name: string,
  description: string,
  value: (labels: WorkLabels) => number,
): Column<{ labels: WorkLabels }> {
  return { name, type: 'INTEGER', description, unit: 'count', value: ({ labels }) => value(labels) };
}
