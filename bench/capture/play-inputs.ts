/**
 * Plays a scripted session into a page as real input, through the browser's debugging protocol.
 *
 * Runs in Node. Inputs are not waited for one by one: a mouse does not wait for the page either, and the browser
 * joins moves of one frame as it does for a mouse of 125 Hz.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession } from '@playwright/test';
import type { Input } from './scripted-session.ts';

/** A page that is this far behind is not being used any more. */
const MAX_UNANSWERED = 400;

/** @param lengthMs how long the session lasts, what comes after its last input included. */
export async function playInputs(
  session: CDPSession,
  inputs: readonly Input[],
  lengthMs: number,
): Promise<void> {
  const startMs = performance.now();
  const answers: Promise<unknown>[] = [];
  let unanswered = 0;
  for (const input of inputs) {
    const waitMs = startMs + input.atMs - performance.now();
    if (waitMs > 1) await sleep(waitMs);
    if (unanswered > MAX_UNANSWERED) throw new Error('the page no longer answers to input');
    unanswered += 1;
    const answer = send(session, input).finally(() => (unanswered -= 1));
    // Told at the end, where all are waited for.
    answer.catch(() => undefined);
    answers.push(answer);
  }
  await sleep(Math.max(0, startMs + lengthMs - performance.now()));
  await Promise.all(answers);
}

async function send(session: CDPSession, input: Input): Promise<void> {
  const place = { x: input.xPx, y: input.yPx };
  switch (input.kind) {
    case 'move':
      await session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...place });
      return;
    case 'press':
    case 'release':
      await session.send('Input.dispatchMouseEvent', {
        type: input.kind === 'press' ? 'mousePressed' : 'mouseReleased',
        button: 'left',
        clickCount: 1,
        ...place,
      });
      return;
    case 'wheel':
      await session.send('Input.dispatchMouseEvent', {
        type: 'mouseWheel',
        deltaX: 0,
        deltaY: input.downPx,
        ...place,
      });
      return;
    case 'key': {
      const { text, ...key } = keyEvent(input.key);
      await Promise.all([
        session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, ...(text && { text }) }),
        session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }),
      ]);
    }
  }
}

function keyEvent(key: string): { key: string; code: string; windowsVirtualKeyCode: number; text?: string } {
  if (key === 'Backspace') return { key, code: key, windowsVirtualKeyCode: 8 };
  if (key === 'Enter') return { key, code: key, windowsVirtualKeyCode: 13, text: '\r' };
  if (key === ' ') return { key, code: 'Space', windowsVirtualKeyCode: 32, text: key };
  return {
    key,
    code: `Key${key.toUpperCase()}`,
    windowsVirtualKeyCode: key.toUpperCase().charCodeAt(0),
    text: key,
  };
}
