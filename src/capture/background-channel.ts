/**
 * The recorder's way to the background, as it sees it: what it asks, what it is answered, what it tells.
 *
 * In the page. Types only; the entrypoint makes messages of it.
 */
import type { CaptureScope } from './capture-context.ts';
import type { RawMessage } from './fragments.ts';
import type { DeliveryAnswer } from './outbox.ts';

/** `elsewhere`: not at this address, though perhaps at another one of the same document. */
export type Permission = { recording: false; elsewhere: boolean } | Granted;

export interface Granted {
  recording: true;
  scopes: readonly CaptureScope[];
  /** Main-thread time that recording may take in this frame. */
  budgetMsPerMinute: number;
  /** What is in force; another one means another agreement. */
  permit: string;
}

export interface SensitiveNews {
  permit: string;
  /** How many fragments were dropped before they were sent. */
  dropped: number;
  /** The page is being left: what comes next in its tab is another one. */
  isLeaving: boolean;
}

/** The way to the background. */
export interface BackgroundChannel {
  /** @param isMuted whether this view has become a sensitive place and stays one. */
  mayRecord: (isMuted: boolean) => Promise<Permission>;
  send: (message: RawMessage) => Promise<DeliveryAnswer>;
  /** The page asks for secrets: nothing of its tab may be recorded now. */
  tellSensitive: (told: SensitiveNews) => Promise<unknown>;
  /** False once the extension was updated or removed: this script is an orphan then. */
  isConnected: () => boolean;
  /** Whether a frame of the same origin is recorded now. */
  isRecorded: (frame: Window) => boolean;
}
