/**
 * The form of the consent page for level `linked`: facts, figures, one switch per part, and a box to be ticked.
 *
 * Nothing is ticked beforehand but the parts of a linked consent that is being changed. Saying no is closing the page.
 */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Charter, Scope } from '../charter/charter.ts';
import type { RecordingState } from '../consent/recording-state.ts';
import { sendMessage } from '../messages.ts';
import { CharterChanges } from '../popup/charter-changes.tsx';
import { CharterInShort, CharterView } from '../popup/charter-view.tsx';
import { RiskFigures } from '../popup/risk-figures.tsx';
import { ScopeChoice } from '../popup/scope-choice.tsx';
import { t } from '../popup/translate.ts';
import { readingPurposeOf } from '../trace/reading-purpose.ts';

interface AgreementFormProps {
  charter: Charter;
  charterHash: string;
  state: RecordingState;
  onAgreed: () => void;
}

const FACTS = [
  'linked_together',
  'linked_kept',
  'linked_identify',
  'linked_promise',
  'linked_still',
  'linked_wayBack',
] as const;

export function AgreementForm({ charter, charterHash, state, onAgreed }: AgreementFormProps): JSX.Element {
  const [scopes, setScopes] = useState<readonly Scope[]>(linkedScopes(state));
  const [isUnderstood, setUnderstood] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const mayAgree = isUnderstood && scopes.length > 0;
  const purpose = readingPurposeOf(charter.purpose, 'linked');

  const agree = async () => {
    const chosen = charter.scopes.filter((scope) => scopes.includes(scope));
    const answer = await sendMessage('linked:agreed', { charterHash, scopes: chosen }).catch(() => undefined);
    const isDone = (answer as { kind: string } | undefined)?.kind === 'done';
    setFailed(!isDone);
    setUnderstood(false);
    if (isDone) onAgreed();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (mayAgree) void agree();
      }}
    >
      {state.kind === 'charter-changed' && <CharterChanges previous={state.previous} next={state.charter} />}
      <section aria-labelledby="linked-means">
        <h2 id="linked-means">{t('linked_means')}</h2>
        <ul class="facts">
          {FACTS.map((name) => (
            <li key={name}>{t(name)}</li>
          ))}
          <li>
            {t('linked_readers')} <code>{purpose}</code>
          </li>
        </ul>
      </section>
      <RiskFigures level="linked" scopes={charter.scopes} />
      <h2>{t('consent_inShort')}</h2>
      <CharterInShort charter={charter} />
      <h2>{t('consent_scopes')}</h2>
      <p class="hint">{t('consent_scopesHint')}</p>
      <ul class="cards">
        {charter.scopes.map((scope) => (
          <ScopeChoice
            key={scope}
            scope={scope}
            level="linked"
            isOn={scopes.includes(scope)}
            onSwitch={(isOn) =>
              setScopes((before) => [...before.filter((other) => other !== scope), ...(isOn ? [scope] : [])])
            }
          />
        ))}
      </ul>
      <details class="fold">
        <summary>{t('charter_heading')}</summary>
        <CharterView charter={charter} />
      </details>
      <label class="choice">
        <input
          type="checkbox"
          name="understood"
          checked={isUnderstood}
          onChange={(event) => setUnderstood(event.currentTarget.checked)}
        />
        <span>{t('linked_understood')}</span>
      </label>
      <div role="alert">{hasFailed && <p class="alert">{t('linked_failed')}</p>}</div>
      <p id="agree-hint" class="hint" role="status">
        {t(mayAgree ? 'linked_agreeHint' : 'linked_agreeNeeds')}
      </p>
      <button type="submit" aria-disabled={!mayAgree} aria-describedby="agree-hint">
        {t('linked_agree')}
      </button>
    </form>
  );
}

function linkedScopes(state: RecordingState): readonly Scope[] {
  const isActive = state.kind === 'on' || state.kind === 'paused';
  return isActive && state.terms.level === 'linked' ? state.terms.scopes : [];
}
