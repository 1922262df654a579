/**
 * Which charter is in force now, where it comes from, and the way out of a study that was joined by code.
 *
 * Runs in the join page. Leaving is offered only once consent is not given or was withdrawn.
 */
import type { JSX } from 'preact';
import { CharterDetails } from '../popup/charter-details.tsx';
import { t } from '../popup/translate.ts';
import { isSetByPolicy, leaveStudy, mayLeave, type Standing } from './joining.ts';

export function CurrentCharter({
  standing,
  onLeft,
}: {
  standing: Standing;
  onLeft: () => void;
}): JSX.Element {
  const { inForce } = standing;
  return (
    <section aria-labelledby="current-heading">
      <h2 id="current-heading">{t('join_current')}</h2>
      <p data-charter={inForce.kind}>{describe(standing)}</p>
      {inForce.kind === 'in-force' && <CharterDetails inForce={inForce} />}
      {inForce.kind !== 'none' && !isSetByPolicy(standing) && <Leave standing={standing} onLeft={onLeft} />}
    </section>
  );
}

function Leave({ standing, onLeft }: { standing: Standing; onLeft: () => void }): JSX.Element {
  if (!mayLeave(standing)) return <p class="hint">{t('join_leaveFirst')}</p>;
  return (
    <>
      <button
        type="button"
        aria-describedby="leave-hint"
        onClick={() => void leaveStudy(standing).then(onLeft)}
      >
        {t('join_leave')}
      </button>
      <p id="leave-hint" class="hint">
        {t('join_leaveHint')}
      </p>
    </>
  );
}

function describe({ inForce }: Standing): string {
  switch (inForce.kind) {
    case 'none':
      return t('join_currentNone');
    case 'unreadable':
      return t('join_currentUnreadable');
    case 'in-force':
      return t(
        inForce.source === 'policy' ? 'join_currentPolicy' : 'join_currentCode',
        inForce.agreement.charter.organization,
      );
  }
}
