/**
 * A keyboard event -> the class of the key, the name of a key that is an action, or the name of a shortcut.
 *
 * In the page. The only place that reads `event.key`: the character itself never leaves this function, and
 * `event.code` is read nowhere. Pure.
 */
import type { RawKeyClass } from './fragments.ts';
import { PRESS_KEYS, type PressKey, type Shortcut } from '../trace/limits.ts';

/** What may be said of a key; nothing in it tells one letter from another. */
export interface KeyReading {
  /** Class within a text; absent for keys that do not belong to writing. */
  keyClass?: RawKeyClass;
  /** Name of a key that is an action where no text is edited. */
  press?: PressKey;
  shortcut?: Shortcut;
  /** Part of an input method's composition: counted, but never timed. */
  composed?: true;
}

interface KeyboardFacts extends Pick<
  KeyboardEvent,
  'key' | 'isComposing' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'getModifierState'
> {
  /** Only compared with the code of compositions. */
  keyCode: number;
}

/** The key code browsers give while an input method is at work, the only sign of it on some systems. */
const COMPOSITION_KEY_CODE = 229;

/** Classes of the named keys; the others move in the text. */
const CLASS_OF_PRESS: Partial<Record<PressKey, RawKeyClass | null>> = {
  enter: 'enter',
  space: 'space',
  backspace: 'backspace',
  delete: 'backspace',
  escape: null,
  function: null,
};

/** `ArrowUp` is `arrowUp` on the list. */
const PRESS_OF_KEY: ReadonlyMap<string, PressKey> = new Map(
  PRESS_KEYS.map((press) => [press.charAt(0).toUpperCase() + press.slice(1), press]),
);

const SHORTCUT_KEYS: Partial<Record<string, Shortcut>> = {
  c: 'copy',
  x: 'cut',
  v: 'paste',
  z: 'undo',
  y: 'redo',
  s: 'save',
  f: 'find',
  a: 'selectAll',
  p: 'print',
  o: 'open',
  n: 'new',
  b: 'bold',
  i: 'italic',
  u: 'underline',
  k: 'link',
  enter: 'submit',
  insert: 'copy',
  '+': 'zoomIn',
  '=': 'zoomIn',
  '-': 'zoomOut',
  '0': 'zoomReset',
};
/** With Shift the others mean something else from app to app. */
const SHIFTED_SHORTCUT_KEYS: Partial<Record<string, Shortcut>> = {
  z: 'redo',
  v: 'paste',
  '+': 'zoomIn',
};

/**
 * Reads a key down or key up.
 *
 * @returns undefined for keys that say nothing: modifiers, unknown keys, commands without a name.
 */
export function classifyKey(event: KeyboardFacts, isMac: boolean): KeyReading | undefined {
  // The one place where the key is read: it is mapped to a closed list here and forgotten.
  const { key, altKey, shiftKey } = event;
  if (event.isComposing || event.keyCode === COMPOSITION_KEY_CODE || key === 'Process' || key === 'Dead')
    return { composed: true };
  const isCharacter = /^.$/u.test(key);
  const hasModifier = event.ctrlKey || event.metaKey || altKey;
  // AltGr writes characters, and is told as Ctrl+Alt on Windows.
  const writesByAlternate =
    hasModifier && (event.getModifierState('AltGraph') || (isMac && altKey && !event.ctrlKey));
  if (!writesByAlternate && !altKey && (isMac ? event.metaKey : event.ctrlKey)) {
    const shortcut = (shiftKey ? SHIFTED_SHORTCUT_KEYS : SHORTCUT_KEYS)[key.toLowerCase()];
    if (shortcut) return { shortcut };
  }
  if (shiftKey && key === 'Insert') return { shortcut: 'paste' };
  if (shiftKey && key === 'Delete') return { shortcut: 'cut' };
  const press = pressKeyOf(key);
  if (press) {
    if (altKey && !isMac) return undefined;
    const keyClass = CLASS_OF_PRESS[press];
    return keyClass === null ? { press } : { press, keyClass: keyClass ?? 'navigation' };
  }
  if (!isCharacter || (hasModifier && !writesByAlternate)) return undefined;
  if (/\p{L}/u.test(key)) return { keyClass: 'letter' };
  return { keyClass: /\p{N}/u.test(key) ? 'digit' : 'punctuation' };
}

function pressKeyOf(key: string): PressKey | undefined {
  if (key === ' ') return 'space';
  // Most keys are characters, and this is asked for each.
  if (key.length < 2) return undefined;
  return /^F\d{1,2}$/.test(key) ? 'function' : PRESS_OF_KEY.get(key);
}
