/**
 * The world that simulated people work in: apps with views, controls on them, and tasks over them.
 *
 * Runs in the audit. A control is written as `name:kind@landmark`, with `*rows` if it is repeated in the rows of a list
 * and `^shortcut` if keys do the same; the rest (tag, role, size, place, depth, structure) follows from these and from
 * its position on the view, as it would on a page made from templates. Names are for the simulation; what a fragment
 * says of a control is what `describe-target.ts` would. The apps themselves are in `work-apps.ts`.
 */
import type { RawTarget, RawView } from '../../../src/capture/fragments.ts';
import type { Effect, InputType, Landmark, Role, Shortcut, Tag } from '../../../src/trace/limits.ts';
import { TERMS, type Term } from '../../../src/trace/vocabulary.ts';

/** What a control is on every page it is on; all that a `RawTarget` needs but for the viewport. */
export interface WorkControl {
  name: string;
  kind: ControlKind;
  tag: Tag;
  role: Role;
  inputType: InputType | undefined;
  widthPx: number;
  heightPx: number;
  /** Place of its centre, as shares of the viewport; of the first row if it is repeated. */
  xShare: number;
  yShare: number;
  depth: number;
  siblings: number;
  landmark: Landmark;
  /** How many rows the list around it has; 0 if there is none. */
  rows: number;
  term: Term | undefined;
  shortcut: Shortcut | undefined;
  /** As `structure-path.ts` writes it: the same in every row. */
  structure: string;
}

export interface WorkView {
  /** Path with `:id` for a number and `:name` for a word that users made. */
  path: string;
  controls: ReadonlyMap<string, WorkControl>;
  inventory: RawView['inventory'];
  /** How long the page is, in viewports. */
  lengthPages: number;
}

export interface WorkApp {
  label: string;
  origin: string;
  /** Whether views change without loading a document. */
  isSinglePage: boolean;
  views: ReadonlyMap<string, WorkView>;
}

/** What tasks are made of; who does them decides how. */
export type Act =
  | { do: 'go'; view: string }
  /** By search or by looking through the list, then opening a row. */
  | { do: 'find'; search: string; rows: string; opens: string }
  | { do: 'fill'; control: string; keys: number }
  | { do: 'choose'; control: string }
  | { do: 'press'; control: string; opens?: string; effect?: Effect }
  /** Ends a form: by its button, by Enter or by a shortcut. */
  | { do: 'send'; control: string; opens?: string }
  /** A dialog that is answered, or dismissed by who changes their mind. */
  | { do: 'confirm'; opener: string; yes: string; no: string }
  | { do: 'read'; pages: number }
  /** Copies from here to a field of another app, and comes back. */
  | { do: 'carry'; from: string; app: string; view: string; to: string }
  | { do: 'inAnyOrder'; acts: readonly Act[] }
  | { do: 'sometimes'; share: number; acts: readonly Act[] };

export interface WorkTask {
  name: string;
  app: string;
  acts: readonly Act[];
}

interface KindOfControl {
  tag: Tag;
  role: Role;
  inputType?: InputType;
  sizePx: readonly [number, number];
}

const KINDS = {
  button: { tag: 'button', role: 'button', sizePx: [96, 34] },
  icon: { tag: 'button', role: 'button', sizePx: [32, 32] },
  link: { tag: 'a', role: 'link', sizePx: [140, 24] },
  text: { tag: 'input', role: 'textbox', inputType: 'text', sizePx: [320, 36] },
  email: { tag: 'input', role: 'textbox', inputType: 'email', sizePx: [320, 36] },
  number: { tag: 'input', role: 'spinbutton', inputType: 'number', sizePx: [120, 36] },
  date: { tag: 'input', role: 'textbox', inputType: 'date', sizePx: [160, 36] },
  searchbox: { tag: 'input', role: 'searchbox', inputType: 'search', sizePx: [280, 36] },
  textarea: { tag: 'textarea', role: 'textbox', sizePx: [640, 120] },
  editor: { tag: 'div', role: 'textbox', sizePx: [760, 420] },
  select: { tag: 'select', role: 'combobox', sizePx: [180, 36] },
  checkbox: { tag: 'input', role: 'checkbox', inputType: 'checkbox', sizePx: [18, 18] },
  tab: { tag: 'button', role: 'tab', sizePx: [110, 38] },
  menuitem: { tag: 'li', role: 'menuitem', sizePx: [180, 30] },
  cell: { tag: 'td', role: 'gridcell', sizePx: [100, 24] },
} as const satisfies Record<string, KindOfControl>;
export type ControlKind = keyof typeof KINDS;

