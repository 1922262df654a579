/**
 * How things stand, first on the My data page: whether anything is recorded now, and how much is where.
 */
import type { JSX } from 'preact';
import type { RecordingState } from '../consent/recording-state.ts';
import { formatMoment } from '../popup/format-moment.ts';
import { displayLanguage, formatNumber, t, type TextName } from '../popup/translate.ts';
import type { MyData } from './my-data.ts';

type Sign = 'recording' | 'paused' | 'off';

const SIGNS: Record<RecordingState['kind'], Sign> = {
  on: 'recording',
  paused: 'paused',
  'no-charter': 'off',
  'charter-unreadable': 'off',
  undecided: 'off',
  declined: 'off',
  'charter-changed': 'off',
};

const TITLES: Record<Sign, TextName> = {
  recording: 'myDataStanding_on',
  paused: 'status_paused',
  off: 'status_off',
};

const OFF: Record<Exclude<RecordingState['kind'], 'on' | 'paused'>, TextName> = {
  'no-charter': 'status_off_noCharter',
  'charter-unreadable': 'status_off_unreadable',
  undecided: 'status_off_undecided',
  declined: 'status_off_declined',
  'charter-changed': 'status_off_changed',
};

export function Standing({ data }: { data: MyData }): JSX.Element {
  const accounts = data.summary?.accounts;
  const sign = SIGNS[data.state.kind];
  const numbers: [name: string, text: TextName, count: number | undefined][] = [
    ['held', 'myDataNumber_held', accounts?.held],
    ['due', 'myDataNumber_due', accounts && accounts.due + accounts.sending],
    ['sent', 'myDataNumber_sent', accounts?.sent],
    ['deleted', 'myDataNumber_deleted', accounts?.deleted],
  ];
  return (
    <div class="standing">
      <div class="sign" data-sign={sign}>
        <img src={`/icons/${sign}-128.png`} alt="" width="32" height="32" />
        <p>
          <strong>{t(TITLES[sign])}</strong> {reason(data)}
        </p>
      </div>
      <dl class="numbers">
        {numbers.map(([name, text, count]) => (
          <div key={name}>
            <dt>{t(text)}</dt>
            <dd data-count={name}>{count === undefined ? '…' : formatNumber(count)}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{t('myDataNumber_unit')}</p>
    </div>
  );
}

function reason({ state, isWithdrawn, readAtMs }: MyData): string {
  switch (state.kind) {
    case 'on':
      return t('myDataStanding_apps', state.terms.charter.apps.map((app) => app.label).join(', '));
    case 'paused':
      return state.untilMs === null
        ? t('status_paused_open')
        : t('status_paused_until', formatMoment(state.untilMs, readAtMs, displayLanguage()));
    case 'declined':
      return t(isWithdrawn ? 'status_off_withdrawn' : 'status_off_declined');
    case 'no-charter':
    case 'charter-unreadable':
    case 'undecided':
    case 'charter-changed':
      return t(OFF[state.kind]);
  }
}
