/**
 * What one scope records, what it never records, and an example of a record as it would be sent.
 *
 * Used in the consent form and on the join page. The example follows the protection level that is chosen.
 */
import type { JSX } from 'preact';
import type { Level, Scope } from '../charter/charter.ts';
import { SCOPE_TEXTS } from './scope-texts.ts';
import { t } from './translate.ts';

interface ScopeFactsProps {
  scope: Scope;
  level: Level;
  /** Id of the part that describes the switch. */
  id?: string;
}

export function ScopeFacts({ scope, level, id }: ScopeFactsProps): JSX.Element {
  const texts = SCOPE_TEXTS[scope];
  return (
    <>
      <div id={id}>
        <p>{t(texts.what[level])}</p>
        <p class="never">{t('consent_never', t(texts.never[level]))}</p>
      </div>
      <details>
        <summary>{t('consent_example')}</summary>
        <p class="example">{t(texts.example[level])}</p>
      </details>
    </>
  );
}
