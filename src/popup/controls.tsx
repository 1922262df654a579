/**
 * What the popup shows while consent is given: pause, this site, tasks, forget, what there is, its cost, what was
 * allowed, the charter, the way out.
 */
import type { JSX } from 'preact';
import type { Terms } from '../consent/recording-state.ts';
import { CharterDetails } from './charter-details.tsx';
import { CostFigures } from './cost-figures.tsx';
import { ForgetRecent } from './forget-recent.tsx';
import { LinkedInvitation, LinkedNotice } from './linked-notices.tsx';
import { PauseControls, SiteSwitch } from './pause-controls.tsx';
import { PopupSettings } from './popup-settings.tsx';
import { RecordCounts } from './record-counts.tsx';
import { RiskFigures } from './risk-figures.tsx';
import { LEVEL_TEXTS, SCOPE_TEXTS } from './scope-texts.ts';
import { SendingTroubles } from './sending-trouble.tsx';
import type { Snapshot } from './snapshot.ts';
import { TaskStrip } from './task-strip.tsx';
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
  const { state, inForce, place, host, numbers, since, readAtMs } = snapshot;
  const { charter, level } = terms;
  const isSiteOff = place?.recorded === false && place.reason === 'site-off';
  return (
    <>
      <PauseControls
        pausedUntilMs={state.kind === 'paused' ? state.untilMs : undefined}
        shortcutKeys={numbers?.shortcutKeys ?? {}}
        run={run}
      />
      <SendingTroubles
        troubles={numbers?.summary.troubles ?? []}
        contact={terms.charter.contact}
        nowMs={snapshot.readAtMs}
      />
      {host !== undefined && (place?.recorded || isSiteOff) && (
        <SiteSwitch host={host} isOff={isSiteOff} run={run} />
      )}
      <Tasks snapshot={snapshot} terms={terms} run={run} />
      {level === 'linked' && <LinkedNotice terms={terms} run={run} />}
      <ForgetRecent run={run} />
      {numbers !== undefined && (
        <>
          <RecordCounts summary={numbers.summary} contact={charter.contact} nowMs={readAtMs} run={run} />
          <CostFigures cost={numbers.cost} bytesToday={numbers.summary.bytesToday} budget={charter.budget} />
        </>
      )}
      <Allowed terms={terms} onChange={onChange} />
      {charter.protection === 'linked' && level !== 'linked' && <LinkedInvitation isLinked={false} />}
      {inForce.kind === 'in-force' && <CharterDetails inForce={inForce} since={since} />}
      <PopupSettings isIconNeutral={snapshot.isIconNeutral} shortcutKeys={numbers?.shortcutKeys} run={run} />
      <button type="button" class="stop" onClick={onWithdraw}>
        {t('withdraw_open')}
      </button>
    </>
  );
}

interface TasksProps {
  snapshot: Snapshot;
  terms: Terms;
  run: RunAction;
}

/** Where steps are recorded and the charter names tasks: to begin one on a page of an app, to end it anywhere. */
function Tasks({ snapshot, terms, run }: TasksProps): JSX.Element | null {
  const { state, place, tabId, runningTask } = snapshot;
  const { charter, scopes } = terms;
  const mayMark = state.kind === 'on' && scopes.includes('workflow') && charter.tasks.length > 0;
  if (!mayMark || tabId === undefined || (!place?.recorded && runningTask === undefined)) return null;
  return <TaskStrip tasks={charter.tasks} running={runningTask?.task} tabId={tabId} run={run} />;
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
          <RiskFigures level={terms.level} scopes={terms.scopes} isNamedOutside />
        </details>
      )}
    </section>
  );
}
