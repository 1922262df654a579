/**
 * The recording state as of now, read anew from storage each time: nothing is remembered between calls.
 *
 * Background and the extension's own pages.
 */
import { readCharterInForce, type CharterInForce } from './charter-in-force.ts';
import { recordingState, type RecordingState } from './recording-state.ts';
import { readItem, type Decision } from './stored-items.ts';

export interface CurrentState {
  state: RecordingState;
  inForce: CharterInForce;
  decision: Decision | undefined;
  sitesOff: string[];
}

export async function readCurrentState(nowMs = Date.now()): Promise<CurrentState> {
  const [inForce, decision, pause, sitesOff] = await Promise.all([
    readCharterInForce(),
    readItem('decision'),
    readItem('pause'),
    readItem('sitesOff'),
  ]);
  const state = recordingState(inForce, decision, pause, nowMs);
  return { state, inForce, decision, sitesOff: sitesOff ?? [] };
}
