/**
 * A control -> its whole accessible name, for the vocabulary look-up and nothing else.
 *
 * In the page. A documented subset of the W3C computation: aria-labelledby, aria-label, label elements, value of
 * buttons, alt, own text, title, placeholder. Reads text of controls only, never a field's value, nor what is edited
 * or lies in a marked region; a name longer than any term is given up.
 */
import { MARKED_REGION } from './sensitive-field.ts';
import { unclobbered } from './unclobbered.ts';

const MAX_NAME_LENGTH = 40;
/** A page may nest and name without end; no name of a control does. */
const MAX_LEVELS = 20;
const MAX_NAMING = 20;
const VALUE_IS_NAME = new Set(['button', 'submit', 'reset']);
const NAMED_BY_TEXT = new Set([
  'button',
  'link',
  'tab',
  'menuitem',
  'menuitemcheckbox',
  'menuitemradio',
  'option',
  'checkbox',
  'radio',
  'switch',
  'treeitem',
]);

/** @returns undefined where it has no name or one that is too long to be a term. */
export function controlName(element: Element, role: string): string | undefined {
  // A link or an item in what a person writes is named by that person.
  if (isEdited(element)) return undefined;
  // Every text read here goes into the look-up of public terms and no further.
  const facts = unclobbered(element);
  const labelledBy = facts.getAttribute('aria-labelledby');
  if (labelledBy) return short(textOfIds(element, labelledBy));
  const label = facts.getAttribute('aria-label')?.trim();
  if (label) return short(label);
  const native = nativeName(element);
  if (native) return short(native);
  const text = NAMED_BY_TEXT.has(role) && facts.localName !== 'input' ? visibleText(element).trim() : '';
  if (text) return short(text);
  return short(facts.getAttribute('title') ?? facts.getAttribute('placeholder') ?? '');
}

function nativeName(element: Element): string | undefined {
  const input = unclobbered(element as HTMLInputElement);
  if (input.localName === 'img') return input.getAttribute('alt') ?? undefined;
  if (input.localName === 'input') {
    // The value of a button is its caption; no other value is ever read.
    if (VALUE_IS_NAME.has(input.type) && input.value) return input.value;
    if (input.type === 'image') return input.alt;
  }
  const { labels } = input;
  return labels && labels.length > 0
    ? [...labels].slice(0, MAX_NAMING).map(textOfOther).join(' ')
    : undefined;
}

function textOfIds(element: Element, ids: string): string {
  const root = unclobbered(unclobbered(element).getRootNode() as Document | ShadowRoot);
  const named = ids.split(/\s+/, MAX_NAMING).map((id) => root.getElementById(id));
  return named.map((one) => (one ? textOfOther(one) : '')).join(' ');
}

/** Text without what is hidden from accessibility, such as icon ligatures; cut off once it is too long. */
function visibleText(element: Element, level = 0): string {
  let text = '';
  if (level === MAX_LEVELS) return text;
  for (const node of unclobbered(element).childNodes) {
    if (text.length > MAX_NAME_LENGTH) break;
    const { nodeType, nodeValue } = unclobbered(node);
    if (nodeType === Node.TEXT_NODE) text += nodeValue ?? '';
    else if (nodeType === Node.ELEMENT_NODE) text += textOfChild(node as Element, level + 1);
  }
  return text;
}

/** Text of an element that names another one. */
function textOfOther(element: Element): string {
  return holdsValue(element) || unclobbered(element).closest(MARKED_REGION) ? '' : visibleText(element);
}

function textOfChild(element: Element, level: number): string {
  const facts = unclobbered(element);
  if (facts.getAttribute('aria-hidden') === 'true' || facts.hasAttribute('hidden')) return '';
  if (facts.localName === 'img') return facts.getAttribute('alt') ?? '';
  if (['style', 'script', 'svg'].includes(facts.localName)) return '';
  return holdsValue(element) || facts.matches(MARKED_REGION) ? '' : visibleText(element, level);
}

/** Whether its text is what a person has entered, or what came of that. */
function holdsValue(element: Element): boolean {
  return (
    /^(input|select|textarea|output|datalist)$/.test(unclobbered(element).localName) || isEdited(element)
  );
}

function isEdited(element: Element): boolean {
  return unclobbered(element as HTMLElement).isContentEditable;
}

function short(name: string): string | undefined {
  const trimmed = name.trim();
  return trimmed !== '' && trimmed.length <= MAX_NAME_LENGTH ? trimmed : undefined;
}
