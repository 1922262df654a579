/**
 * What the popup shows when nothing can be recorded and nothing is asked: no charter, one that cannot be used, a "no".
 *
 * None of these nags: each says how things stand, and at most what the person could do.
 */
import type { JSX } from 'preact';
import { browser } from 'wxt/browser';
import type { Charter } from '../charter/charter.ts';
import { CharterView } from './charter-view.tsx';
import { t } from './translate.ts';

export function NoCharter(): JSX.Element {
  return (
    <section aria-label={t('charter_heading')}>
      <p>{t('noCharter_text')}</p>
      <button type="button" aria-describedby="join-hint" onClick={openJoinPage}>
        {t('noCharter_join')}
      </button>
      <p id="join-hint" class="hint">
        {t('noCharter_joinHint')}
      </p>
    </section>
  );
}

interface UnreadableCharterProps {
  problems: string[];
  source: 'policy' | 'join-code' | undefined;
}

export function UnreadableCharter({ problems, source }: UnreadableCharterProps): JSX.Element {
  return (
    <section aria-labelledby="problems-heading">
      <p>{t(source === 'join-code' ? 'unreadable_code' : 'unreadable_policy')}</p>
      <h2 id="problems-heading">{t('unreadable_problems')}</h2>
      <ul class="problems" lang="en">
        {problems.map((problem) => (
          <li key={problem}>
            <code>{problem}</code>
          </li>
        ))}
      </ul>
      {source === 'join-code' && (
        <button type="button" onClick={openJoinPage}>
          {t('noCharter_join')}
        </button>
      )}
    </section>
  );
}

export function Declined({ charter, onChange }: { charter: Charter; onChange: () => void }): JSX.Element {
  return (
    <section aria-label={t('status_off_declined')}>
      <p>{t('declined_text')}</p>
      <button type="button" onClick={onChange}>
        {t('declined_change')}
      </button>
      <CharterDetails charter={charter} />
    </section>
  );
}

/** The charter, folded away until it is wanted. */
export function CharterDetails({ charter }: { charter: Charter }): JSX.Element {
  return (
    <details class="fold">
      <summary>{t('charter_heading')}</summary>
      <CharterView charter={charter} />
    </details>
  );
}

function openJoinPage(): void {
  void browser.tabs.create({ url: browser.runtime.getURL('/join.html') });
}
