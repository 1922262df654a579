/**
 * The recording state as of now, read anew from storage each time: nothing is remembered between calls.
 *
 * Background and the extension's own pages.
 */
import { readCharterInForce } from './charter-in-force.ts';
import { recordingState, type RecordingState } from './recording-state.ts';
import { readItem } from './stored-items.ts';

export interface CurrentState {
  state: RecordingState;
  sitesOff: string[];
}

export async function readCurrentState(nowMs = Date.now()): Promise<CurrentState> {
  const [inForce, decision, pause, sitesOff] = await Promise.all([
    readCharterInForce(),
    readItem('decision'),
    readItem('pause'),
    readItem('sitesOff'),
  ]);
  return { state: recordingState(inForce, decision, pause, nowMs), sitesOff: sitesOff ?? [] };
}
