/**
 * "Forget the last minutes": what was recorded in them is deleted from this device for good.
 *
 * Used by the popup while consent is given. Asks for the same press twice, since it cannot be undone, and says how much
 * was forgotten.
 */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { forgetLast } from './actions.ts';
import { t } from './translate.ts';
import type { RunAction } from './use-popup.ts';

const MINUTES = [5, 15, 60] as const;

export function ForgetRecent({ run }: { run: RunAction }): JSX.Element {
  const [asked, setAsked] = useState<number>();
  const [forgotten, setForgotten] = useState<{ minutes: number; fragments: number }>();
  const press = (minutes: number) => {
    setForgotten(undefined);
    if (asked !== minutes) {
      setAsked(minutes);
      return;
    }
    setAsked(undefined);
    let fragments: number | undefined;
    void run(async () => (fragments = await forgetLast(minutes))).then(() => {
      if (fragments !== undefined) setForgotten({ minutes, fragments });
    });
  };
  return (
    <section class="forget" aria-labelledby="forget-heading">
      <h2 id="forget-heading">{t('forget_heading')}</h2>
      <div class="row" role="group" aria-labelledby="forget-heading">
        {MINUTES.map((minutes) => (
          <button
            type="button"
            key={minutes}
            class={asked === minutes ? 'stop' : undefined}
            onClick={() => press(minutes)}
            onBlur={() => setAsked(undefined)}
          >
            {asked === minutes ? t('forget_confirm', minutes) : t('forget_minutes', minutes)}
          </button>
        ))}
      </div>
      <p
        role="status"
        class={forgotten === undefined ? 'hint' : 'outcome'}
        data-forgotten={forgotten?.fragments}
      >
        {asked !== undefined && t('forget_again', asked)}
        {forgotten !== undefined && outcomeText(forgotten)}
      </p>
    </section>
  );
}

function outcomeText({ minutes, fragments }: { minutes: number; fragments: number }): string {
  return fragments === 0 ? t('forget_nothing', minutes) : t('forget_done', fragments, minutes);
}
