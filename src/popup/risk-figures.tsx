/**
 * The measured figure of a protection level, word for word as the dataset card prints it.
 *
 * Used wherever a level is shown, in the language of the page.
 */
import type { JSX } from 'preact';
import type { Level, Scope } from '../charter/charter.ts';
import { KEPT_A_DAY } from '../trace/limits.ts';
import { riskStatementsIn, smallTeamStatement } from '../trace/risk-statement.ts';
import type { RiskLanguage } from '../trace/risk-words.ts';
import { SCOPE_TEXTS } from './scope-texts.ts';
import { t } from './translate.ts';

const STATEMENT_OF_SCOPE = { pointer: 'motion', keys: 'rhythm', workflow: 'episode' } as const;

interface RiskFiguresProps {
  level: Level;
  scopes: readonly Scope[];
  /** Where it stands under a heading of the same words. */
  isNamedOutside?: boolean;
}

export function RiskFigures({ level, scopes, isNamedOutside = false }: RiskFiguresProps): JSX.Element {
  const language = t('languageTag') as RiskLanguage;
  const statements = riskStatementsIn(language)[level];
  const smallTeam = smallTeamStatement(level, scopes, language);
  const aDay = [
    ...(scopes.includes('pointer') ? [t('risk_movements', KEPT_A_DAY.motion)] : []),
    ...(scopes.includes('keys') ? [t('risk_rhythms', KEPT_A_DAY.rhythm)] : []),
  ];
  return (
    <section class="risk" aria-label={t('risk_heading')}>
      {!isNamedOutside && <h3>{t('risk_heading')}</h3>}
      {level !== 'linked' && <p>{t('charter_pseudonymous')}</p>}
      <p class="hint">{t('risk_language')}</p>
      <dl>
        {scopes.map((scope) => (
          <div key={scope}>
            <dt>{t(SCOPE_TEXTS[scope].title)}</dt>
            <dd>{statements[STATEMENT_OF_SCOPE[scope]]}</dd>
          </div>
        ))}
      </dl>
      {level !== 'linked' && aDay.length > 0 && (
        <p>{t('risk_aDay', new Intl.ListFormat(language).format(aDay))}</p>
      )}
      {smallTeam && (
        <p>
          <strong>{smallTeam}</strong>
        </p>
      )}
    </section>
  );
}
