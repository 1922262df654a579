/**
 * Pause and resume, in one place, without a reason asked; and this site off or on.
 *
 * Used by the popup while consent is given. Another pause may be chosen while one lasts: none has a longest time.
 */
import type { JSX } from 'preact';
import { COMMANDS } from '../command-names.ts';
import { tomorrowMs } from '../consent/decide.ts';
import { pauseRecording, resumeRecording, switchSite } from './actions.ts';
import { SetSwitch } from './set-switch.tsx';
import { t, type TextName } from './translate.ts';
import type { RunAction } from './use-popup.ts';

const MINUTE_MS = 60_000;

/** What each pause is called, and the moment at which it ends. */
const PAUSES: readonly [text: TextName, untilMs: (nowMs: number) => number][] = [
  ['pause_quarter', (nowMs) => nowMs + 15 * MINUTE_MS],
  ['pause_hour', (nowMs) => nowMs + 60 * MINUTE_MS],
  ['pause_tomorrow', tomorrowMs],
];

interface PauseControlsProps {
  /** Undefined while recording is on, null for a pause without an end. */
  pausedUntilMs: number | null | undefined;
  shortcutKeys: Record<string, string>;
  run: RunAction;
}

export function PauseControls({ pausedUntilMs, shortcutKeys, run }: PauseControlsProps): JSX.Element {
  const isPaused = pausedUntilMs !== undefined;
  return (
    <section class="pause" aria-label={t('pause_heading')}>
      <button
        type="button"
        class="main"
        onClick={() => void run(() => (isPaused ? resumeRecording() : pauseRecording(null)))}
      >
        <svg class="main-sign" viewBox="0 0 16 16" aria-hidden="true">
          <path d={isPaused ? 'M4 2.5v11l9-5.5z' : 'M4 2.5h3v11H4zM9.5 2.5h3v11h-3z'} />
        </svg>
        {t(isPaused ? 'pause_resume' : 'pause_open')}
        <Keys keys={shortcutKeys[COMMANDS.pauseOrResume]} />
      </button>
      <div class="named-row" role="group" aria-labelledby="pause-for">
        <p id="pause-for" class="hint">
          {t(isPaused ? 'pause_instead' : 'pause_for')}
        </p>
        <div class="row">
          {PAUSES.map(([text, untilMs]) => (
            <button
              type="button"
              key={text}
              onClick={() => void run(() => pauseRecording(untilMs(Date.now())))}
            >
              {t(text)}
            </button>
          ))}
          {isPaused && pausedUntilMs !== null && (
            <button type="button" onClick={() => void run(() => pauseRecording(null))}>
              {t('pause_endless')}
            </button>
          )}
        </div>
      </div>
    </section>
  );
}

function Keys({ keys }: { keys: string | undefined }): JSX.Element | null {
  return keys ? <kbd>{keys}</kbd> : null;
}

interface SiteSwitchProps {
  host: string;
  isOff: boolean;
  run: RunAction;
}

/** Takes the site of the current page out of the recording, or puts it back. */
export function SiteSwitch({ host, isOff, run }: SiteSwitchProps): JSX.Element {
  return (
    <section class="site" aria-label={t('site_heading')}>
      <SetSwitch
        label={t('site_switch', host)}
        name="site"
        isOn={!isOff}
        turn={(isOn) => run(() => switchSite(host, !isOn))}
      />
    </section>
  );
}
