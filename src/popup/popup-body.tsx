/**
 * What stands under the status: the question, the controls or what came of it, as the state calls for.
 *
 * Runs in the popup, and is loaded only when the status has been drawn. Keeps no state.
 */
import type { JSX } from 'preact';
import { answerCharter, changeConsent, withdrawConsent, type Answer } from './actions.ts';
import { CharterChanges } from './charter-changes.tsx';
import { ConsentForm } from './consent-form.tsx';
import { Controls } from './controls.tsx';
import { Declined, NoCharter, UnreadableCharter } from './off-views.tsx';
import { OwnPackage } from './own-package.tsx';
import { SentRecords } from './sent-records.tsx';
import type { Snapshot } from './snapshot.ts';
import type { RunAction } from './use-popup.ts';
import { WithdrawStep } from './withdraw-step.tsx';

export type PopupStep = 'overview' | 'decide' | 'withdraw';

interface BodyProps {
  snapshot: Snapshot;
  step: PopupStep;
  run: RunAction;
  onStep: (step: PopupStep) => void;
}

/** What the state calls for, and which build this is. */
export function PopupBody(props: BodyProps): JSX.Element {
  return (
    <>
      <Content {...props} />
      <OwnPackage />
    </>
  );
}

function Content({ snapshot, step, run, onStep }: BodyProps): JSX.Element {
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
