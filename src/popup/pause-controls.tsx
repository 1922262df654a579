/**
 * Pause and resume, in one place, without a reason asked; and this site off or on.
 *
 * Used by the popup while consent is given.
 */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { tomorrowMs } from '../consent/decide.ts';
import { pauseRecording, resumeRecording, switchSite } from './actions.ts';
import { t } from './translate.ts';
import type { RunAction } from './use-popup.ts';

const MINUTE_MS = 60_000;

export function PauseControls({ isPaused, run }: { isPaused: boolean; run: RunAction }): JSX.Element {
  const pauseFor = (durationMs: number) => void run(() => pauseRecording(Date.now() + durationMs));
  return (
    <section class="pause" aria-label={t('pause_heading')}>
      <button
        type="button"
        class="main"
        onClick={() => void run(() => (isPaused ? resumeRecording() : pauseRecording(null)))}
      >
        {t(isPaused ? 'pause_resume' : 'pause_open')}
      </button>
      {!isPaused && (
        <div class="row" role="group" aria-label={t('pause_heading')}>
          <button type="button" onClick={() => pauseFor(15 * MINUTE_MS)}>
            {t('pause_quarter')}
          </button>
          <button type="button" onClick={() => pauseFor(60 * MINUTE_MS)}>
            {t('pause_hour')}
          </button>
          <button type="button" onClick={() => void run(() => pauseRecording(tomorrowMs()))}>
            {t('pause_tomorrow')}
          </button>
        </div>
      )}
    </section>
  );
}

interface SiteSwitchProps {
  host: string;
  isOff: boolean;
  run: RunAction;
}

/** Takes the site of the current page out of the recording, or puts it back. */
export function SiteSwitch({ host, isOff, run }: SiteSwitchProps): JSX.Element {
  // The switch stays where the person put it while the tabs are told; the banner changes once it holds.
  const [wantedOff, setWantedOff] = useState<boolean>();
  const turn = async (off: boolean) => {
    setWantedOff(off);
    await run(() => switchSite(host, off));
    setWantedOff(undefined);
  };
  return (
    <section aria-label={t('site_heading')}>
      <label class="switch">
        <span class="switch-label">{t('site_switch', host)}</span>
        <input
          type="checkbox"
          role="switch"
          checked={!(wantedOff ?? isOff)}
          onChange={(event) => void turn(!event.currentTarget.checked)}
        />
      </label>
    </section>
  );
}
