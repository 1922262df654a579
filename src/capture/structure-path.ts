/**
 * An element -> the path of its place in the structure of the page, which the background hashes into the element key.
 *
 * In the page. Tag names, listed roles and places among siblings; no ids, classes or text. What fills a page must not
 * show in it: rows, items of lists, options and groups of rows have no place of their own, since how many there are and
 * where a person's own one stands is content. A key that only one person's records have would also join them, or be
 * hidden as seen by too few. Nor have siblings of one tag that are many, which make a list by another name.
 */
import type { Role } from '../trace/limits.ts';
import { tagOf } from './control-role.ts';
import { unclobbered } from './unclobbered.ts';

const MAX_LEVELS = 12;
/** As many siblings of one tag are a list, whatever they are called. */
const MANY = 20;
const MAX_SIBLINGS_LOOKED_AT = 100;
const NO_PLACE = '*';
const ITEMS: ReadonlySet<Role> = new Set(['row', 'option', 'treeitem', 'article']);
/** Lists of these are made by whoever made the app: which item it is tells which control. */
const MADE_WITH_THE_APP: ReadonlySet<Role> = new Set(['navigation', 'menu', 'menubar', 'tablist', 'toolbar']);

/**
 * @param around the control and everything around it, outward.
 * @param roles of each.
 * @param stated of each, where the page states one.
 */
export function structurePath(
  around: readonly Element[],
  roles: readonly Role[],
  stated: readonly (Role | undefined)[],
): string {
  const levels = around.slice(0, MAX_LEVELS).map((element, index) => {
    const place = isItem(element, roles, index) ? NO_PLACE : placeAmongSiblings(element);
    return [tagOf(element), stated[index], place].join(':');
  });
  return levels.join('<');
}

function isItem(element: Element, roles: readonly Role[], index: number): boolean {
  const role = roles[index]!;
  if (role === 'listitem') return !roles.slice(index).some((around) => MADE_WITH_THE_APP.has(around));
  return ITEMS.has(role) || unclobbered(element).localName === 'tbody';
}

/** Which of the siblings of its tag it is, from 1. */
function placeAmongSiblings(element: Element): number | typeof NO_PLACE {
  const before = siblingsOfItsTag(element, 'previousElementSibling');
  if (before + siblingsOfItsTag(element, 'nextElementSibling') + 1 >= MANY) return NO_PLACE;
  return before + 1;
}

function siblingsOfItsTag(element: Element, way: 'previousElementSibling' | 'nextElementSibling'): number {
  const { localName } = unclobbered(element);
  let found = 0;
  let sibling = unclobbered(element)[way];
  for (let looked = 0; sibling && looked < MAX_SIBLINGS_LOOKED_AT && found < MANY; looked++) {
    const facts = unclobbered(sibling);
    if (facts.localName === localName) found++;
    sibling = facts[way];
  }
  return found;
}
