/**
 * Decides when a frame is recorded: asks the background, starts capture, stops it.
 *
 * In the page. Registers no page listener before the background has said yes, and none is left after it said no.
 * Stopping drops what was not sent. A fault or a lost extension ends it quietly. A page that turns out to ask for
 * secrets is not recorded until it shows another view.
 */
import type { BackgroundChannel, Granted } from './background-channel.ts';
import type { Arrival, PageWindow } from './capture-context.ts';
import type { GapReason } from '../trace/limits.ts';
import { createLastingListeners, type LastingListeners } from './lasting-listeners.ts';
import { createMissingTime } from './missing-time.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPageSignals } from './page-signals.ts';
import type { SensitiveMemory } from './sensitive-field.ts';
import { createWindowPlace } from './window-place.ts';
import { startCapture } from './start-capture.ts';

export interface Recorder {
  /** Stops at once and drops what was not sent; may be asked to start again. */
  stop: () => void;
  askAgain: () => void;
  /** Another frame of the page asks for secrets: nothing more of this view. */
  mute: () => void;
  /** The page shows another view: what was found before no longer counts. */
  lookAgain: () => void;
  /** False once it can never record again. */
  isAlive: () => boolean;
  isRecording: () => boolean;
}

interface Recording {
  permit: string;
  outbox: Outbox;
  /** Ends the watchers; what they have reported may still be delivered. */
  watchers: AbortController;
  /** Ends the listeners that start the watchers again. */
  whole: AbortController;
  listeners: LastingListeners;
}

/** A new view is looked at when it has had time to be drawn, and again for slow ones. */
const LOOK_DELAYS_MS = [500, 2000, 5000];
/** A page may move the focus as often as it likes. What it is moved to is looked at by itself (`sensitive-field.ts`). */
const FOCUS_LOOK_MS = 100;

/**
 * @param arrival how the document was found when the script began.
 */
