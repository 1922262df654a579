/**
 * The last step before consent is withdrawn: says what happens in any case, and asks about what was sent.
 *
 * Used by the popup. Erasing is preselected; no choice makes withdrawing itself harder.
 */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { QueueSummary } from '../queue/summary.ts';
import { type SentRecordsChoice } from './actions.ts';
import { SentRecordsChoiceField } from './sent-records-choice.tsx';
import { t } from './translate.ts';

interface WithdrawStepProps {
  summary: QueueSummary;
  onWithdraw: (choice: SentRecordsChoice) => void;
  onBack: () => void;
}

const OPTIONS = ['erase-spread', 'erase-at-once', 'keep', 'forget'] as const;

export function WithdrawStep({ summary, onWithdraw, onBack }: WithdrawStepProps): JSX.Element {
  const [choice, setChoice] = useState<SentRecordsChoice>('erase-spread');
  // What is on its way may have arrived, so it is treated as sent.
  const sentCount = summary.sent + summary.sending;
  const { held, due, refused } = summary.accounts;
  const unsentCount = held + due + refused;
  return (
    <section class="withdraw" aria-labelledby="withdraw-heading">
      <h2 id="withdraw-heading" tabIndex={-1} data-step-heading>
        {t('withdraw_heading')}
      </h2>
      <p>{t('withdraw_always')}</p>
      <p>{t('withdraw_unsent', unsentCount)}</p>
      {sentCount > 0 ? (
        <>
          <SentRecordsChoiceField
            legend={t('withdraw_question', sentCount)}
            options={OPTIONS}
            chosen={choice}
            onChoose={setChoice}
          />
          <p class="hint">{t('withdraw_limits')}</p>
        </>
      ) : (
        <p>{t('withdraw_nothingSent')}</p>
      )}
      <div class="stack">
        <button type="button" class="stop" onClick={() => onWithdraw(sentCount > 0 ? choice : 'keep')}>
          {t('withdraw_confirm')}
        </button>
        <button type="button" onClick={onBack}>
          {t('withdraw_back')}
        </button>
      </div>
    </section>
  );
}
