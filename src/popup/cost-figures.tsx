/**
 * What recording costs: the pages' time as it was measured in them today, and what was sent, beside what may be.
 *
 * Used by the popup while consent is given.
 */
import type { JSX } from 'preact';
import type { Charter } from '../charter/charter.ts';
import type { RecordingCost } from '../recording-cost.ts';
import { t } from './translate.ts';

const BYTES_PER_MEGABYTE = 1_000_000;

interface CostFiguresProps {
  cost: RecordingCost | undefined;
  bytesToday: number;
  budget: Charter['budget'];
}

export function CostFigures({ cost, bytesToday, budget }: CostFiguresProps): JSX.Element {
  return (
    <section aria-labelledby="cost-heading">
      <h2 id="cost-heading">{t('cost_heading')}</h2>
      <dl class="figures">
        <div>
          <dt>{t('cost_time')}</dt>
          <dd data-cost="time">
            {cost === undefined ? t('cost_notYet') : t('cost_msPerMinute', msPerMinute(cost))}
          </dd>
          <dd class="hint">{t('cost_timeLimit', budget.mainThreadMsPerMinute)}</dd>
        </div>
        <div>
          <dt>{t('cost_sent')}</dt>
          <dd data-cost="sent">{t('cost_megabytes', bytesToday / BYTES_PER_MEGABYTE)}</dd>
          <dd class="hint">{t('cost_sentLimit', budget.bytesPerDay / BYTES_PER_MEGABYTE)}</dd>
        </div>
      </dl>
      {cost !== undefined && <p class="hint">{t('cost_how', cost.minutes)}</p>}
    </section>
  );
}

/** To a tenth of a millisecond: the clock that it was measured with is no finer. */
function msPerMinute({ workMs, minutes }: RecordingCost): number {
  return Math.round((10 * workMs) / Math.max(1, minutes)) / 10;
}
