/**
 * The contract's closed lists and limits, as plain constants.
 *
 * Free of zod, so that the content script may import it: a schema library there would cost every page 76 kB.
 * A value that is not on one of these lists has no way off the device.
 */

/** Version of the wire format. A released version never changes; a change is a new number. */
export const SCHEMA_VERSION = 1;

/** Where batches are padded to, so that their size says little. */
export const BATCH_SIZES_BYTES = [4 * 1024, 16 * 1024, 64 * 1024] as const;
export const MAX_BATCH_RECORDS = 500;
/** What a batch may inflate to at the collector. */
export const MAX_INFLATED_BYTES = 2 * 1024 * 1024;

// --- motion ---------------------------------------------------------------------------------------------

export const POINTER_SAMPLE_MS = 50;
export const SCROLL_SAMPLE_MS = 100;
/** A movement is cut at a pause longer than this, and after `MAX_MOVEMENT_MS`. */
export const MOVEMENT_PAUSE_MS = 500;
export const MAX_MOVEMENT_MS = 5000;
/** Shorter paths are tremor and are dropped. */
export const MIN_PATH_PX = 8;
export const MIN_PATH_SAMPLES = 3;
/** Samples after the first, which lies at the origin. */
export const MAX_PATH_STEPS = 128;
export const MAX_PATH_STEP_PX = 20_000;
/** At `linked` places and times are the person's own, on these grids. */
export const LINKED_GRID = { placePx: 4, motionMs: 50, intervalMs: 25 } as const;
export const MOVEMENT_ENDS = ['click', 'doubleClick', 'secondary', 'drag', 'wheel', 'none'] as const;
export type MovementEnd = (typeof MOVEMENT_ENDS)[number];
/** Pause before a movement: under 0.5 s, under 2 s, longer. */
export const MOVEMENT_PAUSES = ['short', 'medium', 'long'] as const;
export const POINTER_TYPES = ['mouse', 'other'] as const;
export type PointerType = (typeof POINTER_TYPES)[number];
/** Where a movement ended on its target, in quarters of half the target's extent from its centre. */
export const MAX_OFFSET_QUARTERS = 4;

/** Of one day's records a device keeps this many of each kind, drawn at random: so all give about as many. */
export const KEPT_A_DAY = { motion: 30, rhythm: 6 } as const;

// --- rhythm ---------------------------------------------------------------------------------------------

export const MAX_RHYTHM_KEYS = 20;
export const MIN_RHYTHM_KEYS = 8;
/** Key classes as they leave the device at `balanced` and `strict`. */
export const KEY_CLASSES = ['char', 'backspace', 'enter', 'navigation'] as const;
export const MAX_INTERVAL_MS = 5000;
/** A typing run ends at a field change, a blur or this long a pause. */
export const TYPING_PAUSE_MS = 5000;

// --- rhythm and motion within a trace (level `linked`) ---------------------------------------------------

/** Key classes at `linked`: spaces are told apart. */
export const LINKED_KEY_CLASSES = ['char', 'space', 'backspace', 'enter', 'navigation'] as const;
/** A typing run is cut after this many keys. */
export const MAX_RUN_KEYS = 2000;
/** A trace ends before it holds more than these, so that it fits the largest batch. */
export const MAX_TRACE_MOTIONS = 200;
export const MAX_TRACE_RHYTHMS = 100;
/** Samples of all movements together, and keys of all runs. */
export const MAX_TRACE_SAMPLES = 4000;
export const MAX_TRACE_KEYS = 4000;
/** Nothing in a trace begins later than this after its start. */
export const MAX_TRACE_MS = 4 * 3_600_000;

// --- episode --------------------------------------------------------------------------------------------

