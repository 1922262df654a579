/**
 * Sends what is on hold before its time: one session, or everything. Asks again first, since it skips the review.
 *
 * Used by the My data page while consent is given; shows nothing otherwise.
 */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { RecordingState } from '../consent/recording-state.ts';
import type { SendAnswer } from '../messages.ts';
import { ask } from '../popup/actions.ts';
import { t, type TextName } from '../popup/translate.ts';
import type { Selection } from '../queue/selection.ts';
import type { Actions } from './use-my-data.ts';

interface SendEarlyProps {
  /** What the button says. */
  label: string;
  /** Undefined for everything. */
  selection?: Selection;
  state: RecordingState;
  actions: Actions;
}

const OUTCOMES: Record<SendAnswer['kind'], TextName> = {
  accepted: 'send_accepted',
  'try-later': 'send_tryLater',
  'going-on': 'send_goingOn',
  stopped: 'send_stopped',
  conflict: 'send_refused',
  refused: 'send_refused',
  'nothing-due': 'send_nothing',
};

export function SendEarly({ label, selection, state, actions }: SendEarlyProps): JSX.Element | null {
  const [isAsked, setAsked] = useState(false);
  if (state.kind !== 'on' && state.kind !== 'paused') return null;
  const { contact } = state.terms.charter;
  const send = () =>
    void actions
      .run(async () => {
        const { kind } = await ask('data:send-now', selection ? { selection } : {});
        actions.say(t(OUTCOMES[kind], contact));
      })
      .then(() => setAsked(false));
  if (!isAsked) {
    return (
      <button type="button" onClick={() => setAsked(true)}>
        {label}
      </button>
    );
  }
  return (
    <div class="confirm" role="group" aria-label={label}>
      <p>{t('send_heldWarning')}</p>
      <div class="buttons">
        <button type="button" onClick={send}>
          {t('myDataSend_confirm')}
        </button>
        <button type="button" onClick={() => setAsked(false)}>
          {t('myDataCancel')}
        </button>
      </div>
    </div>
  );
}
