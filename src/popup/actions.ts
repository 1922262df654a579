/**
 * What the buttons of the popup do: write the decision, then have the background make it so in every tab.
 *
 * Runs in the popup, only when the person presses something. A decision counts as made once the background has
 * answered; the background itself checks stored consent with every message, so it holds even if that answer is lost.
 */
import type { Charter, Level, Scope } from '../charter/charter.ts';
import { decide, pause, resume, setNeutralIcon, setSiteOff, withdraw } from '../consent/decide.ts';
import { readItem } from '../consent/stored-items.ts';
import {
  sendMessage,
  type MessageName,
  type Messages,
  type TaskMark,
  type TaskMarkAnswer,
} from '../messages.ts';

const MINUTE_MS = 60_000;

/** The person's answer to a charter; no scopes are a "no". */
export interface Answer {
  charter: Charter;
  charterHash: string;
  scopes: Scope[];
  level: Level;
}

/** What becomes of records that were sent already. */
export type SentRecordsChoice = 'erase-spread' | 'erase-at-once' | 'keep' | 'forget';

/** Says yes to some scopes, or no with none. */
export async function answerCharter(answer: Answer): Promise<void> {
  await decide(answer);
  await makeItSo();
}

/** Changes scopes or level of a consent given before; a pause goes on. */
export async function changeConsent(answer: Answer): Promise<void> {
  const paused = await readItem('pause');
  await decide(answer);
  if (paused !== undefined) await pause(paused.untilMs);
  await makeItSo();
}

/** @param untilMs null until the person resumes. */
export async function pauseRecording(untilMs: number | null): Promise<void> {
  await pause(untilMs);
  await makeItSo();
}

export async function resumeRecording(): Promise<void> {
  await resume();
  await makeItSo();
}

export async function switchSite(host: string, off: boolean): Promise<void> {
  await setSiteOff(host, off);
  await makeItSo();
}

/** Stops everywhere and deletes what was not sent; only then settles what was. */
export async function withdrawConsent(choice: SentRecordsChoice): Promise<void> {
  await withdraw();
  await makeItSo();
  await settleSentRecords(choice);
}

export async function settleSentRecords(choice: SentRecordsChoice): Promise<void> {
  switch (choice) {
    case 'erase-spread':
    case 'erase-at-once':
      await ask('popup:erase-sent', { atOnce: choice === 'erase-at-once' });
      return;
    case 'forget':
      await ask('popup:forget-sent', {});
      return;
    case 'keep':
      return;
  }
}

export async function sendNow(includeHeld: boolean): Promise<Messages['popup:send-now']['answer']['kind']> {
  return (await ask('popup:send-now', { includeHeld })).kind;
}

/** Times on the device lie on a grid, and may be a moment ahead. */
const GRID_MS = 1000;

/**
 * Deletes what was recorded in the last minutes, for good.
 *
 * @returns how many fragments that were.
 */
export async function forgetLast(minutes: number, nowMs = Date.now()): Promise<number> {
  const selection = { kind: 'range' as const, fromMs: nowMs - minutes * MINUTE_MS, toMs: nowMs + GRID_MS };
  return (await ask('data:delete', { selection, undoable: false })).fragments;
}

export function markTask(mark: TaskMark, task: string, tabId: number): Promise<TaskMarkAnswer> {
  return ask('popup:mark-task', { mark, task, tabId });
}

/** The background hears of it by the change in storage. */
export function keepIconNeutral(isNeutral: boolean): Promise<void> {
  return setNeutralIcon(isNeutral);
}

/** Has the background apply what storage now says, in every tab. */
export async function makeItSo(): Promise<void> {
  await ask('popup:decided', {});
}

/** Sends a message of the extension's own pages. @throws Error when the background gave no answer. */
export async function ask<Name extends MessageName>(
  name: Name,
  request: Messages[Name]['request'],
): Promise<Messages[Name]['answer']> {
  const answer = (await sendMessage(name, request)) as Messages[Name]['answer'] | undefined;
  if (answer === undefined) throw new Error(`${name} was not answered`);
  return answer;
}
