/**
 * What the person did last, to tell what a page did because of it from what a page did by itself.
 *
 * In the page. Holds one cause; what happens in sensitive fields never becomes one. Of what a page makes of a cause only
 * so much is told: a page that opens a dialog a thousand times at a click would fill the records with them.
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
  /** Whether one thing more may be told that a page can have done by itself since the person did anything. */
  bearOneMore: () => boolean;
}

/** What pages make of one click or key is a change or two. */
const MAX_CONSEQUENCES = 10;

export function createUserCauses(): UserCauses {
  let last: UserCause | undefined;
  let silencedAtMs = -Infinity;
  let borne = 0;
  return {
    note: (cause) => {
      borne = 0;
      last = cause;
      silencedAtMs = -Infinity;
    },
    refresh: (atMs) => {
      if (last) last.atMs = atMs;
    },
    silence: (atMs) => {
      borne = 0;
      last = undefined;
      silencedAtMs = atMs;
    },
    isSilenced: (atMs) => atMs - silencedAtMs <= CAUSE_WINDOW_MS,
    last: () => last,
    bearOneMore: () => borne++ < MAX_CONSEQUENCES,
    recent: (atMs) => (last && atMs - last.atMs <= CAUSE_WINDOW_MS ? last : undefined),
  };
}
