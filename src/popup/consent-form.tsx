/**
 * The question: what would be recorded, on which terms, one switch per scope, and "no" as easy as "yes".
 *
 * Used by the popup, for the first answer and for changing it. Nothing is ticked that the person has not agreed to
 * before, and "yes" says nothing until something is ticked. It can never lead to level `linked`, only say where that is
 * asked.
 */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Charter, Level, Scope } from '../charter/charter.ts';
import type { Answer } from './actions.ts';
import type { CharterInForce } from '../consent/charter-in-force.ts';
import { CharterInFull } from './charter-details.tsx';
import { CharterInShort } from './charter-view.tsx';
import { ordinaryLevel } from '../consent/recording-state.ts';
import { LevelChoice, selectableLevels } from './level-choice.tsx';
import { LinkedInvitation } from './linked-notices.tsx';
import { RiskFigures } from './risk-figures.tsx';
import { ScopeChoice } from './scope-choice.tsx';
import { t, type TextName } from './translate.ts';

interface ConsentFormProps {
  charter: Charter;
  charterHash: string;
  inForce: CharterInForce;
  /** The consent to change; undefined when it is asked for. */
  current?: { scopes: Scope[]; level: Level };
  onYes: (answer: Answer) => void;
  onNo: () => void;
}

interface FormTexts {
  heading: TextName;
  yes: TextName;
  no: TextName;
  needsScope: TextName;
  hint: TextName;
}

const ASKING: FormTexts = {
  heading: 'consent_heading',
  yes: 'consent_yes',
  no: 'consent_no',
  needsScope: 'consent_yesNeedsScope',
  hint: 'consent_later',
};
const CHANGING: FormTexts = {
  heading: 'change_heading',
  yes: 'change_save',
  no: 'consent_back',
  needsScope: 'change_needsScope',
  hint: 'change_hint',
};

export function ConsentForm({
  charter,
  charterHash,
  inForce,
  current,
  onYes,
  onNo,
}: ConsentFormProps): JSX.Element {
  const [scopes, setScopes] = useState<readonly Scope[]>(current?.scopes ?? []);
  const [level, setLevel] = useState<Level>(ordinaryLevel(current?.level ?? charter.protection));
  const texts = current === undefined ? ASKING : CHANGING;
  const hasScope = scopes.length > 0;
  const ordered = charter.scopes.filter((scope) => scopes.includes(scope));
  const switchScope = (scope: Scope, isOn: boolean) =>
    setScopes((before) => [...before.filter((other) => other !== scope), ...(isOn ? [scope] : [])]);

  return (
    <form
      class="consent"
      aria-labelledby="consent-heading"
      onSubmit={(event) => {
        event.preventDefault();
        if (hasScope) onYes({ charter, charterHash, scopes: ordered, level });
      }}
    >
      <h2 id="consent-heading" tabIndex={-1} data-step-heading>
        {t(texts.heading)}
      </h2>
      {current === undefined && (
        <>
          <p>{t('consent_intro', charter.organization)}</p>
          <h3>{t('consent_inShort')}</h3>
          <CharterInShort charter={charter} />
        </>
      )}
      <h3>{t('consent_scopes')}</h3>
      {current === undefined && <p class="hint">{t('consent_scopesHint')}</p>}
      <ul class="cards">
        {charter.scopes.map((scope) => (
          <ScopeChoice
            key={scope}
            scope={scope}
            level={level}
            isOn={scopes.includes(scope)}
            onSwitch={(isOn) => switchScope(scope, isOn)}
          />
        ))}
      </ul>
      {selectableLevels(charter.protection).length > 1 && (
        <LevelChoice asked={charter.protection} chosen={level} onChoose={setLevel} />
      )}
      {charter.protection === 'linked' && <LinkedInvitation isLinked={current?.level === 'linked'} />}
      <RiskFigures level={level} scopes={charter.scopes} />
      <h3>{t('charter_heading')}</h3>
      {inForce.kind === 'in-force' && <CharterInFull inForce={inForce} />}
      <footer class="answer">
        <p id="consent-hint" class="hint" role="status">
          {t(hasScope ? texts.hint : texts.needsScope)}
        </p>
        <div class="answer-buttons">
          <button type="button" onClick={onNo}>
            {t(texts.no)}
          </button>
          <button type="submit" aria-disabled={!hasScope} aria-describedby="consent-hint">
            {t(texts.yes)}
          </button>
        </div>
      </footer>
    </form>
  );
}
