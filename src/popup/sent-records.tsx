/**
 * After a "no" or a withdrawal: records that were sent and can still be erased, and erasures not answered yet.
 *
 * Used by the popup; shows nothing when there is nothing of either.
 */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { QueueSummary } from '../queue/summary.ts';
import { settleSentRecords, type SentRecordsChoice } from './actions.ts';
import { SentRecordsChoiceField } from './sent-records-choice.tsx';
import { t } from './translate.ts';
import type { RunAction } from './use-popup.ts';

const OPTIONS = ['erase-spread', 'erase-at-once', 'forget'] as const;

export function SentRecords({ summary, run }: { summary: QueueSummary; run: RunAction }): JSX.Element | null {
  const [choice, setChoice] = useState<SentRecordsChoice>('erase-spread');
  const { sent, erasuresPending, totals } = summary;
  if (sent === 0 && erasuresPending === 0 && totals.erased === 0) return null;
  return (
    <section aria-labelledby="sent-heading">
      <h2 id="sent-heading">{t('sent_heading')}</h2>
      {erasuresPending > 0 && (
        <>
          <p data-count="erasing">{t('sent_pending', erasuresPending)}</p>
          <p class="hint">{t('sent_pendingHint')}</p>
        </>
      )}
      {totals.erased > 0 && <p data-count="erased">{t('sent_erased', totals.erased)}</p>}
      {sent > 0 && (
        <>
          <SentRecordsChoiceField
            legend={t('sent_text', sent)}
            options={OPTIONS}
            chosen={choice}
            onChoose={setChoice}
          />
          <p class="hint">{t('withdraw_limits')}</p>
          <button type="button" onClick={() => void run(() => settleSentRecords(choice))}>
            {t('sent_do')}
          </button>
        </>
      )}
    </section>
  );
}
