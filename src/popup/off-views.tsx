/**
 * What the popup shows when nothing can be recorded and nothing is asked: no charter, one that cannot be used, a "no".
 *
 * None of these nags: each says how things stand, and at most what the person could do.
 */
import type { JSX } from 'preact';
import { browser } from 'wxt/browser';
import type { CharterInForce } from '../consent/charter-in-force.ts';
import { CharterDetails } from './charter-details.tsx';
import { MyDataLink } from './record-accounts.tsx';
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

interface DeclinedProps {
  inForce: CharterInForce;
  onChange: () => void;
}

export function Declined({ inForce, onChange }: DeclinedProps): JSX.Element {
  return (
    <section aria-label={t('status_off_declined')}>
      <p>{t('declined_text')}</p>
      <button type="button" onClick={onChange}>
        {t('declined_change')}
      </button>
      <MyDataLink />
      {inForce.kind === 'in-force' && <CharterDetails inForce={inForce} />}
    </section>
  );
}

function openJoinPage(): void {
  void browser.tabs.create({ url: browser.runtime.getURL('/join.html') });
}
