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

export type Permission = { recording: false } | { recording: true; scopes: readonly CaptureScope[] };

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
  scopes: readonly CaptureScope[];
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
  let hasFailed = false;
  let questions = 0;

  async function ask(asArrival: Arrival): Promise<void> {
    const question = ++questions;
    let scopes: readonly CaptureScope[] | undefined;
    try {
      const permission = await channel.mayRecord();
      if (permission.recording) scopes = permission.scopes;
    } catch {
      // A background that cannot be asked has not said yes.
    }
    // Something newer was asked, or a stop came in between.
    if (question !== questions || hasFailed) return;
    if (!scopes) {
      stop();
      return;
    }
    if (recording && String(recording.scopes) !== String(scopes)) stop();
    if (recording && !recording.watchers.signal.aborted) return;
    begin(scopes, asArrival);
  }

  function begin(scopes: readonly CaptureScope[], asArrival: Arrival): void {
    const watchers = new AbortController();
    const current = (recording ??= openRecording(scopes, watchers));
    current.watchers = watchers;
    try {
      start(page, {
        scopes,
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

  function openRecording(scopes: readonly CaptureScope[], watchers: AbortController): Recording {
    const whole = new AbortController();
    page.addEventListener(
      'pageshow',
      (event) => {
        // A page from the cache missed every notice while it lay there.
        if (event.isTrusted && event.persisted) void ask('restored');
      },
      { signal: whole.signal },
    );
    const outbox = createOutbox({
      send: channel.send,
      onStop: stop,
      onFailure: () => {
        if (!channel.isConnected()) fail();
      },
      tellsGaps: scopes.includes('workflow'),
    });
    return { scopes, outbox, watchers, whole };
  }

  function stop(): void {
    questions++;
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
