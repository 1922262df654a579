/**
 * The join page: what is in force now, a code to paste, and the charter in full before it is taken.
 *
 * Runs in a tab of the extension. Records nothing, asks for no consent and never opens by itself.
 */
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { browser } from 'wxt/browser';
import type { Agreement } from '../charter/agreement.ts';
import { t } from '../popup/translate.ts';
import { CodeForm } from './code-form.tsx';
import { CurrentCharter } from './current-charter.tsx';
import { ReviewCharter } from './review-charter.tsx';
import { isSetByPolicy, readStanding, type Standing } from './joining.ts';

type Step =
  { kind: 'code' } | { kind: 'review'; agreement: Agreement } | { kind: 'accepted' } | { kind: 'left' };

export function JoinPage(): JSX.Element {
  const standing = useStanding();
  const [step, setStep] = useState<Step>({ kind: 'code' });
  if (standing === undefined) return <main aria-busy="true" />;
  return (
    <main>
      <header>
        <h1>{t('join_title')}</h1>
        <p>{t('join_intro')}</p>
      </header>
      <p class="outcome" role="status">
        {step.kind === 'accepted' && `${t('join_accepted')} ${t('join_acceptedNext')}`}
        {step.kind === 'left' && t('join_left')}
      </p>
      {step.kind === 'review' ? (
        <ReviewCharter
          agreement={step.agreement}
          standing={standing}
          onAccepted={() => setStep({ kind: 'accepted' })}
          onCancel={() => setStep({ kind: 'code' })}
        />
      ) : (
        <>
          <CurrentCharter standing={standing} onLeft={() => setStep({ kind: 'left' })} />
          {isSetByPolicy(standing) ? (
            <p class="alert">{t('join_refusedPolicy')}</p>
          ) : (
            step.kind !== 'accepted' && (
              <CodeForm onRead={(agreement) => setStep({ kind: 'review', agreement })} />
            )
          )}
        </>
      )}
    </main>
  );
}

/** How things stand, read again whenever storage changes. */
function useStanding(): Standing | undefined {
  const [standing, setStanding] = useState<Standing>();
  useEffect(() => {
    const refresh = () => void readStanding().then(setStanding);
    refresh();
    browser.storage.onChanged.addListener(refresh);
    return () => browser.storage.onChanged.removeListener(refresh);
  }, []);
  return standing;
}
