/**
 * A charter that a code holds, in full, to be accepted or not.
 *
 * Runs in the join page. Nothing is written before the person accepts, and nothing if the browser's own question is
 * answered with no.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { browser } from 'wxt/browser';
import type { Agreement } from '../charter/agreement.ts';
import { ordinaryLevel } from '../consent/recording-state.ts';
import { CharterView } from '../popup/charter-view.tsx';
import { RiskFigures } from '../popup/risk-figures.tsx';
import { ScopeFacts } from '../popup/scope-facts.tsx';
import { SCOPE_TEXTS } from '../popup/scope-texts.ts';
import { t } from '../popup/translate.ts';
import { mayTake, missingOrigins, takeCharter, type Standing } from './joining.ts';

interface ReviewCharterProps {
  agreement: Agreement;
  standing: Standing;
  onAccepted: () => void;
  onCancel: () => void;
}

export function ReviewCharter({
  agreement,
  standing,
  onAccepted,
  onCancel,
}: ReviewCharterProps): JSX.Element {
  const { charter } = agreement;
  const level = ordinaryLevel(charter.protection);
  const [missing, setMissing] = useState<string[]>();
  const [isRefused, setRefused] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    void missingOrigins(charter).then(setMissing);
  }, [charter]);

  // The browser's question must be asked in the click itself, so what is missing is known before.
  const accept = async (origins: string[]) => {
    const isGranted =
      origins.length === 0 || (await browser.permissions.request({ origins }).catch(() => false));
    setRefused(!isGranted);
    if (!isGranted) return;
    await takeCharter(agreement);
    onAccepted();
  };

  return (
    <section class="review" aria-labelledby="review-heading">
      <h2 id="review-heading" tabIndex={-1} ref={heading}>
        {t('join_review')}
      </h2>
      <p>{t('join_reviewHint')}</p>
      <CharterView charter={charter} />
      <h3>{t('consent_scopes')}</h3>
      <ul class="cards">
        {charter.scopes.map((scope) => (
          <li class="card" key={scope}>
            <h4>{t(SCOPE_TEXTS[scope].title)}</h4>
            <ScopeFacts scope={scope} level={level} />
          </li>
        ))}
      </ul>
      <RiskFigures level={level} scopes={charter.scopes} />
      {missing !== undefined && missing.length > 0 && <p>{t('join_permission', missing.join(', '))}</p>}
      <div role="alert">
        {isRefused && <p class="alert">{t('join_permissionRefused')}</p>}
        {!mayTake(agreement, standing) && <p class="alert">{t('join_refusedOther')}</p>}
      </div>
      <div class="answer-buttons">
        <button type="button" onClick={onCancel}>
          {t('join_cancel')}
        </button>
        {missing !== undefined && mayTake(agreement, standing) && (
          <button type="button" onClick={() => void accept(missing)}>
            {t('join_accept')}
          </button>
        )}
      </div>
    </section>
  );
}
