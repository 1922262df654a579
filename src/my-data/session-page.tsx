/**
 * One session, opened: what of it is on the device, as a replay and as the records that would be sent.
 *
 * Reads the session's content when it is opened and after each change. Of what was sent it says what is left: kind, day,
 * app and count.
 */
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../popup/translate.ts';
import type { SessionRow } from '../queue/sessions.ts';
import { withQueue, type MyData } from './my-data.ts';
import { formatDay, formatTimes } from './format-day.ts';
import { ReplayPlayer } from './replay-player.tsx';
import { isLinked, itemsAsSent, openSession, replayOf, type OpenedSession } from './session-content.ts';
import { SendEarly } from './send-early.tsx';
import { SessionCounts, SessionState, sessionLabel } from './session-facts.tsx';
import { SessionRecords } from './session-records.tsx';
import type { Actions } from './use-my-data.ts';

interface SessionPageProps {
  sessionId: number;
  data: MyData;
  actions: Actions;
}

export function SessionPage({ sessionId, data, actions }: SessionPageProps): JSX.Element {
  const content = useSession(sessionId, data.readAtMs);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [sessionId]);
  const row = data.sessions.find((session) => session.sessionId === sessionId);
  return (
    <section class="session-page" aria-labelledby="session-heading">
      <p>
        <a href="#timeline">{t('myDataSession_back')}</a>
      </p>
      <h2 id="session-heading" tabIndex={-1} ref={heading}>
        {row ? t('myDataSession_heading', row.app, formatDay(row.startMs)) : t('myDataSession_gone')}
      </h2>
      {row && <Head session={row} data={data} actions={actions} />}
      {row && content && <Content key={sessionId} content={content} data={data} actions={actions} />}
    </section>
  );
}

interface HeadProps {
  session: SessionRow;
  data: MyData;
  actions: Actions;
}

function Head({ session, data, actions }: HeadProps): JSX.Element {
  const remove = () =>
    void actions.remove({ kind: 'session', sessionId: session.sessionId }, sessionLabel(session));
  return (
    <div class="session-head">
      <div class="session-numbers">
        <p class="times">{formatTimes(session.startMs, session.endMs)}</p>
        <SessionCounts session={session} />
      </div>
      <SessionState session={session} nowMs={data.readAtMs} />
      {session.sent > 0 && <p class="note">{t('myDataSession_sent', session.sent)}</p>}
      <div class="buttons">
        {session.unsent > 0 && (
          <SendEarly
            label={t('myDataSend_session')}
            selection={{ kind: 'session', sessionId: session.sessionId }}
            state={data.state}
            actions={actions}
          />
        )}
        {session.unsent > 0 && (
          <button type="button" class="stop" onClick={remove}>
            {t('myDataSession_delete')}
          </button>
        )}
      </div>
    </div>
  );
}

interface ContentProps {
  content: OpenedSession;
  data: MyData;
  actions: Actions;
}

function Content({ content, data, actions }: ContentProps): JSX.Element {
  const items = useMemo(() => itemsAsSent(content), [content]);
  const replay = useMemo(() => replayOf(content), [content]);
  if (items.length === 0) return <p class="empty">{t('myDataSession_nothingHere')}</p>;
  return (
    <div class="beside-each-other">
      <section aria-labelledby="replay-heading">
        <h3 id="replay-heading">{t('myDataReplay_heading')}</h3>
        {replay.moments.length > 0 ? (
          <ReplayPlayer key={replay.moments.length} replay={replay} isLinked={isLinked(content)} />
        ) : (
          <p class="empty">{t('myDataReplay_nothing')}</p>
        )}
      </section>
      <SessionRecords items={items} nowMs={data.readAtMs} remove={actions.remove} />
    </div>
  );
}

/** The session's content; read anew when anything may have changed, kept where nothing has. */
function useSession(sessionId: number, readAtMs: number): OpenedSession | undefined {
  const [content, setContent] = useState<OpenedSession>();
  useEffect(() => {
    let isOver = false;
    void withQueue((queue) => openSession(queue, sessionId)).then((read) => {
      if (isOver) return;
      setContent((known) => (JSON.stringify(known) === JSON.stringify(read) ? known : read));
    });
    return () => {
      isOver = true;
    };
  }, [sessionId, readAtMs]);
  return content;
}
