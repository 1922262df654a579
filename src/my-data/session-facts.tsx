/**
 * What is said of a session wherever it is shown: how much there is of each kind, and where it is on its way.
 */
import type { JSX } from 'preact';
import { formatMoment } from '../popup/format-moment.ts';
import { displayLanguage, formatNumber, t } from '../popup/translate.ts';
import type { SessionRow } from '../queue/sessions.ts';
import { formatDay, formatTimes } from './format-day.ts';
import { COUNTED } from './word-texts.ts';

/** What a deletion of it is called. */
export function sessionLabel({ app, startMs, endMs }: SessionRow): string {
  return `${app}, ${formatDay(startMs)}, ${formatTimes(startMs, endMs)}`;
}

const KINDS = ['motion', 'rhythm', 'step', 'trace'] as const;

export function SessionCounts({ session }: { session: SessionRow }): JSX.Element {
  return (
    <ul class="counts-of-kinds">
      {KINDS.filter((kind) => session.counts[kind] > 0).map((kind) => (
        <li key={kind}>
          <span>{t(COUNTED[kind].text)}</span> <strong>{formatNumber(session.counts[kind])}</strong>
        </li>
      ))}
    </ul>
  );
}

/** In words and, beside them, a shape: on hold, due, sent, deleted. */
export function SessionState({ session, nowMs }: { session: SessionRow; nowMs: number }): JSX.Element {
  const { unsent, sent, deleted } = session;
  return (
    <ul class="states">
      {unsent > 0 && (
        <li data-state={isHeld(session, nowMs) ? 'held' : 'due'}>{leavingText(session, nowMs)}</li>
      )}
      {sent > 0 && <li data-state="sent">{t('myDataState_sent', sent)}</li>}
      {deleted > 0 && <li data-state="deleted">{t('myDataState_deleted', deleted)}</li>}
    </ul>
  );
}

function isHeld({ lastDueAtMs }: SessionRow, nowMs: number): boolean {
  return lastDueAtMs !== undefined && lastDueAtMs > nowMs;
}

function leavingText({ unsent, nextDueAtMs, lastDueAtMs }: SessionRow, nowMs: number): string {
  const moment = (momentMs: number) => formatMoment(momentMs, nowMs, displayLanguage());
  if (lastDueAtMs === undefined || lastDueAtMs <= nowMs) return t('myDataState_due', unsent);
  if (nextDueAtMs === undefined || nextDueAtMs <= nowMs)
    return t('myDataState_dueUntil', unsent, moment(lastDueAtMs));
  return moment(nextDueAtMs) === moment(lastDueAtMs)
    ? t('myDataState_heldUntil', unsent, moment(nextDueAtMs))
    : t('myDataState_heldBetween', unsent, moment(nextDueAtMs), moment(lastDueAtMs));
}
