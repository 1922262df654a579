/**
 * What the popup says of level `linked`: where volunteers are asked, and to whom it applies what that means.
 *
 * Leads to the consent page of its own, which alone can give it; the way to more protection is one press away.
 */
import type { JSX } from 'preact';
import { browser } from 'wxt/browser';
import type { Terms } from '../consent/recording-state.ts';
import { LINKED_PAGE } from '../messages.ts';
import { changeConsent } from './actions.ts';
import { RiskFigures } from './risk-figures.tsx';
import { t } from './translate.ts';
import type { RunAction } from './use-popup.ts';

/** Beside the ordinary question, under a charter that looks for volunteers. */
export function LinkedInvitation({ isLinked }: { isLinked: boolean }): JSX.Element {
  return (
    <section class="linked" aria-labelledby="linked-invitation">
      <h3 id="linked-invitation">{t('linked_invitation')}</h3>
      <p>{t(isLinked ? 'linked_changeEnds' : 'linked_invitationText')}</p>
      <LinkedPageButton />
    </section>
  );
}

/** For who is at level `linked`. */
export function LinkedNotice({ terms, run }: { terms: Terms; run: RunAction }): JSX.Element {
  const { charter, charterHash, scopes } = terms;
  return (
    <section class="linked" aria-labelledby="linked-notice" data-level="linked">
      <h2 id="linked-notice">{t('linked_notice')}</h2>
      <p>{t('linked_together')}</p>
      <p>{t('linked_promise')}</p>
      <details class="fold">
        <summary>{t('risk_heading')}</summary>
        <RiskFigures level="linked" scopes={scopes} isNamedOutside />
      </details>
      <div class="stack">
        <button
          type="button"
          aria-describedby="linked-leave-hint"
          onClick={() => void run(() => changeConsent({ charter, charterHash, scopes, level: 'balanced' }))}
        >
          {t('linked_leave')}
        </button>
        <p id="linked-leave-hint" class="hint">
          {t('linked_leaveHint')}
        </p>
        <LinkedPageButton />
      </div>
    </section>
  );
}

function LinkedPageButton(): JSX.Element {
  return (
    <button
      type="button"
      onClick={() => void browser.tabs.create({ url: browser.runtime.getURL(LINKED_PAGE) })}
    >
      {t('linked_open')}
    </button>
  );
}
