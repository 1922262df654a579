/**
 * The recorder: registered by the background for the charter's apps, after consent, in every frame.
 *
 * In the page's isolated world, which the page cannot see. Wiring only. Starts nothing by itself: it asks the
 * background first, and listens to nothing of the page until the answer is yes.
 */
import { browser } from 'wxt/browser';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startCapture } from '../src/capture/start-capture.ts';
import { startRecorder, type Recorder } from '../src/capture/start-recorder.ts';
import { unclobbered } from '../src/capture/unclobbered.ts';
import { sendMessage, type BackgroundNotice } from '../src/messages.ts';

/** In the isolated world: a second injection, or one after an update, must find the first. */
const world = globalThis as typeof globalThis & { profferRecorder?: Recorder };

export default defineUnlistedScript(() => {
  if (world.profferRecorder?.isAlive()) {
    world.profferRecorder.askAgain();
    return;
  }
  world.profferRecorder?.stop();
  const arrival = unclobbered(document).readyState === 'loading' ? 'loading' : 'alreadyOpen';
  const recorder = startRecorder(
    window,
    {
      mayRecord: async (isMuted) => sendMessage('page:may-record', { isMuted }),
      send: async (message) => sendMessage('page:fragments', message),
      tellSensitive: async (news) => sendMessage('page:sensitive', news),
      // The types do not know that an update takes the runtime's id away.
      isConnected: () => (browser.runtime as { id?: string } | undefined)?.id !== undefined,
      isRecorded: (frame) =>
        (frame as Window & { profferRecorder?: Recorder }).profferRecorder?.isRecording() === true,
    },
    arrival,
    startCapture,
  );
  world.profferRecorder = recorder;
  const deeds: Partial<Record<string, () => void>> = {
    'background:stop': recorder.stop,
    'background:ask-again': recorder.askAgain,
    'background:sensitive': recorder.mute,
    'background:look-again': recorder.lookAgain,
  } satisfies Record<BackgroundNotice['notice'], () => void>;
  // One that a newer background knows is left alone.
  browser.runtime.onMessage.addListener(({ notice }: { notice: string }) => deeds[notice]?.());
});
