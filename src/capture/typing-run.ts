/**
 * Keys -> typing runs: class, press time and hold time of each key, cut at pauses and by length.
 *
 * In the page. Knows classes only: a release is matched to the oldest key of its class that is still down, since
 * matching by identity would mean keeping which key it was. Pure but for its own state; times are epoch ms.
 */
import { TYPING_PAUSE_MS } from '../trace/limits.ts';
import type { RawKeyClass, RawTypingRun } from './fragments.ts';

const MAX_RUN_KEYS = 2000;
/** A key that has not come up for this long lost its release; its hold time stays unknown. */
const LONGEST_HOLD_MS = 2000;
const UNKNOWN_HOLD_MS = -1;

// A copy of the order in `fragments.ts`, whose module holds schemas and so may not be loaded here; a test compares.
export const KEY_CLASS_ORDER: readonly RawKeyClass[] = [
  'letter',
  'digit',
  'punctuation',
  'space',
  'backspace',
  'enter',
  'navigation',
];

export interface TypingRunCutter {
  /** Takes a key that went down; gives back the run before it if this key begins another. */
  press: (keyClass: RawKeyClass, atMs: number) => RawTypingRun | undefined;
  release: (keyClass: RawKeyClass, atMs: number) => void;
  /** Ends the run; undefined if there is none. */
  cut: () => RawTypingRun | undefined;
}

interface Key {
  keyClass: RawKeyClass;
  atMs: number;
  holdMs: number;
}

export function createTypingRunCutter(): TypingRunCutter {
  let keys: Key[] = [];
  let down: Key[] = [];

  function press(keyClass: RawKeyClass, atMs: number): RawTypingRun | undefined {
    const last = keys.at(-1);
    const isOver = last && (atMs - last.atMs > TYPING_PAUSE_MS || keys.length >= MAX_RUN_KEYS);
    const finished = isOver ? cut() : undefined;
    const key = { keyClass, atMs, holdMs: UNKNOWN_HOLD_MS };
    keys.push(key);
    down = down.filter((held) => atMs - held.atMs < LONGEST_HOLD_MS);
    down.push(key);
    return finished;
  }

  function release(keyClass: RawKeyClass, atMs: number): void {
    const index = down.findIndex((key) => key.keyClass === keyClass);
    if (index < 0) return;
    const [key] = down.splice(index, 1);
    key!.holdMs = Math.max(0, Math.round(atMs - key!.atMs));
  }

  function cut(): RawTypingRun | undefined {
    const finished = keys;
    keys = [];
    down = [];
    const first = finished[0];
    if (!first) return undefined;
    return {
      kind: 'typingRun',
      atMs: finished.at(-1)!.atMs,
      keyClass: finished.map((key) => KEY_CLASS_ORDER.indexOf(key.keyClass)),
      downMs: finished.map((key) => Math.max(0, Math.round(key.atMs - first.atMs))),
      holdMs: finished.map((key) => key.holdMs),
    };
  }

  return { press, release, cut };
}