/** Pause buckets, by their lower end in milliseconds. */
export const PAUSE_BUCKETS_MS = [0, 100, 250, 500, 750, 1000, 1500, 2000, 3000, 5000] as const;
export const MAX_EPISODE_STEPS = 200;
export const MAX_EPISODE_VIEWS = 200;
/** An episode ends after this long a silence. */
export const EPISODE_SILENCE_MS = 120_000;
/** An effect counts as caused by a step within this time, or until the next step. */
export const EFFECT_WINDOW_MS = 1000;
/** What a page can provoke by itself counts as a step only this soon after a user's event. */
export const CAUSE_WINDOW_MS = 1000;

export const ACTIONS = [
  'click',
  'doubleClick',
  'secondaryClick',
  'middleClick',
  // The buttons that go back and forward, and those of a pen.
  'auxiliaryClick',
  'drag',
  'scroll',
  'zoom',
  'type',
  'press',
  'shortcut',
  'focus',
  'select',
  'submit',
  'copy',
  'cut',
  'paste',
  'undo',
  'redo',
  'fileChosen',
  'viewChange',
  'tabSwitch',
  'windowFocus',
  'dialogOpened',
  'dialogDismissed',
  'taskBegun',
  'taskDone',
  'taskGivenUp',
] as const;
export type Action = (typeof ACTIONS)[number];

export const EFFECTS = [
  'viewChanged',
  'dialogOpened',
  'focusMoved',
  'stateChanged',
  'formInvalid',
  'navigationFailed',
  'none',
] as const;
export type Effect = (typeof EFFECTS)[number];

export const PATH_FLAGS = ['hesitated', 'reversed', 'overshot'] as const;
export type PathFlag = (typeof PATH_FLAGS)[number];

export const SCROLL_POSITIONS = ['top', 'upper', 'middle', 'lower', 'bottom', 'unscrollable'] as const;
export type ScrollPosition = (typeof SCROLL_POSITIONS)[number];
export const SCROLL_DIRECTIONS = ['up', 'down', 'left', 'right'] as const;
export type ScrollDirection = (typeof SCROLL_DIRECTIONS)[number];
/** How far a scroll went: under half a viewport, up to one and a half, further. */
export const SCROLL_AMOUNTS = ['part', 'page', 'pages'] as const;
export type ScrollAmount = (typeof SCROLL_AMOUNTS)[number];

/** Keys that may be named, since pressing them is an action and not text. */
export const PRESS_KEYS = [
  'enter',
  'escape',
  'tab',
  'space',
  'arrowUp',
  'arrowDown',
  'arrowLeft',
  'arrowRight',
  'home',
  'end',
  'pageUp',
  'pageDown',
  'delete',
  'backspace',
  'function',
] as const;
export type PressKey = (typeof PRESS_KEYS)[number];

export const SHORTCUTS = [
  'copy',
  'cut',
  'paste',
  'undo',
  'redo',
  'save',
  'find',
  'selectAll',
  'print',
  'open',
  'new',
  'bold',
  'italic',
  'underline',
  'link',
  'submit',
  'zoomIn',
  'zoomOut',
  'zoomReset',
] as const;
export type Shortcut = (typeof SHORTCUTS)[number];

export const NAVIGATIONS = [
  'load',
  'newTab',
  'reload',
  'backForward',
  'push',
  'replace',
  'hash',
  'resize',
] as const;
export type Navigation = (typeof NAVIGATIONS)[number];

/** Narrow below `NARROW_BELOW_PX`; finer classes would tell people by their screens (docs/decisions/0016). */
export const VIEW_WIDTHS = ['narrow', 'wide'] as const;
export const NARROW_BELOW_PX = 1024;

export const COUNT_BUCKETS = ['0', '1', '2-4', '5-9', '10-19', '20+'] as const;
export type CountBucket = (typeof COUNT_BUCKETS)[number];
/** How many keys a typing step had. */
export const LENGTH_BUCKETS = ['1', '2-4', '5-9', '10-19', '20-49', '50-99', '100+'] as const;
export type LengthBucket = (typeof LENGTH_BUCKETS)[number];

