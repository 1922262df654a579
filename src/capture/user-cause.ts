/**
 * What the person did last, to tell what a page did because of it from what a page did by itself.
 *
 * In the page. Holds one cause; what happens in sensitive fields never becomes one.
 */
import { CAUSE_WINDOW_MS } from '../trace/limits.ts';
import type { PendingStep } from './step-ledger.ts';

export interface UserCause {
  /** `pan` is a touch that the browser has taken over for scrolling. */
  kind: 'pointer' | 'scrollbar' | 'pan' | 'wheel' | 'key';
  atMs: number;
  /** Where it happened. */
  element: Element;
  /** The step that a key was told as, if any; a step that comes of the key may take its place. */
  step?: PendingStep | undefined;
  /** A key that may move the focus. */
  movesFocus?: boolean;
  /** A key that scrolls unless the page makes something else of it. */
  scrolls?: boolean;
}

export interface UserCauses {
  note: (cause: UserCause) => void;
  /** The cause went on until now, as a button or key that comes up. */
  refresh: (atMs: number) => void;
  /** Something happened in a sensitive field: what comes of it must not be told. */
  silence: (atMs: number) => void;
  isSilenced: (atMs: number) => boolean;
  /** The last cause, however long ago. */
  last: () => UserCause | undefined;
  /** The last cause if it was within the window. */
  recent: (atMs: number) => UserCause | undefined;
}

export function createUserCauses(): UserCauses {
  let last: UserCause | undefined;
  let silencedAtMs = -Infinity;
  return {
    note: (cause) => {
      last = cause;
      silencedAtMs = -Infinity;
    },
    refresh: (atMs) => {
      if (last) last.atMs = atMs;
    },
    silence: (atMs) => {
      last = undefined;
      silencedAtMs = atMs;
    },
    isSilenced: (atMs) => atMs - silencedAtMs <= CAUSE_WINDOW_MS,
    last: () => last,
    recent: (atMs) => (last && atMs - last.atMs <= CAUSE_WINDOW_MS ? last : undefined),
  };
}
