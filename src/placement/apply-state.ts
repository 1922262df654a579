/**
 * Makes the browser match what the person and the charter allow: recorder, toolbar sign, alarm.
 *
 * Background only, after every change and at every start. Doing it twice changes nothing.
 */
import { browser } from 'wxt/browser';
import { readCharterInForce } from '../consent/charter-in-force.ts';
import { readCurrentState } from '../consent/current-state.ts';
import { noteNarrowing } from '../consent/decide.ts';
import { readItem } from '../consent/stored-items.ts';
import { isRecorderPlaced, notifyEveryFrame, placeRecorder, removeRecorder } from './place-recorder.ts';
import { resetSigns, showSign, signOf } from './toolbar-sign.ts';

export const WORK_ALARM = 'work';
export const RESUME_ALARM = 'resume';

/**
 * One at a time, since several events may call for it at once.
 *
 * @param nowMs when a pause ends is judged by this.
 */
export function applyState(nowMs = Date.now()): Promise<void> {
  return navigator.locks.request('proffer state', () => apply(nowMs));
}

async function apply(nowMs: number): Promise<void> {
  const inForce = await readCharterInForce();
  if (inForce.kind === 'in-force') await noteNarrowing(inForce, nowMs);
  const { state } = await readCurrentState(nowMs);
  const isDecided = (await readItem('decision')) !== undefined;
  if (!isDecided && !(await isRecorderPlaced())) {
    // Before the first decision no tab is looked at: there is nothing in any of them to stop.
    await showSign(signOf(state));
    return;
  }
  if (state.kind === 'on') {
    await resetSigns(state);
    await placeRecorder(state.terms);
    // Who may no longer record learns it, who may again goes on.
    await notifyEveryFrame({ notice: 'background:ask-again' });
  } else {
    await removeRecorder();
    await resetSigns(state);
  }
  // Erasures outlive a withdrawal, so the alarm does too; before the first decision there is nothing to do.
  if (isDecided) await browser.alarms.create(WORK_ALARM, { periodInMinutes: 1 });
  if (state.kind === 'paused' && state.untilMs !== null) {
    await browser.alarms.create(RESUME_ALARM, { when: state.untilMs });
  } else {
    await browser.alarms.clear(RESUME_ALARM);
  }
}
