import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RawFragment, RawView } from './fragments.ts';
import { createStepLedger, type StepDraft, type StepLedger } from './step-ledger.ts';

function aStep(action: StepDraft['action'] = 'click', step: Partial<StepDraft> = {}): StepDraft {
  return { action, atMs: 0, pathFlags: [], scrollPosition: 'top', ...step };
}

const aView = { kind: 'view' } as RawView;

describe('createStepLedger', () => {
  let reported: RawFragment[];
  let ledger: StepLedger;
  const told = () => reported.map((fragment) => (fragment.kind === 'step' ? `${fragment.action} ${fragment.effect}` : fragment.kind)); // prettier-ignore

  beforeEach(() => {
    vi.useFakeTimers({ now: 1000 });
    reported = [];
    ledger = createStepLedger({
      report: (fragment) => void reported.push(fragment),
      observeEffect: ({ step }) => (step.action === 'drag' ? 'stateChanged' : 'none'),
      nowMs: Date.now,
      later: (delayMs, callback) => {
        const timer = setTimeout(callback, delayMs);
        return () => clearTimeout(timer);
      },
    });
  });

  it('reports a step after one second, with its effect', () => {
    ledger.add(aStep());
    vi.advanceTimersByTime(400);
    ledger.noteEffect('dialogOpened');
    ledger.noteEffect('focusMoved');
    vi.advanceTimersByTime(500);
    expect(told()).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(told()).toEqual(['click dialogOpened']);
  });

  it('reports a step when the person does the next thing, whose effects are not its own', () => {
    ledger.add(aStep());
    ledger.add(aStep('press'));
    ledger.noteEffect('viewChanged');
    ledger.close();
    expect(told()).toEqual(['click none', 'press viewChanged']);
  });

  it('lets a consequence wait beside the step it came of', () => {
    ledger.add(aStep());
    ledger.add(aStep('submit'), { consequence: true });
    ledger.noteEffect('viewChanged');
    ledger.close();
    expect(told()).toEqual(['click viewChanged', 'submit viewChanged']);
  });

  it('looks for the effect when the next action begins, not when it is done', () => {
    const drag = ledger.add(aStep('drag'));
    ledger.beginNext(false);
    expect(drag.effect).toBe('stateChanged');
  });

  it('merges two clicks into one double click', () => {
    const first = ledger.add(aStep());
    const second = ledger.add(aStep(), { beside: first });
    ledger.remove(second);
    first.step.action = 'doubleClick';
    ledger.close();
    expect(told()).toEqual(['doubleClick none']);
  });

  it('keeps an open step until it is finished or something else is done', () => {
    const typing = ledger.add(aStep('type'), { open: true });
    vi.advanceTimersByTime(60_000);
    expect(told()).toEqual([]);
    ledger.finish(typing, Date.now());
    vi.advanceTimersByTime(1000);
    expect(told()).toEqual(['type none']);
  });

  it('tells a view before the steps in it and after those before it', () => {
    ledger.add(aStep());
    ledger.noteEffect('viewChanged');
    ledger.addView(() => aView);
    ledger.add(aStep('viewChange'), { consequence: true });
    expect(told()).toEqual(['click viewChanged']);
    ledger.add(aStep('press'));
    expect(told()).toEqual(['click viewChanged', 'view', 'viewChange none']);
  });

  it('tells a view once it is complete', () => {
    const view = ledger.addView(() => aView);
    vi.advanceTimersByTime(10_000);
    expect(told()).toEqual([]);
    view.complete();
    view.complete();
    expect(told()).toEqual(['view']);
  });

  it('keeps a step back while another document is fetched, and tells what became of that', () => {
    ledger.add(aStep());
    ledger.awaitNavigation();
    vi.advanceTimersByTime(3000);
    ledger.close();
    ledger.add(aStep());
    ledger.awaitNavigation();
    ledger.failNavigation();
    ledger.close();
    ledger.add(aStep());
    ledger.awaitNavigation();
    vi.advanceTimersByTime(5000);
    expect(told()).toEqual(['click viewChanged', 'click navigationFailed', 'click none']);
  });

  it('lets watchers settle what is open before anything is added', () => {
    ledger.beforeAdd(() => {
      if (!ledger.findPending(({ step }) => step.action === 'press')) ledger.add(aStep('press'));
    });
    ledger.add(aStep());
    ledger.close();
    expect(told().slice(0, 2)).toEqual(['press none', 'click none']);
  });
});
