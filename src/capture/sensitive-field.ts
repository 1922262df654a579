/**
 * Which elements give nothing at all: passwords, codes, payment data and regions that the page has marked.
 *
 * In the page, asked by every watcher before it looks at anything else. Attributes and labels are tested and never
 * handed out; values are never read. What was sensitive once stays so for the rest of the page's life.
 */
import { isTextless } from './control-role.ts';
import { hostOf, isPageItself, isScrollable } from './element-tree.ts';
import { hasSensitiveName } from './sensitive-name.ts';
import { unclobbered } from './unclobbered.ts';

export interface SensitiveFields {
  /** Whether nothing may be said of it: a sensitive field, the label of one, or anything in a marked region. */
  covers: (element: Element) => boolean;
  /** Another press or focus: names and regions may have changed. */
  lookAnew: () => void;
}

/** Regions that a page has marked for recorders to leave out. */
export const MARKED_REGION = '[data-proffer-ignore], .rr-block, .ph-no-capture, [data-sentry-block]';
const FIELD = 'input, textarea, select, [contenteditable], [role=textbox]';
/** The names of the HTML standard for credentials, codes and payment. */
export const SENSITIVE_AUTOCOMPLETE =
  /(^|\s)(cc-\S+|one-time-code|current-password|new-password|webauthn)(\s|$)/i;
const ONE_CHARACTER =
  'input:is([maxlength="1"], [size="1"], [pattern="[0-9]"], [pattern="[0-9]{1}"], [pattern="\\\\d"], ' +
  '[pattern="\\\\d{1}"], [aria-label^="digit" i], [aria-label^="character" i], [aria-label$=" digit" i])';
const MIN_CODE_LENGTH = 4;
/** Ordinary elements that can have a shadow root. */
const SHADOW_HOST = /^(article|aside|blockquote|div|footer|h[1-6]|header|main|nav|p|section|span)$/;

/** Fields that were sensitive once, and whether as a password; outlives every start and stop in a document. */
export type SensitiveMemory = WeakMap<Element, 'password' | 'other'>;

export function createSensitiveFields(memory: SensitiveMemory): SensitiveFields {
  /** Names and regions are looked at once between two presses or changes of focus, not for every key. */
  let lookedAt = new WeakMap<Element, boolean>();

  function covers(element: Element): boolean {
    const facts = unclobbered(element);
    const field = facts.closest(FIELD) ?? facts.closest('label')?.control;
    if (field && (field as HTMLInputElement).type === 'password') memory.set(field, 'password');
    if (field && memory.has(field)) return true;
    let isSensitive = lookedAt.get(element);
    if (isSensitive === undefined) {
      const hasName = field ? looksSensitive(field) : false;
      if (hasName) memory.set(field!, 'other');
      isSensitive = hasName || isMarked(element);
      lookedAt.set(element, isSensitive);
    }
    return isSensitive;
  }

  return { covers, lookAnew: () => (lookedAt = new WeakMap()) };
}

/** Looks out of frames of the same origin; what is around others cannot be seen. */
function isMarked(element: Element): boolean {
  for (let around: Element | null | undefined = element; around;) {
    const facts: Element = unclobbered(around);
    if (facts.closest(MARKED_REGION)) return true;
    around = hostOf(around) ?? unclobbered(facts.ownerDocument).defaultView?.frameElement;
  }
  return false;
}

function looksSensitive(field: Element): boolean {
  if (isTextless(field)) return false;
  return (
    SENSITIVE_AUTOCOMPLETE.test(unclobbered(field).getAttribute('autocomplete') ?? '') ||
    isPartOfCode(field) ||
    isMasked(field) ||
    hasSensitiveName(field)
  );
}

/** Whether it is one of several fields that take one character each, as those for one-time codes do. */
export function isPartOfCode(field: Element): boolean {
  if (!unclobbered(field).matches(ONE_CHARACTER)) return false;
  const around = (field as HTMLInputElement).form ?? (field.getRootNode() as ParentNode);
  return unclobbered(around).querySelectorAll(ONE_CHARACTER).length >= MIN_CODE_LENGTH;
}

/** Whether its text is shown as dots although it is no password field: by a style, or by a font that has nothing else. */
function isMasked(field: Element): boolean {
  const style = getComputedStyle(field);
  return (
    !/^(none)?$/.test(style.getPropertyValue('-webkit-text-security')) ||
    /text-security|password|dotsfont/i.test(style.fontFamily)
  );
}

/**
 * Whether the focus may be on something inside it that cannot be seen, such as a password in a closed shadow root:
 * asked only of elements that seem to have the focus themselves.
 *
 * An element that cannot have the focus but has it hides what really has it; with a custom element that shows no
 * open root there is no telling.
 */
export function mayHideFocus(element: Element): boolean {
  // The usual case first: to ask whether an element is editable makes the browser compute styles.
  const facts = unclobbered(element as HTMLElement);
  if (/^(input|textarea|select|button|a)$/.test(facts.localName)) return false;
  if (isPageItself(element) || facts.shadowRoot || facts.isContentEditable) return false;
  if (facts.localName.includes('-')) return true;
  const canHaveFocus = facts.tabIndex >= 0 || facts.hasAttribute('tabindex');
  // Nothing of its own to show, and still clicked and typed into: what is shown is in its closed root.
  if (canHaveFocus) return SHADOW_HOST.test(facts.localName) && facts.childNodes.length === 0;
  return !isScrollable(element);
}