export const OUTCOMES = ['done', 'givenUp', 'unknown'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const GAP_REASONS = [
  'paused',
  'excluded',
  'workerUnreachable',
  'budget',
  'sensitiveField',
  'pageGone',
  'storageFull',
] as const;
export type GapReason = (typeof GAP_REASONS)[number];

// --- target ---------------------------------------------------------------------------------------------

export const GRID_CELLS = 12;
export const GRID_ROWS = 8;
export const MAX_SIZE_LOG2 = 12;
export const MAX_DEPTH_BUCKET = 5;

export const TAGS = [
  'a', 'article', 'aside', 'audio', 'body', 'button', 'canvas', 'code', 'details', 'dialog', 'div', 'embed',
  'fieldset', 'figure', 'footer', 'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'html', 'iframe', 'img',
  'input', 'label', 'legend', 'li', 'main', 'menu', 'nav', 'object', 'ol', 'option', 'p', 'pre', 'progress',
  'section', 'select', 'slot', 'span', 'summary', 'svg', 'table', 'tbody', 'td', 'textarea', 'th', 'thead', 'tr',
  'ul', 'video', 'custom', 'other',
] as const; // prettier-ignore
export type Tag = (typeof TAGS)[number];

export const ROLES = [
  'alert', 'alertdialog', 'application', 'article', 'banner', 'button', 'canvas', 'cell', 'checkbox',
  'columnheader', 'combobox', 'complementary', 'contentinfo', 'dialog', 'document', 'figure', 'form', 'generic',
  'grid', 'gridcell', 'group', 'heading', 'img', 'link', 'list', 'listbox', 'listitem', 'log', 'main', 'menu',
  'menubar', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'navigation', 'option', 'paragraph', 'progressbar',
  'radio', 'radiogroup', 'region', 'row', 'rowheader', 'scrollbar', 'search', 'searchbox', 'separator', 'slider',
  'spinbutton', 'status', 'switch', 'tab', 'table', 'tablist', 'tabpanel', 'textbox', 'toolbar', 'tooltip', 'tree',
  'treegrid', 'treeitem', 'other',
] as const; // prettier-ignore
export type Role = (typeof ROLES)[number];

/** Roles a person acts on, counted in a view's inventory. */
export const INTERACTIVE_ROLES = [
  'button', 'checkbox', 'combobox', 'gridcell', 'link', 'listbox', 'menuitem', 'menuitemcheckbox', 'menuitemradio',
  'option', 'radio', 'searchbox', 'slider', 'spinbutton', 'switch', 'tab', 'textbox', 'treeitem',
] as const satisfies readonly Role[]; // prettier-ignore
export type InteractiveRole = (typeof INTERACTIVE_ROLES)[number];

export const INPUT_TYPES = [
  'button', 'checkbox', 'color', 'date', 'datetime-local', 'email', 'file', 'image', 'month', 'number', 'radio',
  'range', 'reset', 'search', 'submit', 'tel', 'text', 'time', 'url', 'week', 'other',
] as const; // prettier-ignore
export type InputType = (typeof INPUT_TYPES)[number];

export const STATES = [
  'disabled',
  'readonly',
  'required',
  'checked',
  'unchecked',
  'mixed',
  'expanded',
  'collapsed',
  'selected',
  'pressed',
  'invalid',
  'hasPopup',
  'current',
] as const;
export type TargetState = (typeof STATES)[number];

export const LANDMARKS = [
  'banner',
  'navigation',
  'main',
  'complementary',
  'contentinfo',
  'form',
  'search',
  'region',
  'dialog',
  'none',
] as const;
export type Landmark = (typeof LANDMARKS)[number];

// --- messages from the page ------------------------------------------------------------------------------

/** Fragments are gathered this long: to hand a message over costs the page more than most of what is in it. */
export const MESSAGE_INTERVAL_MS = 2000;
export const MAX_MESSAGE_FRAGMENTS = 200;
