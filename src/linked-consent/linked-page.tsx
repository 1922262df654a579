/**
 * The consent page for level `linked`: what it means in plain words, a choice per part, and an explicit act.
 *
 * Runs in a tab of the extension, opened by the person from the popup, never by itself. The only page from which a
 * decision for `linked` can come about; the background checks that.
 */
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { browser } from 'wxt/browser';
import { readCharterInForce, type CharterInForce } from '../consent/charter-in-force.ts';
import { readCurrentState } from '../consent/current-state.ts';
import type { RecordingState } from '../consent/recording-state.ts';
import { t } from '../popup/translate.ts';
import { AgreementForm } from './agreement-form.tsx';

interface Standing {
  inForce: CharterInForce;
  state: RecordingState;
}

export function LinkedPage(): JSX.Element {
  const standing = useStanding();
  const [isAgreed, setAgreed] = useState(false);
  if (standing === undefined) return <main aria-busy="true" />;
  const { inForce, state } = standing;
  const charter = inForce.kind === 'in-force' ? inForce.agreement.charter : undefined;
  return (
    <main>
      <header>
        <h1>{t('linked_title')}</h1>
        <p>{t('linked_intro')}</p>
      </header>
      <p class="outcome" role="status">
        {isAgreed && t('linked_agreed')}
      </p>
      {inForce.kind === 'in-force' && charter?.protection === 'linked' ? (
        <AgreementForm
          key={inForce.hash}
          charter={charter}
          charterHash={inForce.hash}
          state={state}
          onAgreed={() => setAgreed(true)}
        />
      ) : (
        <p data-linked="not-asked">{t('linked_notAsked')}</p>
      )}
    </main>
  );
}

/** How things stand, read again whenever storage changes. */
function useStanding(): Standing | undefined {
  const [standing, setStanding] = useState<Standing>();
  useEffect(() => {
    const refresh = () =>
      void Promise.all([readCharterInForce(), readCurrentState()]).then(([inForce, { state }]) =>
        setStanding({ inForce, state }),
      );
    refresh();
    browser.storage.onChanged.addListener(refresh);
    return () => browser.storage.onChanged.removeListener(refresh);
  }, []);
  return standing;
}
