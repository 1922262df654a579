/**
 * What the popup shows while consent is given: pause, this site, counts, what was allowed, the charter, the way out.
 */
import type { JSX } from 'preact';
import type { Terms } from '../consent/recording-state.ts';
import { LinkedInvitation, LinkedNotice } from './linked-notices.tsx';
import { CharterDetails } from './off-views.tsx';
import { PauseControls, SiteSwitch } from './pause-controls.tsx';
import { RecordCounts } from './record-counts.tsx';
import { RiskFigures } from './risk-figures.tsx';
import { LEVEL_TEXTS, SCOPE_TEXTS } from './scope-texts.ts';
import type { Snapshot } from './snapshot.ts';
import { t } from './translate.ts';
import type { RunAction } from './use-popup.ts';

interface ControlsProps {
  snapshot: Snapshot;
  terms: Terms;
  run: RunAction;
  onChange: () => void;
  onWithdraw: () => void;
}

export function Controls({ snapshot, terms, run, onChange, onWithdraw }: ControlsProps): JSX.Element {
  const { state, place, host, summary, readAtMs } = snapshot;
  const isSiteOff = place?.recorded === false && place.reason === 'site-off';
  return (
    <>
      <PauseControls isPaused={state.kind === 'paused'} run={run} />
      {host !== undefined && (place?.recorded || isSiteOff) && (
        <SiteSwitch host={host} isOff={isSiteOff} run={run} />
      )}
      {terms.level === 'linked' && <LinkedNotice terms={terms} run={run} />}
      <RecordCounts
        summary={summary}
        contact={terms.charter.contact}
        isLinked={terms.level === 'linked'}
        nowMs={readAtMs}
        run={run}
      />
      <Allowed terms={terms} onChange={onChange} />
      {terms.charter.protection === 'linked' && terms.level !== 'linked' && (
        <LinkedInvitation isLinked={false} />
      )}
      <CharterDetails charter={terms.charter} />
      <button type="button" class="stop" onClick={onWithdraw}>
        {t('withdraw_open')}
      </button>
    </>
  );
}

function Allowed({ terms, onChange }: { terms: Terms; onChange: () => void }): JSX.Element {
  return (
    <section aria-labelledby="allowed-heading">
      <div class="heading-row">
        <h2 id="allowed-heading">{t('scopesOn_heading')}</h2>
        <button type="button" aria-describedby="allowed-heading" onClick={onChange}>
          {t('scopesOn_change')}
        </button>
      </div>
      <ul class="allowed">
        {terms.scopes.map((scope) => (
          <li key={scope}>{t(SCOPE_TEXTS[scope].title)}</li>
        ))}
      </ul>
      <p class="hint">{t('scopesOn_level', t(LEVEL_TEXTS[terms.level].title))}</p>
      {terms.level !== 'linked' && (
        <details class="fold">
          <summary>{t('risk_heading')}</summary>
          <RiskFigures level={terms.level} scopes={terms.scopes} />
        </details>
      )}
    </section>
  );
}