/** Where a part of the page lies, and the way from it to the root. */
const PARTS: Record<Landmark, { atShare: readonly [number, number]; way: string }> = {
  banner: { atShare: [0.7, 0.04], way: 'header::1<body::1<html::1' },
  navigation: { atShare: [0.08, 0.15], way: 'nav::1<div::1<body::1<html::1' },
  main: { atShare: [0.3, 0.18], way: 'main::1<div::1<body::1<html::1' },
  search: { atShare: [0.3, 0.12], way: 'div:search:2<main::1<div::1<body::1<html::1' },
  form: { atShare: [0.35, 0.25], way: 'form::1<div::2<main::1<div::1<body::1<html::1' },
  region: { atShare: [0.3, 0.3], way: 'div:region:3<main::1<div::1<body::1<html::1' },
  complementary: { atShare: [0.82, 0.25], way: 'aside::1<div::2<main::1<div::1<body::1<html::1' },
  dialog: { atShare: [0.5, 0.5], way: 'form::1<dialog::1<main::1<div::1<body::1<html::1' },
  contentinfo: { atShare: [0.5, 0.95], way: 'footer::1<body::1<html::1' },
  none: { atShare: [0.5, 0.5], way: 'div::1<body::1<html::1' },
};
const KNOWN_TERMS: ReadonlySet<string> = new Set(TERMS);
const CONTROL = /^(\w[\w ]*):(\w+)@(\w+)(?:\*(\d+))?(?:\^(\w+))?$/;

/** An app from its views, each told as a path and its controls; what `everywhere` lists is on all of them. */
export function workApp(
  label: string,
  isSinglePage: boolean,
  everywhere: string,
  views: Record<string, string>,
): WorkApp {
  return {
    label,
    origin: `https://${label}.example.com`,
    isSinglePage,
    views: new Map(
      Object.entries(views).map(([path, text]) => [path, workView(path, `${everywhere} | ${text}`)]),
    ),
  };
}

function workView(path: string, text: string): WorkView {
  const controls = text
    .split('|')
    .map((told) => told.trim())
    .filter((told) => told !== '')
    .map(workControl);
  const longestList = Math.max(0, ...controls.map(({ rows }) => rows));
  const roles: RawView['inventory']['roles'] = {};
  const landmarks: RawView['inventory']['landmarks'] = {};
  for (const { role, landmark, rows } of controls) {
    const name = role as keyof typeof roles;
    roles[name] = (roles[name] ?? 0) + Math.max(1, rows);
    landmarks[landmark] = 1;
  }
  return {
    path,
    controls: new Map(controls.map((control) => [control.name, control])),
    inventory: { roles, landmarks },
    lengthPages: Math.max(1, longestList / 12, controls.length / 8),
  };
}

function workControl(told: string, position: number): WorkControl {
  const [, name, kind, part, rows, shortcut] = CONTROL.exec(told) ?? [];
  if (name === undefined || kind === undefined || !(kind in KINDS) || !(part! in PARTS))
    throw new Error(`no control: ${told}`);
  const { tag, role, sizePx, ...more }: KindOfControl = KINDS[kind as ControlKind];
  const { atShare, way } = PARTS[part as Landmark];
  const isRow = rows !== undefined;
  const own = isRow
    ? `${tag}::1<td::${1 + (position % 9)}<tr::*<tbody::*<table::1`
    : `${tag}::1<div::${1 + position}`;
  const structure = `${own}<${way}`;
  return {
    name,
    kind: kind as ControlKind,
    tag,
    role,
    inputType: more.inputType,
    widthPx: sizePx[0],
    heightPx: sizePx[1],
    xShare: Math.min(0.97, atShare[0] + 0.06 * (position % 4)),
    yShare: Math.min(0.97, atShare[1] + 0.06 * (position % 7)),
    depth: structure.split('<').length - 1,
    siblings: isRow ? 0 : position % 5,
    landmark: part as Landmark,
    rows: Number(rows ?? 0),
    term: KNOWN_TERMS.has(name) ? (name as Term) : undefined,
    shortcut: shortcut as Shortcut | undefined,
    structure,
  };
}

/** One of the places where a control is: itself, or what it is in one row. */
export function targetOf(
  control: WorkControl,
  row: number,
  viewport: { widthPx: number; heightPx: number },
): RawTarget {
  const { tag, role, inputType, widthPx, heightPx, depth, siblings, landmark, rows, term } = control;
  const yShare = control.yShare + 0.05 * (row % 12);
  return {
    tag,
    role,
    ...(inputType && { inputType }),
    states: role === 'checkbox' ? ['unchecked'] : [],
    xPx: Math.round(control.xShare * viewport.widthPx),
    yPx: Math.round(Math.min(0.97, yShare) * viewport.heightPx),
    widthPx,
    heightPx,
    viewportWidthPx: viewport.widthPx,
    viewportHeightPx: viewport.heightPx,
    depth,
    siblings,
    landmark,
    listSize: rows,
    structure: control.structure,
    ...(term && { term }),
  };
}

/** @throws if the app has no such view, or the view no such control: a mistake in a task. */
export function viewOf(app: WorkApp, path: string): WorkView {
  const view = app.views.get(path);
  if (view === undefined) throw new Error(`${app.label}: no view ${path}`);
  return view;
}

/** As `viewOf`. */
export function controlOf(view: WorkView, name: string): WorkControl {
  const control = view.controls.get(name);
  if (control === undefined) throw new Error(`${view.path}: no control ${name}`);
  return control;
}
