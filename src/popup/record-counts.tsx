/**
 * What there is and where, when the next leaves, and the two ways to send sooner.
 *
 * Used by the popup while consent is given.
 */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { QueueSummary } from '../queue/summary.ts';
import { sendNow } from './actions.ts';
import { formatMoment } from './format-moment.ts';
import { RecordAccounts } from './record-accounts.tsx';
import { displayLanguage, t } from './translate.ts';
import type { RunAction } from './use-popup.ts';

interface RecordCountsProps {
  summary: QueueSummary;
  contact: string;
  nowMs: number;
  run: RunAction;
}

type SendOutcome = Awaited<ReturnType<typeof sendNow>>;

export function RecordCounts({ summary, contact, nowMs, run }: RecordCountsProps): JSX.Element {
  const [outcome, setOutcome] = useState<SendOutcome>();
  const send = (includeHeld: boolean) => {
    setOutcome(undefined);
    let answered: SendOutcome | undefined;
    const sending = run(async () => (answered = await sendNow(includeHeld)));
    // What came of it is said only beside the counts that it has changed.
    void sending.then(() => setOutcome(answered));
  };
  return (
    <section aria-labelledby="counts-heading">
      <RecordAccounts summary={summary} />
      <NextTimes summary={summary} nowMs={nowMs} />
      <div class="stack">
        <button type="button" onClick={() => send(false)}>
          {t('send_due')}
        </button>
        <button type="button" aria-describedby="send-held-warning" onClick={() => send(true)}>
          {t('send_held')}
        </button>
        <p id="send-held-warning" class="hint">
          {t('send_heldWarning')}
        </p>
      </div>
      <p role="status" class="outcome" data-outcome={outcome}>
        {outcome && outcomeText(outcome, contact)}
      </p>
    </section>
  );
}

function NextTimes({ summary, nowMs }: { summary: QueueSummary; nowMs: number }): JSX.Element | null {
  const { nextDueAtMs, nextAttemptAtMs } = summary;
  if (nextDueAtMs === undefined && nextAttemptAtMs === undefined) return null;
  const moment = (momentMs: number) => formatMoment(momentMs, nowMs, displayLanguage());
  return (
    <div class="hint">
      {nextDueAtMs !== undefined && <p>{t('counts_nextDue', moment(nextDueAtMs))}</p>}
      {nextAttemptAtMs !== undefined && (
        <p>{t('counts_nextTry', moment(Math.max(nowMs, nextAttemptAtMs)))}</p>
      )}
    </div>
  );
}

function outcomeText(outcome: SendOutcome, contact: string): string {
  switch (outcome) {
    case 'accepted':
      return t('send_accepted');
    case 'try-later':
      return t('send_tryLater');
    case 'going-on':
      return t('send_goingOn');
    case 'stopped':
      return t('send_stopped', contact);
    case 'conflict':
    case 'refused':
      return t('send_refused', contact);
    case 'nothing-due':
      return t('send_nothing');
  }
}
