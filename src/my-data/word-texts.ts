/**
 * The names of what records are made of, as names of texts: kinds, actions, effects, roles, landmarks, gaps.
 *
 * Shared by everything on the My data page that says a record in words. A role without a name of its own is said as a
 * part of the page: which one stands in the record beside it.
 */
import type { Scope } from '../charter/charter.ts';
import type { TextName } from '../popup/translate.ts';
import type {
  Action,
  Effect,
  GapReason,
  InteractiveRole,
  Landmark,
  MovementEnd,
  Outcome,
  PathFlag,
  Role,
} from '../trace/limits.ts';
import type { KeyClass } from '../replay/pieces.ts';
import type { PublishedKind, TraceRecord } from '../trace/record.ts';

export const KIND_TEXTS: Record<PublishedKind, TextName> = {
  motion: 'myDataKind_motion',
  rhythm: 'myDataKind_rhythm',
  episode: 'myDataKind_episode',
  trace: 'myDataKind_trace',
};

/** What one record is called. */
export const RECORD_TEXTS: Record<TraceRecord['kind'], TextName> = {
  motion: 'myDataRecordOf_motion',
  rhythm: 'myDataRecordOf_rhythm',
  episode: 'myDataRecordOf_episode',
  trace: 'myDataRecordOf_trace',
  sighting: 'myDataRecordOf_sighting',
};

/** What a session counts, and the scope that it belongs to. */
export const COUNTED: Record<'motion' | 'rhythm' | 'step' | 'trace', { text: TextName; scope: Scope }> = {
  motion: { text: 'myDataKind_motion', scope: 'pointer' },
  rhythm: { text: 'myDataKind_rhythm', scope: 'keys' },
  step: { text: 'myDataKind_step', scope: 'workflow' },
  trace: { text: 'myDataKind_trace', scope: 'workflow' },
};

export const ACTION_TEXTS: Record<Action, TextName> = {
  click: 'myDataAction_click',
  doubleClick: 'myDataAction_doubleClick',
  secondaryClick: 'myDataAction_secondaryClick',
  middleClick: 'myDataAction_middleClick',
  auxiliaryClick: 'myDataAction_auxiliaryClick',
  drag: 'myDataAction_drag',
  scroll: 'myDataAction_scroll',
  zoom: 'myDataAction_zoom',
  type: 'myDataAction_type',
  press: 'myDataAction_press',
  shortcut: 'myDataAction_shortcut',
  focus: 'myDataAction_focus',
  select: 'myDataAction_select',
  submit: 'myDataAction_submit',
  copy: 'myDataAction_copy',
  cut: 'myDataAction_cut',
  paste: 'myDataAction_paste',
  undo: 'myDataAction_undo',
  redo: 'myDataAction_redo',
  fileChosen: 'myDataAction_fileChosen',
  viewChange: 'myDataAction_viewChange',
  tabSwitch: 'myDataAction_tabSwitch',
  windowFocus: 'myDataAction_windowFocus',
  dialogOpened: 'myDataAction_dialogOpened',
  dialogDismissed: 'myDataAction_dialogDismissed',
  taskBegun: 'myDataAction_taskBegun',
  taskDone: 'myDataAction_taskDone',
  taskGivenUp: 'myDataAction_taskGivenUp',
};

export const EFFECT_TEXTS: Record<Exclude<Effect, 'none'>, TextName> = {
  viewChanged: 'myDataEffect_viewChanged',
  dialogOpened: 'myDataEffect_dialogOpened',
  focusMoved: 'myDataEffect_focusMoved',
  stateChanged: 'myDataEffect_stateChanged',
  formInvalid: 'myDataEffect_formInvalid',
  navigationFailed: 'myDataEffect_navigationFailed',
};

const ROLE_TEXTS: Record<InteractiveRole, TextName> & Partial<Record<Role, TextName>> = {
  button: 'myDataRole_button',
  checkbox: 'myDataRole_checkbox',
  combobox: 'myDataRole_combobox',
  gridcell: 'myDataRole_cell',
  link: 'myDataRole_link',
  listbox: 'myDataRole_list',
  menuitem: 'myDataRole_menuitem',
  menuitemcheckbox: 'myDataRole_menuitem',
  menuitemradio: 'myDataRole_menuitem',
  option: 'myDataRole_option',
  radio: 'myDataRole_radio',
  searchbox: 'myDataRole_searchbox',
  slider: 'myDataRole_slider',
  spinbutton: 'myDataRole_spinbutton',
  switch: 'myDataRole_switch',
  tab: 'myDataRole_tab',
  textbox: 'myDataRole_textbox',
  treeitem: 'myDataRole_treeitem',
  cell: 'myDataRole_cell',
  columnheader: 'myDataRole_cell',
  dialog: 'myDataRole_dialog',
  heading: 'myDataRole_heading',
  img: 'myDataRole_img',
  list: 'myDataRole_list',
  listitem: 'myDataRole_listitem',
  row: 'myDataRole_row',
  table: 'myDataRole_table',
};

export function roleText(role: Role): TextName {
  return ROLE_TEXTS[role] ?? 'myDataRole_other';
}

export const LANDMARK_TEXTS: Record<Exclude<Landmark, 'none'>, TextName> = {
  banner: 'myDataLandmark_banner',
  navigation: 'myDataLandmark_navigation',
  main: 'myDataLandmark_main',
  complementary: 'myDataLandmark_complementary',
  contentinfo: 'myDataLandmark_contentinfo',
  form: 'myDataLandmark_form',
  search: 'myDataLandmark_search',
  region: 'myDataLandmark_region',
  dialog: 'myDataLandmark_dialog',
};

export const GAP_TEXTS: Record<GapReason, TextName> = {
  paused: 'myDataGap_paused',
  excluded: 'myDataGap_excluded',
  workerUnreachable: 'myDataGap_workerUnreachable',
  budget: 'myDataGap_budget',
  sensitiveField: 'myDataGap_sensitiveField',
  pageGone: 'myDataGap_pageGone',
  storageFull: 'myDataGap_storageFull',
};

export const END_TEXTS: Record<MovementEnd, TextName> = {
  click: 'myDataEnd_click',
  doubleClick: 'myDataEnd_doubleClick',
  secondary: 'myDataEnd_secondary',
  drag: 'myDataEnd_drag',
  wheel: 'myDataEnd_wheel',
  none: 'myDataEnd_none',
};

export const KEY_TEXTS: Record<KeyClass, TextName> = {
  char: 'myDataKey_char',
  space: 'myDataKey_space',
  backspace: 'myDataKey_backspace',
  enter: 'myDataKey_enter',
  navigation: 'myDataKey_navigation',
};

export const OUTCOME_TEXTS: Record<Outcome, TextName> = {
  done: 'myDataOutcome_done',
  givenUp: 'myDataOutcome_givenUp',
  unknown: 'myDataOutcome_unknown',
};

export const FLAG_TEXTS: Record<PathFlag, TextName> = {
  hesitated: 'myDataFlag_hesitated',
  reversed: 'myDataFlag_reversed',
  overshot: 'myDataFlag_overshot',
};
