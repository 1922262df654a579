/**
 * How many records are where, when the next leaves, and the two ways to send sooner.
 *
 * Used by the popup while consent is given. Shows the queue's own numbers, none of its own.
 */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { QueueSummary } from '../queue/summary.ts';
import { sendNow } from './actions.ts';
import { formatMoment } from './format-moment.ts';
import { displayLanguage, formatNumber, t, type TextName } from './translate.ts';
import type { RunAction } from './use-popup.ts';

interface RecordCountsProps {
  summary: QueueSummary;
  contact: string;
  isLinked: boolean;
  nowMs: number;
  run: RunAction;
}

type SendOutcome = Awaited<ReturnType<typeof sendNow>>;

export function RecordCounts({ summary, contact, isLinked, nowMs, run }: RecordCountsProps): JSX.Element {
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
      <h2 id="counts-heading">{t('counts_heading')}</h2>
      <dl class="counts">
        {countRows(summary, isLinked).map(([name, text, count]) => (
          <div key={name}>
            <dt>{t(text)}</dt>
            <dd data-count={name}>{formatNumber(count)}</dd>
          </div>
        ))}
      </dl>
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

function NextTimes({ summary, nowMs }: { summary: QueueSummary; nowMs: number }): JSX.Element {
  const moment = (momentMs: number) => formatMoment(momentMs, nowMs, displayLanguage());
  return (
    <div class="hint">
      {summary.nextDueAtMs !== undefined && <p>{t('counts_nextDue', moment(summary.nextDueAtMs))}</p>}
      {summary.nextAttemptAtMs !== undefined && (
        <p>{t('counts_nextTry', moment(Math.max(nowMs, summary.nextAttemptAtMs)))}</p>
      )}
    </div>
  );
}

/** Rows that are seldom anything but zero are left out until they are. */
function countRows(
  summary: QueueSummary,
  isLinked: boolean,
): [name: string, text: TextName, count: number][] {
  const always: [string, TextName, number][] = [
    ['held', 'counts_held', summary.held.records],
    ['steps', isLinked ? 'counts_pieces' : 'counts_steps', summary.held.steps],
    ['due', 'counts_due', summary.due],
    ['sending', 'counts_sending', summary.sending],
    ['sent', 'counts_sent', summary.totals.sent],
    ['refused', 'counts_refused', summary.refused],
    ['deleted', 'counts_deleted', summary.totals.deleted],
  ];
  const seldom: [string, TextName, number][] = [
    ['dropped', 'counts_dropped', summary.totals.dropped],
    ['left-out', 'counts_leftOut', summary.totals.leftOut],
    ['erasing', 'counts_erasing', summary.erasuresPending],
    ['erased', 'counts_erased', summary.totals.erased],
    ['erased-not-held', 'counts_erasedNotHeld', summary.totals.erasedNotHeld],
  ];
  return [...always, ...seldom.filter(([, , count]) => count > 0)];
}

function outcomeText(outcome: SendOutcome, contact: string): string {
  switch (outcome) {
    case 'accepted':
      return t('send_accepted');
    case 'try-later':
      return t('send_tryLater');
    case 'refused':
      return t('send_refused', contact);
    case 'nothing-due':
      return t('send_nothing');
  }
}
