/**
 * The popup: the status of this page first, then what the state calls for: a question, the controls, or nothing.
 *
 * Runs in the extension's popup, or in a tab. Shows what storage and queue say and keeps no state but which step is
 * open.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { RecordingState } from '../consent/recording-state.ts';
import { pageStatus } from './page-status.ts';
import type { PopupBody, PopupStep } from './popup-body.tsx';
import { StatusBanner } from './status-banner.tsx';
import { t } from './translate.ts';
import { usePopup } from './use-popup.ts';

/** States that share a screen: a step opened in one group ends when the state leaves it. */
type Screen = 'active' | Exclude<RecordingState['kind'], 'on' | 'paused'>;

/** @param tabId the tab to tell of; undefined for the one in front. */
export function Popup({ tabId }: { tabId: number | undefined }): JSX.Element {
  const { snapshot, isBusy, hasFailed, run } = usePopup(tabId);
  const [opened, setOpened] = useState<{ step: PopupStep; screen: Screen }>();
  const main = useRef<HTMLElement>(null);
  const screen = snapshot && screenOf(snapshot.state);
  const step = opened?.screen === screen && opened ? opened.step : 'overview';
  // A step is over once its screen is left, and does not come back with it.
  useEffect(() => setOpened(undefined), [screen]);
  const Body = useBodyAfterStatus(screen !== undefined);
  useFocusOnNewScreen(main, screen && `${screen} ${step}`);
  if (snapshot === undefined || screen === undefined) return <main aria-busy="true" />;
  return (
    <main ref={main} aria-busy={isBusy}>
      <StatusBanner
        status={pageStatus(snapshot.state, snapshot.place, snapshot.isWithdrawn)}
        nowMs={snapshot.readAtMs}
      />
      <p class="alert" role="alert">
        {hasFailed && t('failed')}
      </p>
      <p class="working" role="status">
        {isBusy && t('working')}
      </p>
      {Body && (
        <Body
          snapshot={snapshot}
          step={step}
          run={run}
          onStep={(next) => setOpened({ step: next, screen })}
        />
      )}
    </main>
  );
}

/** The status is drawn before the rest is even loaded: it is what a person opens the popup for. */
function useBodyAfterStatus(isStatusThere: boolean): typeof PopupBody | undefined {
  const [body, setBody] = useState<typeof PopupBody>();
  useEffect(() => {
    if (isStatusThere) void import('./popup-body.tsx').then((loaded) => setBody(() => loaded.PopupBody));
  }, [isStatusThere]);
  return body;
}

function screenOf(state: RecordingState): Screen {
  return state.kind === 'on' || state.kind === 'paused' ? 'active' : state.kind;
}

/** When the person has come to another screen, reading goes on at its heading; not on first opening. */
function useFocusOnNewScreen(main: { current: HTMLElement | null }, screen: string | undefined): void {
  const previous = useRef(screen);
  useEffect(() => {
    if (previous.current !== undefined && previous.current !== screen) {
      const heading = main.current?.querySelector<HTMLElement>('[data-step-heading]');
      (heading ?? main.current?.querySelector('h1'))?.focus();
      window.scrollTo(0, 0);
    }
    previous.current = screen;
  }, [screen]);
}
