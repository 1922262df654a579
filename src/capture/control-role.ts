/**
 * An element -> its tag, its ARIA role and its input type, each from a closed list.
 *
 * In the page. Reads the names of elements and the `role` and `type` attributes, never text, ids or classes.
 */
import {
  INPUT_TYPES,
  INTERACTIVE_ROLES,
  ROLES,
  TAGS,
  type InputType,
  type Role,
  type Tag,
} from '../trace/limits.ts';
import { unclobbered } from './unclobbered.ts';

const KNOWN_TAGS: ReadonlySet<string> = new Set(TAGS);
const KNOWN_ROLES: ReadonlySet<string> = new Set(ROLES);
const KNOWN_INPUT_TYPES: ReadonlySet<string> = new Set(INPUT_TYPES);
const ROLES_TO_ACT_ON: ReadonlySet<string> = new Set(INTERACTIVE_ROLES);

/** Elements whose role has another name than they have themselves; those with neither are generic. */
const ROLE_OF_TAG: Partial<Record<string, Role>> = {
  aside: 'complementary',
  details: 'group',
  fieldset: 'group',
  footer: 'contentinfo',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
  header: 'banner',
  hr: 'separator',
  html: 'document',
  li: 'listitem',
  menu: 'list',
  meter: 'progressbar',
  nav: 'navigation',
  ol: 'list',
  optgroup: 'group',
  output: 'status',
  p: 'paragraph',
  progress: 'progressbar',
  summary: 'button',
  svg: 'img',
  td: 'cell',
  textarea: 'textbox',
  th: 'columnheader',
  tr: 'row',
  ul: 'list',
};

/** Types of input that are no text box. */
const ROLE_OF_INPUT: Partial<Record<string, Role>> = {
  button: 'button',
  checkbox: 'checkbox',
  color: 'button',
  file: 'button',
  image: 'button',
  number: 'spinbutton',
  radio: 'radio',
  range: 'slider',
  reset: 'button',
  search: 'searchbox',
  submit: 'button',
};

/** Nobody states more roles than this is long; a page may write anything there. */
const MAX_STATED_LENGTH = 200;
const SECTIONING = 'article, aside, main, nav, section';

export function tagOf(element: Element): Tag {
  const name = element instanceof SVGElement ? 'svg' : unclobbered(element).localName;
  if (KNOWN_TAGS.has(name)) return name as Tag;
  return name.includes('-') ? 'custom' : 'other';
}

/** Role as stated by the page if it is on the list, else the one that HTML implies. */
export function roleOf(element: Element): Role {
  return statedRole(element) ?? impliedRole(element);
}

export function impliedRole(element: Element): Role {
  const name = unclobbered(element).localName;
  switch (name) {
    case 'a':
      return element.hasAttribute('href') ? 'link' : 'generic';
    case 'input':
      if (element.hasAttribute('list')) return 'combobox';
      return ROLE_OF_INPUT[(element as HTMLInputElement).type] ?? 'textbox';
    case 'select':
      return isListbox(element as HTMLSelectElement) ? 'listbox' : 'combobox';
    case 'section':
      return element.matches('[aria-label], [aria-labelledby]') ? 'region' : 'generic';
    case 'header':
    case 'footer':
      // Only those of the whole page are landmarks.
      if (element.parentElement && unclobbered(element.parentElement).closest(SECTIONING)) return 'generic';
  }
  // A page may call an element `constructor`.
  const listed = Object.hasOwn(ROLE_OF_TAG, name) ? ROLE_OF_TAG[name] : undefined;
  const implied = listed ?? (KNOWN_ROLES.has(name) ? (name as Role) : 'generic');
  return implied === 'generic' && isEditingHost(element) ? 'textbox' : implied;
}

/** The first role of the `role` attribute that is on the list; `other` if it states only roles that are not. */
export function statedRole(element: Element): Role | undefined {
  const stated = unclobbered(element).getAttribute('role')?.slice(0, MAX_STATED_LENGTH).toLowerCase().trim();
  if (!stated) return undefined;
  const known = stated.split(/\s+/).find((role) => KNOWN_ROLES.has(role));
  if (known) return known as Role;
  return /none|presentation/.test(stated) ? 'generic' : 'other';
}

export function isInteractiveRole(role: Role): boolean {
  return ROLES_TO_ACT_ON.has(role);
}

/** Type of an input element; undefined for other elements. */
export function inputTypeOf(element: Element): InputType | undefined {
  if (unclobbered(element).localName !== 'input') return undefined;
  const { type } = element as HTMLInputElement;
  return KNOWN_INPUT_TYPES.has(type) ? (type as InputType) : 'other';
}

/** Whether a select shows its options as a list in the page. */
export function isListbox(select: HTMLSelectElement): boolean {
  return select.multiple || select.size > 1;
}

/** Whether an input holds no text, and so no secret either. */
export function isTextless(element: Element): boolean {
  const { type, localName } = unclobbered(element as HTMLInputElement);
  return localName === 'input' && type in ROLE_OF_INPUT && type !== 'number' && type !== 'search';
}

/** Whether text is written into it: an editing host, a text area or an input that takes characters. */
export function isTextField(element: Element): boolean {
  const field = unclobbered(element as HTMLInputElement);
  if (!/^(input|textarea)$/.test(field.localName)) return field.isContentEditable;
  return !isTextless(element) && !field.readOnly && !field.disabled;
}

/** Whether it begins an editable region (its parent is not editable): by its attribute, or as the root of what is. */
export function isEditingHost(element: Element): boolean {
  const facts = unclobbered(element as HTMLElement);
  const { parentElement } = facts;
  // Asked first, since to ask whether it is editable makes the browser compute styles.
  if (parentElement && !facts.hasAttribute('contenteditable')) return false;
  return facts.isContentEditable && !(parentElement && unclobbered(parentElement).isContentEditable);
}
