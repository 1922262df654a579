/**
 * What the keyboard shortcuts do: pause and resume, from any page, without opening anything.
 *
 * Background only. A shortcut can stop recording and go on with what was consented to; before consent, and after a
 * "no", it does nothing.
 */
import { COMMANDS } from './command-names.ts';
import { readCurrentState } from './consent/current-state.ts';
import { pause, resume } from './consent/decide.ts';
import { applyState } from './placement/apply-state.ts';

const BRIEF_PAUSE_MS = 15 * 60_000;

export async function onCommand(command: string, nowMs = Date.now()): Promise<void> {
  const { state } = await readCurrentState(nowMs);
  if (state.kind !== 'on' && state.kind !== 'paused') return;
  const isPaused = state.kind === 'paused';
  if (command === COMMANDS.pauseBriefly) {
    // A slip on this key must not begin again what was stopped until the person resumes it.
    if (isPaused && state.untilMs === null) return;
    await (isPaused ? resume() : pause(nowMs + BRIEF_PAUSE_MS));
  } else if (command === COMMANDS.pauseOrResume) {
    await (isPaused ? resume() : pause(null));
  }
  await applyState(nowMs);
}
