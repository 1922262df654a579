/**
 * An element -> what may be said of it: role, states, place, size and its spot in the structure of the page.
 *
 * In the page, once per step. Never holds ids, classes, texts or addresses; the only word is a term of the public
 * vocabulary. Callers must have asked `SensitiveFields` before.
 */
import { LANDMARKS, type Landmark, type Role } from '../trace/limits.ts';
import { controlName } from './control-name.ts';
import {
  impliedRole,
  inputTypeOf,
  isEditingHost,
  isInteractiveRole,
  roleOf,
  statedRole,
  tagOf,
} from './control-role.ts';
import { statesOf } from './control-states.ts';
import { framePlace, nearest, outward } from './element-tree.ts';
import type { RawTarget } from './fragments.ts';
import { publicWords } from './public-words.ts';
import { structurePath } from './structure-path.ts';
import { unclobbered } from './unclobbered.ts';

const KNOWN_LANDMARKS: ReadonlySet<string> = new Set(LANDMARKS);
const LISTS = /^(list|listbox|menu|menubar|radiogroup|tablist|table|tree|treegrid|grid|combobox)$/;

/**
 * The control that an element belongs to: itself, the nearest one around it to act on, or what its label labels;
 * the element itself where there is none.
 */
export function nearestControl(element: Element): Element {
  const control = nearest(
    element,
    (around) => isLabelling(around) || isInteractiveRole(roleOf(around)) || isEditingHost(around),
  );
  return (control as HTMLLabelElement | undefined)?.control ?? control ?? element;
}

function isLabelling(element: Element): boolean {
  return unclobbered(element).localName === 'label' && (element as HTMLLabelElement).control !== null;
}

/**
 * Describes a control.
 *
 * @param pressed what was pressed in it: with a label, the place is the label's.
 */
export function describeTarget(page: Window, control: Element, pressed: Element): RawTarget {
  const around = [...outward(control)];
  // Asked for once: where it lies, in which list, and its place in the structure are all told by these.
  const stated = around.map(statedRole);
  const roles = around.map((element, index) => stated[index] ?? impliedRole(element));
  const [role = 'generic'] = roles;
  const inputType = inputTypeOf(control);
  const term = isInteractiveRole(role) ? termOf(control, role) : undefined;
  // A label can lie far from its control, and the control be hidden: what was pressed is where it is.
  const facts = unclobbered(control);
  const { parentElement } = facts;
  const placed = (facts.contains(pressed) ? undefined : unclobbered(pressed).closest('label')) ?? control;
  const box = unclobbered(placed).getBoundingClientRect();
  // A drag may end in another frame.
  const { xPx, yPx, ...viewport } = framePlace(unclobbered(facts.ownerDocument).defaultView ?? page);
  return {
    tag: tagOf(control),
    role,
    ...(inputType && { inputType }),
    states: statesOf(control),
    xPx: boundedPx(xPx + box.left + box.width / 2),
    yPx: boundedPx(yPx + box.top + box.height / 2),
    widthPx: boundedPx(box.width),
    heightPx: boundedPx(box.height),
    ...viewport,
    depth: boundedCount(around.length - 1),
    siblings: boundedCount((parentElement ? unclobbered(parentElement).childElementCount : 1) - 1),
    landmark: landmarkAmong(roles),
    listSize: boundedCount(listSizeOf(around, roles)),
    structure: structurePath(around, roles, stated),
    ...(term && { term }),
  };
}

/** Term of a control's whole accessible name. */
function termOf(control: Element, role: Role): RawTarget['term'] {
  const name = controlName(control, role);
  return name === undefined ? undefined : publicWords()?.termOf(name);
}

/**
 * The landmark that an element lies in, or `dialog`.
 *
 * @param roles of the element and of what is around it, outward.
 */
export function landmarkAmong(roles: Iterable<Role>): Landmark {
  for (const role of roles) {
    if (role === 'alertdialog') return 'dialog';
    // Every form is one here, named or not: it says more than the main part around it.
    if (KNOWN_LANDMARKS.has(role)) return role as Landmark;
  }
  return 'none';
}

/** How many items the list around it has; rows count where they lie, in the table or its body. */
function listSizeOf(around: readonly Element[], roles: readonly Role[]): number {
  const list = around.find(
    (element, index) => LISTS.test(roles[index]!) || unclobbered(element).localName === 'tbody',
  );
  return list ? unclobbered(list).childElementCount : 0;
}

function boundedPx(px: number): number {
  return Math.round(Math.max(-1_000_000, Math.min(1_000_000, px)));
}

function boundedCount(count: number): number {
  return Math.min(100_000, count);
}