export function startRecorder(
  page: PageWindow,
  channel: BackgroundChannel,
  arrival: Arrival,
  start = startCapture,
): Recorder {
  let recording: Recording | undefined;
  /** While this document may not be recorded at its present address, but perhaps at another. */
  let waiting: AbortController | undefined;
  /** The view that has become a sensitive place, compared here and never told. */
  let mutedView: string | undefined;
  let isLeaving = false;
  let hasFailed = false;
  let questions = 0;
  const missing = createMissingTime(page);
  const windowPlace = createWindowPlace(page);
  const memory: SensitiveMemory = new WeakMap();
  const signals = createPageSignals(page, memory);

  async function ask(asArrival: Arrival): Promise<void> {
    const question = ++questions;
    // A background that cannot be asked has not said yes.
    const permission = await channel.mayRecord(mutedView !== undefined).catch(() => undefined);
    // Something newer was asked, or a stop came in between.
    if (question !== questions || hasFailed) return;
    if (!permission?.recording) {
      stop(!permission ? 'workerUnreachable' : permission.elsewhere ? 'excluded' : 'paused');
      if (permission?.elsewhere) waitForAnotherAddress();
      return;
    }
    // What was captured under another agreement is not sent under this one.
    if (recording && recording.permit !== permission.permit) stop();
    if (recording && !recording.watchers.signal.aborted) return;
    begin(permission, asArrival);
  }

  function begin(granted: Granted, asArrival: Arrival): void {
    if (mutedView !== undefined) {
      if (mutedView === viewOf(page)) waitForAnotherView();
      else lookAgain();
      return;
    }
    if (becameSensitive(granted.permit)) return;
    waiting?.abort();
    isLeaving = false;
    const watchers = new AbortController();
    const current = (recording ??= openRecording(granted, watchers));
    current.watchers = watchers;
    watchForSignals(current);
    missing.end(granted.permit, (gap) => {
      if (granted.scopes.includes('workflow')) current.outbox.add(gap);
    });
    try {
      start(page, {
        ...granted,
        arrival: asArrival,
        report: current.outbox.add,
        noteWork: current.outbox.noteWork,
        onLeaving: () => current.outbox.sendNow(true),
        onFault: fail,
        isRecorded: channel.isRecorded,
        memory,
        listeners: current.listeners,
        signal: watchers.signal,
      });
    } catch {
      fail();
      return;
    }
    current.listeners.add('pagehide', () => watchers.abort(), { signal: watchers.signal });
  }

  function openRecording({ scopes, permit }: Granted, watchers: AbortController): Recording {
    const whole = new AbortController();
    const listeners = createLastingListeners(page, whole.signal);
    const outbox = createOutbox({
      send: channel.send,
      windowPlace: windowPlace.now,
      permit,
      maySend: () => !becameSensitive(permit),
      onStop: () => {
        stop();
        void ask('alreadyOpen');
      },
      onSensitive: () => void mute(),
      onFailure: () => {
        if (!channel.isConnected()) fail();
      },
      tellsGaps: scopes.includes('workflow'),
    });
    listeners.add(
      'pageshow',
      whenPersisted(() => {
        outbox.resume();
        void ask('restored');
      }),
      { signal: whole.signal },
    );
    // Within one document the address may come to a place that is not recorded.
    onAddressChange(whole.signal, () => void ask('alreadyOpen'));
    return { permit, outbox, watchers, whole, listeners };
  }

  /** Before any watcher: what shows that the page asks for a secret ends the recording first. */
  function watchForSignals({ permit, outbox, watchers, listeners }: Recording): void {
    windowPlace.watch(listeners, watchers.signal, outbox.sendNow);
    listeners.add('pagehide', () => (isLeaving = true), { capture: true, signal: watchers.signal });
    let pressed: EventTarget | null = null;
    let lookedMs = -Infinity;
    for (const type of ['pointerdown', 'focusin', 'submit']) {
      listeners.add(
        type,
        (event: Event) => {
          if (!event.isTrusted) return;
          const isFocus = type === 'focusin';
          // What was just pressed has the focus now: nothing has changed.
          const isOfPress = isFocus && event.target === pressed;
          pressed = type === 'pointerdown' ? event.target : null;
          signals.meet(event);
          if (isOfPress || (isFocus && event.timeStamp - lookedMs < FOCUS_LOOK_MS)) return;
          lookedMs = event.timeStamp;
          becameSensitive(permit, true);
        },
        { capture: true, passive: true, signal: watchers.signal },
      );
    }
  }

  /** Ends the recording if the page asks for a secret now, or if that cannot be told. */
  function becameSensitive(permit: string, inPassing?: boolean): boolean {
    try {
      if (!signals.found(inPassing)) return false;
    } catch {
      fail();
      return true;
    }
    const news = { permit, dropped: mute(true), isLeaving };
    void channel.tellSensitive(news).catch(() => {
      if (!channel.isConnected()) fail();
    });
    return true;
  }

  /**
   * @param isAllowed whether there is something to begin again; while an answer is still to come, that decides.
   * @returns how many fragments were dropped.
   */
  function mute(isAllowed = recording !== undefined || waiting !== undefined): number {
    const dropped = end();
    mutedView = viewOf(page);
    if (isAllowed) waitForAnotherView();
    return dropped;
  }

  function waitForAnotherView(): void {
    waiting?.abort();
    const { signal } = (waiting = new AbortController());
    onAddressChange(signal, () => {
      if (viewOf(page) === mutedView) return;
      mutedView = viewOf(page);
      const looks = LOOK_DELAYS_MS.map((delayMs) =>
        setTimeout(() => {
          if (!signal.aborted && !signals.found()) lookAgain();
        }, delayMs),
      );
      signal.addEventListener('abort', () => looks.forEach(clearTimeout));
    });
    page.addEventListener('pageshow', whenPersisted(lookAgain), { signal });
  }

  function lookAgain(): void {
    mutedView = undefined;
    void ask('alreadyOpen');
  }

  /** A page from the cache missed every notice, and every answer, while it lay there. */
  function whenPersisted(callback: () => void): (event: PageTransitionEvent) => void {
    return (event) => {
      if (event.isTrusted && event.persisted) callback();
    };
  }

  /** Listens to nothing of the page but the change of its address. */
  function waitForAnotherAddress(): void {
    waiting = new AbortController();
    onAddressChange(waiting.signal, () => void ask('alreadyOpen'));
  }

  function onAddressChange(signal: AbortSignal, callback: () => void): void {
    // Not in every browser yet; there a document stays as it was judged when it was loaded.
    const navigation = page.navigation as EventTarget | undefined;
    navigation?.addEventListener('currententrychange', callback, { signal });
  }

  function stop(reason: GapReason = 'paused'): void {
    questions++;
    if (recording) missing.begin(reason);
    end();
  }

  /** @returns how many fragments were dropped. */
  function end(): number {
    waiting?.abort();
    waiting = undefined;
    recording?.watchers.abort();
    recording?.whole.abort();
    const dropped = recording?.outbox.clear() ?? 0;
    recording = undefined;
    return dropped;
  }

  function fail(): void {
    hasFailed = true;
    stop();
  }

  void ask(arrival);
  return {
    stop: () => stop(),
    askAgain: () => void ask('alreadyOpen'),
    mute: () => void mute(),
    lookAgain,
    isAlive: () => !hasFailed && channel.isConnected(),
    isRecording: () => recording !== undefined,
  };
}

/** Compared in this frame's memory only. A changed query is the same view: pages write into it while one types. */
function viewOf({ location }: PageWindow): string {
  return location.pathname + location.hash;
}
