/**
 * Sessions by day and app, newest first, each to be opened or deleted; a few days at a time.
 *
 * Draws rows that the queue keeps; no record is read for it.
 */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../popup/translate.ts';
import type { SessionRow } from '../queue/sessions.ts';
import { DeleteForm } from './delete-form.tsx';
import { formatDay, formatSpan, formatTimes } from './format-day.ts';
import type { MyData } from './my-data.ts';
import { SessionCounts, SessionState, sessionLabel } from './session-facts.tsx';
import type { Actions } from './use-my-data.ts';
import { appsByTime, sessionsByDay } from './work-by-day.ts';

const DAYS_AT_A_TIME = 7;

interface TimelineProps {
  data: MyData;
  actions: Actions;
  /** The session that the person comes back from. */
  cameFrom: number | undefined;
}

export function Timeline({ data, actions, cameFrom }: TimelineProps): JSX.Element {
  const [app, setApp] = useState('');
  const apps = appsByTime(data.sessions);
  const days = sessionsByDay(data.sessions.filter((session) => app === '' || session.app === app));
  const [shown, setShown] = useState(() => daysUpTo(days, cameFrom));
  useEffect(() => {
    if (cameFrom !== undefined) document.getElementById(linkId(cameFrom))?.focus();
  }, [cameFrom]);
  return (
    <section id="timeline" aria-labelledby="timeline-heading">
      <h2 id="timeline-heading">{t('myDataTimeline_heading')}</h2>
      {data.sessions.length === 0 ? (
        <p class="empty">{t('myDataTimeline_none')}</p>
      ) : (
        <>
          <p>{t('myDataTimeline_text')}</p>
          <div class="tools">
            {apps.length > 1 && (
              <label class="field-row">
                {t('myDataTimeline_app')}
                <select value={app} onChange={(event) => setApp(event.currentTarget.value)}>
                  <option value="">{t('myDataTimeline_allApps')}</option>
                  {apps.map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </select>
              </label>
            )}
            <DeleteForm apps={apps} nowMs={data.readAtMs} remove={actions.remove} />
          </div>
          {days.slice(0, shown).map((day) => (
            <section class="day" key={day.dayMs} aria-label={formatDay(day.dayMs)}>
              <h3>
                {formatDay(day.dayMs)}
                <span class="hint">
                  {t('myDataTimeline_dayTotal', day.sessions.length, dayTotal(day.sessions))}
                </span>
              </h3>
              <ul class="sessions">
                {day.sessions.map((session) => (
                  <li key={session.sessionId}>
                    <Session session={session} nowMs={data.readAtMs} remove={actions.remove} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
          {days.length > shown && (
            <button type="button" onClick={() => setShown(shown + DAYS_AT_A_TIME)}>
              {t('myDataMore_days', days.length - shown)}
            </button>
          )}
        </>
      )}
    </section>
  );
}

interface SessionProps {
  session: SessionRow;
  nowMs: number;
  remove: Actions['remove'];
}

function Session({ session, nowMs, remove }: SessionProps): JSX.Element {
  const { sessionId, app, startMs, endMs, unsent } = session;
  const label = sessionLabel(session);
  return (
    <article class="session">
      <div class="session-what">
        <h4>
          <a
            id={linkId(sessionId)}
            href={`#session-${sessionId}`}
            aria-label={t('myDataTimeline_open', label)}
          >
            {app}
          </a>
          <span class="times">{formatTimes(startMs, endMs)}</span>
          <span class="hint">{formatSpan(endMs - startMs)}</span>
        </h4>
        <SessionCounts session={session} />
        <SessionState session={session} nowMs={nowMs} />
      </div>
      {unsent > 0 && (
        <button
          type="button"
          class="stop small"
          aria-label={t('myDataTimeline_delete', label)}
          onClick={() => void remove({ kind: 'session', sessionId }, label)}
        >
          {t('myDataDelete')}
        </button>
      )}
    </article>
  );
}

function linkId(sessionId: number): string {
  return `open-session-${sessionId}`;
}

/** Enough days that the session is among them. */
function daysUpTo(days: readonly { sessions: SessionRow[] }[], sessionId: number | undefined): number {
  const index = days.findIndex((day) => day.sessions.some((session) => session.sessionId === sessionId));
  return DAYS_AT_A_TIME * Math.max(1, Math.ceil((index + 1) / DAYS_AT_A_TIME));
}

function dayTotal(sessions: readonly SessionRow[]): string {
  return formatSpan(sessions.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0));
}
