/**
 * Decides when a frame is recorded: asks the background, starts capture, stops it.
 *
 * In the page. Registers no page listener before the background has said yes, and none is left after it said no.
 * Stopping drops what was not sent. A fault or a lost extension ends it quietly.
 */
import type { Arrival, CaptureScope, PageWindow } from './capture-context.ts';
import type { RawMessage } from './fragments.ts';
import { createOutbox, type DeliveryAnswer, type Outbox } from './outbox.ts';
import { startCapture } from './start-capture.ts';

/** `elsewhere`: not at this address, though perhaps at another one of the same document. */
export type Permission = { recording: false; elsewhere: boolean } | Granted;

interface Granted {
  recording: true;
  scopes: readonly CaptureScope[];
  /** What is in force; another one means another agreement. */
  permit: string;
}

/** The way to the background. */
export interface BackgroundChannel {
  mayRecord: () => Promise<Permission>;
  send: (message: RawMessage) => Promise<DeliveryAnswer>;
  /** False once the extension was updated or removed: this script is an orphan then. */
  isConnected: () => boolean;
}

export interface Recorder {
  /** Stops at once and drops what was not sent; may be asked to start again. */
  stop: () => void;
  askAgain: () => void;
  /** False once it can never record again. */
  isAlive: () => boolean;
}

interface Recording {
  permit: string;
  outbox: Outbox;
  /** Ends the watchers; what they have reported may still be delivered. */
  watchers: AbortController;
  /** Ends the listeners that start the watchers again. */
  whole: AbortController;
}

/** @param arrival how the document was found when the script began. */
export function startRecorder(
  page: PageWindow,
  channel: BackgroundChannel,
  arrival: Arrival,
  start = startCapture,
): Recorder {
  let recording: Recording | undefined;
  /** While this document may not be recorded at its present address, but perhaps at another. */
  let waiting: AbortController | undefined;
  let hasFailed = false;
  let questions = 0;

  async function ask(asArrival: Arrival): Promise<void> {
    const question = ++questions;
    let permission: Permission = { recording: false, elsewhere: false };
    try {
      permission = await channel.mayRecord();
    } catch {
      // A background that cannot be asked has not said yes.
    }
    // Something newer was asked, or a stop came in between.
    if (question !== questions || hasFailed) return;
    if (!permission.recording) {
      stop();
      if (permission.elsewhere) waitForAnotherAddress();
      return;
    }
    // What was captured under another agreement is not sent under this one.
    if (recording && recording.permit !== permission.permit) stop();
    if (recording && !recording.watchers.signal.aborted) return;
    begin(permission, asArrival);
  }

  function begin(granted: Granted, asArrival: Arrival): void {
    waiting?.abort();
    const watchers = new AbortController();
    const current = (recording ??= openRecording(granted, watchers));
    current.watchers = watchers;
    try {
      start(page, {
        scopes: granted.scopes,
        arrival: asArrival,
        report: current.outbox.add,
        onLeaving: current.outbox.sendNow,
        onFault: fail,
        signal: watchers.signal,
      });
    } catch {
      fail();
      return;
    }
    page.addEventListener('pagehide', () => watchers.abort(), { signal: watchers.signal });
  }

  function openRecording({ scopes, permit }: Granted, watchers: AbortController): Recording {
    const whole = new AbortController();
    const outbox = createOutbox({
      send: channel.send,
      permit,
      onStop: () => {
        stop();
        void ask('alreadyOpen');
      },
      onFailure: () => {
        if (!channel.isConnected()) fail();
      },
      tellsGaps: scopes.includes('workflow'),
    });
    page.addEventListener(
      'pageshow',
      (event) => {
        // A page from the cache missed every notice, and every answer, while it lay there.
        if (!event.isTrusted || !event.persisted) return;
        outbox.resume();
        void ask('restored');
      },
      { signal: whole.signal },
    );
    // Within one document the address may come to a place that is not recorded.
    onAddressChange(whole.signal);
    return { permit, outbox, watchers, whole };
  }

  /** Listens to nothing of the page but the change of its address. */
  function waitForAnotherAddress(): void {
    waiting = new AbortController();
    onAddressChange(waiting.signal);
  }

  function onAddressChange(signal: AbortSignal): void {
    // Not in every browser yet; there a document stays as it was judged when it was loaded.
    const navigation = page.navigation as EventTarget | undefined;
    navigation?.addEventListener('currententrychange', () => void ask('alreadyOpen'), { signal });
  }

  function stop(): void {
    questions++;
    waiting?.abort();
    recording?.watchers.abort();
    recording?.whole.abort();
    recording?.outbox.clear();
    recording = undefined;
  }

  function fail(): void {
    hasFailed = true;
    stop();
  }

  void ask(arrival);
  return {
    stop,
    askAgain: () => void ask('alreadyOpen'),
    isAlive: () => !hasFailed && channel.isConnected(),
  };
}
