/**
 * The My data page: everything that was recorded, where it is, and what the person can do about it.
 *
 * Runs in a page of the extension. Shows what storage and queue say; keeps no state but what is open and what can still
 * be undone.
 */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t, type TextName } from '../popup/translate.ts';
import { HoursChart, ScopesChart } from './charts.tsx';
import { DownloadView } from './download-view.tsx';
import { HoldControls } from './hold-controls.tsx';
import { LedgerView } from './ledger-view.tsx';
import type { MyData } from './my-data.ts';
import { NoticeBar } from './notice-bar.tsx';
import { ReadersView } from './readers-view.tsx';
import { ReceiptsView } from './receipts-view.tsx';
import { SessionPage } from './session-page.tsx';
import { Standing } from './standing.tsx';
import { Timeline } from './timeline.tsx';
import { useMyData, type Actions } from './use-my-data.ts';

export function MyDataPage(): JSX.Element {
  const { data, deletions, notice, isBusy, hasFailed, ...actions } = useMyData();
  const sessionId = useOpenSession();
  const cameFrom = useEarlier(sessionId);
  if (data === undefined) return <main aria-busy="true" />;
  return (
    <>
      <main aria-busy={isBusy}>
        <h1>{t('myData_title')}</h1>
        <p class="alert" role="alert">
          {hasFailed && t('myData_failed')}
        </p>
        <p class="working" role="status">
          {isBusy && t('working')}
        </p>
        {sessionId === undefined ? (
          <Overview data={data} actions={actions} cameFrom={cameFrom} />
        ) : (
          <SessionPage sessionId={sessionId} data={data} actions={actions} />
        )}
      </main>
      <NoticeBar notice={notice} deletions={deletions} onUndo={(deletion) => void actions.undo(deletion)} />
    </>
  );
}

interface OverviewProps {
  data: MyData;
  actions: Actions;
  cameFrom: number | undefined;
}

function Overview({ data, actions, cameFrom }: OverviewProps): JSX.Element {
  const { state, sessions } = data;
  const isActive = state.kind === 'on' || state.kind === 'paused';
  return (
    <>
      <p class="lead">{t('myData_lead')}</p>
      <Standing data={data} />
      <nav aria-label={t('myData_title')}>
        <ul>
          {SECTIONS.filter(({ id }) => id !== 'hold' || isActive).map(({ id, text }) => (
            <li key={id}>
              <a href={`#${id}`}>{t(text)}</a>
            </li>
          ))}
        </ul>
      </nav>
      {sessions.length > 0 && (
        <section id="overview" aria-labelledby="overview-heading">
          <h2 id="overview-heading">{t('myDataOverview_heading')}</h2>
          <div class="charts">
            <HoursChart sessions={sessions} nowMs={data.readAtMs} />
            <ScopesChart sessions={sessions} />
          </div>
        </section>
      )}
      <Timeline data={data} actions={actions} cameFrom={cameFrom} />
      {isActive && <HoldControls data={data} terms={state.terms} actions={actions} />}
      <LedgerView data={data} run={actions.run} />
      <ReadersView mayAsk={isActive} run={actions.run} />
      <ReceiptsView data={data} />
      <DownloadView data={data} run={actions.run} />
    </>
  );
}

const SECTIONS: { id: string; text: TextName }[] = [
  { id: 'timeline', text: 'myDataTimeline_heading' },
  { id: 'hold', text: 'myDataHold_heading' },
  { id: 'sent', text: 'myDataSent_heading' },
  { id: 'readers', text: 'myDataReaders_heading' },
  { id: 'receipts', text: 'myDataReceipts_heading' },
  { id: 'download', text: 'myDataDownload_heading' },
];

const OPENED = /^#session-(\d+)$/;

/** The session that the address names; undefined for the overview. */
function useOpenSession(): number | undefined {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const onChange = () => setHash(location.hash);
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  const named = OPENED.exec(hash)?.[1];
  return named === undefined ? undefined : Number(named);
}

/** The session that was open before, so that the person comes back to where they were. */
function useEarlier(sessionId: number | undefined): number | undefined {
  const earlier = useRef<number | undefined>(undefined);
  if (sessionId !== undefined) earlier.current = sessionId;
  return sessionId === undefined ? earlier.current : undefined;
}
