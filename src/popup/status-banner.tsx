/**
 * The first thing in the popup: is this page being recorded, in words, colour and shape, with the reason.
 *
 * Announced to screen readers when it changes. Must never say anything but what `pageStatus` found.
 */
import type { JSX } from 'preact';
import { formatMoment } from './format-moment.ts';
import { type PageStatus } from './page-status.ts';
import { displayLanguage, t, type TextName } from './translate.ts';

const TITLES: Record<PageStatus['sign'], TextName> = {
  recording: 'status_recording',
  paused: 'status_paused',
  excluded: 'status_excluded',
  off: 'status_off',
};

const EXCLUDED: Record<(PageStatus & { sign: 'excluded' })['reason'], TextName> = {
  'not-an-app': 'status_excluded_notAnApp',
  'site-off': 'status_excluded_siteOff',
  sensitive: 'status_excluded_sensitive',
  'never-record': 'status_excluded_neverRecord',
  'asks-for-secrets': 'status_excluded_asksForSecrets',
};

const OFF: Record<(PageStatus & { sign: 'off' })['reason'], TextName> = {
  'no-charter': 'status_off_noCharter',
  'charter-unreadable': 'status_off_unreadable',
  undecided: 'status_off_undecided',
  declined: 'status_off_declined',
  withdrawn: 'status_off_withdrawn',
  'charter-changed': 'status_off_changed',
};

export function StatusBanner({ status, nowMs }: { status: PageStatus; nowMs: number }): JSX.Element {
  return (
    <div class="status" data-sign={status.sign} role="status">
      <img class="status-sign" src={`/icons/${status.sign}-128.png`} alt="" width="44" height="44" />
      <div>
        <h1 tabIndex={-1}>{t(TITLES[status.sign])}</h1>
        <p>{reason(status, nowMs)}</p>
      </div>
    </div>
  );
}

function reason(status: PageStatus, nowMs: number): string {
  switch (status.sign) {
    case 'recording':
      return t('status_recording_why', status.app);
    case 'paused':
      return status.untilMs === null
        ? t('status_paused_open')
        : t('status_paused_until', formatMoment(status.untilMs, nowMs, displayLanguage()));
    case 'excluded':
      return t(EXCLUDED[status.reason]);
    case 'off':
      return t(OFF[status.reason]);
  }
}
