/**
 * The popup: the status of this page first, then what the state calls for: a question, the controls, or nothing.
 *
 * Runs in the extension's popup, or in a tab. Shows what storage and queue say and keeps no state but which step is
 * open.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { RecordingState } from '../consent/recording-state.ts';
import { answerCharter, changeConsent, withdrawConsent, type Answer } from './actions.ts';
import { CharterChanges } from './charter-changes.tsx';
import { ConsentForm } from './consent-form.tsx';
import { Controls } from './controls.tsx';
import { Declined, NoCharter, UnreadableCharter } from './off-views.tsx';
import { OwnPackage } from './own-package.tsx';
import { pageStatus } from './page-status.ts';
import { SentRecords } from './sent-records.tsx';
import type { Snapshot } from './snapshot.ts';
import { StatusBanner } from './status-banner.tsx';
import { t } from './translate.ts';
import { usePopup, type RunAction } from './use-popup.ts';
import { WithdrawStep } from './withdraw-step.tsx';

type Step = 'overview' | 'decide' | 'withdraw';

/** States that share a screen: a step opened in one group ends when the state leaves it. */
type Screen = 'active' | Exclude<RecordingState['kind'], 'on' | 'paused'>;

interface BodyProps {
  snapshot: Snapshot;
  step: Step;
  run: RunAction;
  onStep: (step: Step) => void;
}

/** @param tabId the tab to tell of; undefined for the one in front. */
export function Popup({ tabId }: { tabId: number | undefined }): JSX.Element {
  const { snapshot, isBusy, hasFailed, run } = usePopup(tabId);
  const [opened, setOpened] = useState<{ step: Step; screen: Screen }>();
  const main = useRef<HTMLElement>(null);
  const screen = snapshot && screenOf(snapshot.state);
  const step = opened?.screen === screen && opened ? opened.step : 'overview';
  // A step is over once its screen is left, and does not come back with it.
  useEffect(() => setOpened(undefined), [screen]);
  // The status is drawn before the rest is made: it is what a person opens the popup for.
  const [isStatusDrawn, setStatusDrawn] = useState(false);
  useEffect(() => setStatusDrawn(screen !== undefined), [screen]);
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
      {isStatusDrawn && (
        <>
          <Body
            snapshot={snapshot}
            step={step}
            run={run}
            onStep={(next) => setOpened({ step: next, screen })}
          />
          <OwnPackage />
        </>
      )}
    </main>
  );
}

function Body({ snapshot, step, run, onStep }: BodyProps): JSX.Element {
  const { state, inForce, numbers } = snapshot;
  const sentRecords = numbers && <SentRecords summary={numbers.summary} run={run} />;
  const toOverview = () => onStep('overview');
  const answer = (given: Answer) => void run(() => answerCharter(given));
  switch (state.kind) {
    case 'no-charter':
      return (
        <>
          <NoCharter />
          {sentRecords}
        </>
      );
    case 'charter-unreadable':
      return (
        <UnreadableCharter
          problems={state.problems}
          source={inForce.kind === 'none' ? undefined : inForce.source}
        />
      );
    case 'undecided':
    case 'charter-changed':
      return (
        <>
          {state.kind === 'charter-changed' && (
            <CharterChanges previous={state.previous} next={state.charter} />
          )}
          <ConsentForm
            key={state.charterHash}
            charter={state.charter}
            charterHash={state.charterHash}
            inForce={inForce}
            onYes={answer}
            onNo={() => answer(refusal(state))}
          />
          {sentRecords}
        </>
      );
    case 'declined':
      return step === 'decide' ? (
        <ConsentForm
          charter={state.charter}
          charterHash={state.charterHash}
          inForce={inForce}
          onYes={answer}
          onNo={toOverview}
        />
      ) : (
        <>
          <Declined inForce={inForce} onChange={() => onStep('decide')} />
          {sentRecords}
        </>
      );
    case 'paused':
    case 'on':
      if (step === 'decide') {
        return (
          <ConsentForm
            charter={state.terms.charter}
            charterHash={state.terms.charterHash}
            inForce={inForce}
            current={state.terms}
            onYes={(given) => void run(() => changeConsent(given)).then(toOverview)}
            onNo={toOverview}
          />
        );
      }
      if (step === 'withdraw' && numbers !== undefined) {
        return (
          <WithdrawStep
            summary={numbers.summary}
            onWithdraw={(choice) => void run(() => withdrawConsent(choice))}
            onBack={toOverview}
          />
        );
      }
      return (
        <Controls
          snapshot={snapshot}
          terms={state.terms}
          run={run}
          onChange={() => onStep('decide')}
          onWithdraw={() => onStep('withdraw')}
        />
      );
  }
}

function refusal({ charter, charterHash }: Pick<Answer, 'charter' | 'charterHash'>): Answer {
  return { charter, charterHash, scopes: [], level: charter.protection };
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
