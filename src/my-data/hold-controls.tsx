/**
 * When things leave: sooner for all that waits, or later for all that waits and all that comes.
 *
 * Used by the My data page while consent is given. Never shortens what the charter says.
 */
import type { JSX } from 'preact';
import type { Terms } from '../consent/recording-state.ts';
import { ask } from '../popup/actions.ts';
import { formatMoment } from '../popup/format-moment.ts';
import { displayLanguage, t } from '../popup/translate.ts';
import type { MyData } from './my-data.ts';
import { SendEarly } from './send-early.tsx';
import type { Actions } from './use-my-data.ts';

const EXTRA_HOURS = [0, 24, 48, 72, 168] as const;

interface HoldControlsProps {
  data: MyData;
  terms: Terms;
  actions: Actions;
}

export function HoldControls({ data, terms, actions }: HoldControlsProps): JSX.Element {
  const { charter } = terms;
  return (
    <section id="hold" aria-labelledby="hold-heading">
      <h2 id="hold-heading">{t('myDataHold_heading')}</h2>
      <p>
        {charter.holdHours === 0 ? t('charter_holdNone') : t('charter_hold', charter.holdHours)}{' '}
        {data.summary?.nextDueAtMs !== undefined &&
          t('counts_nextDue', formatMoment(data.summary.nextDueAtMs, data.readAtMs, displayLanguage()))}
      </p>
      {charter.minContributors > 0 && (
        <p class="hint">
          {t('charter_markers')} {t('myDataHold_markers', data.summary?.accounts.sightings.held ?? 0)}
        </p>
      )}
      <div class="tools">
        <ExtraHold chosen={data.extraHoldHours} run={actions.run} />
        <SendEarly label={t('myDataSend_all')} state={data.state} actions={actions} />
      </div>
    </section>
  );
}

function ExtraHold({ chosen, run }: { chosen: number; run: Actions['run'] }): JSX.Element {
  const options = [...new Set<number>([...EXTRA_HOURS, chosen])].sort((one, other) => one - other);
  const lengthen = (hours: number) => void run(() => ask('data:lengthen-hold', { hours }));
  return (
    <div>
      <label class="field-row">
        {t('myDataHold_extra')}
        <select
          value={chosen}
          aria-describedby="extra-hold-hint"
          onChange={(event) => lengthen(Number(event.currentTarget.value))}
        >
          {options.map((hours) => (
            <option key={hours} value={hours}>
              {hours === 0 ? t('myDataHold_none') : t('myDataHold_hours', hours)}
            </option>
          ))}
        </select>
      </label>
      <p id="extra-hold-hint" class="hint">
        {t('myDataHold_hint')}
      </p>
    </div>
  );
}
