/**
 * Watches the keyboard: keys in text fields -> typing runs; all keys -> `key-steps.ts`.
 *
 * In the page. Sensitive fields and what lies in closed shadow roots give nothing, not even timing. Repeats of a
 * key held down are no rhythm of the person: they count in the typing step and are left out of the run.
 */
import { TYPING_PAUSE_MS } from '../trace/limits.ts';
import type { CaptureContext } from './capture-context.ts';
import { classifyKey } from './classify-key.ts';
import { isTextField } from './control-role.ts';
import { eventElement } from './element-tree.ts';
import type { RawTypingRun } from './fragments.ts';
import type { KeySteps } from './key-steps.ts';
import { mayHideFocus } from './sensitive-field.ts';
import { createTypingRunCutter } from './typing-run.ts';

export function startKeys(context: CaptureContext, keySteps: KeySteps | undefined): void {
  const { listen, listenInside, sensitive, causes, page, steps } = context;
  const isMac = page.navigator.platform.startsWith('Mac');
  const cutter = createTypingRunCutter();
  let lastKeyMs = 0;
  let field: Element | undefined;
  let isWatching = false;

  listen('keydown', (event, atMs) => {
    const element = eventElement(event);
    if (!element || !isOfKeyboard(event)) return;
    steps.beginNext(true);
    if (sensitive.covers(element) || mayHideFocus(element)) {
      causes.silence(atMs);
      return;
    }
    const reading = classifyKey(event, isMac);
    if (reading) keySteps?.press(reading, element, atMs, event.repeat);
    else causes.note({ kind: 'key', atMs, element });
    if (reading?.keyClass && !event.repeat && isTextField(element)) {
      if (field !== element) report(cutter.cut());
      field = element;
      report(cutter.press(reading.keyClass, atMs));
    }
    lastKeyMs = atMs;
    if (!isWatching) context.whenResting(TYPING_PAUSE_MS, () => lastKeyMs, pause);
    isWatching = true;
  });

  listen('keyup', (event, atMs) => {
    if (causes.last()?.kind === 'key') causes.refresh(atMs);
    const element = eventElement(event);
    if (!element || element !== field || !isOfKeyboard(event)) return;
    const keyClass = classifyKey(event, isMac)?.keyClass;
    if (keyClass) cutter.release(keyClass, atMs);
  });

  function report(run: RawTypingRun | undefined): void {
    if (run && context.has('keys')) context.report(run);
  }

  function pause(): void {
    isWatching = false;
    end();
  }

  function end(): void {
    report(cutter.cut());
    field = undefined;
    keySteps?.endTyping();
  }

  listenInside('focusout', end);
  listen('blur', (event) => {
    if (event.target === page) end();
  });
  context.whenLeaving(end);
}

/** Chromium sends key events of no key when it fills in a form by itself. */
function isOfKeyboard(event: Event): boolean {
  return event instanceof KeyboardEvent;
}
