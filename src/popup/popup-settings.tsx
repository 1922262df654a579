/**
 * How Proffer itself behaves: the toolbar's sign, and the keyboard shortcuts with the keys that they have now.
 *
 * Used by the popup while consent is given.
 */
import type { JSX } from 'preact';
import { COMMANDS, type CommandName } from '../command-names.ts';
import { keepIconNeutral } from './actions.ts';
import { SetSwitch } from './set-switch.tsx';
import { t, type TextName } from './translate.ts';
import type { RunAction } from './use-popup.ts';

const COMMAND_TEXTS: Record<CommandName, TextName> = {
  [COMMANDS.pauseBriefly]: 'command_pauseBriefly',
  [COMMANDS.pauseOrResume]: 'command_pauseOrResume',
  [COMMANDS.openPopup]: 'command_openPopup',
};

interface PopupSettingsProps {
  isIconNeutral: boolean;
  shortcutKeys: Record<string, string> | undefined;
  run: RunAction;
}

export function PopupSettings({ isIconNeutral, shortcutKeys, run }: PopupSettingsProps): JSX.Element {
  return (
    <section aria-labelledby="settings-heading">
      <h2 id="settings-heading">{t('settings_heading')}</h2>
      <SetSwitch
        label={t('settings_neutralIcon')}
        name="neutral-icon"
        isOn={isIconNeutral}
        turn={(isNeutral) => run(() => keepIconNeutral(isNeutral))}
        describedBy="neutral-hint"
      />
      <p id="neutral-hint" class="hint">
        {t('settings_neutralIconHint')}
      </p>
      {shortcutKeys !== undefined && (
        <>
          <h3>{t('settings_shortcuts')}</h3>
          <dl class="shortcuts">
            {Object.entries(COMMAND_TEXTS).map(([name, text]) => (
              <div key={name}>
                <dt>{t(text)}</dt>
                <dd>{shortcutKeys[name] ? <kbd>{shortcutKeys[name]}</kbd> : t('settings_noKeys')}</dd>
              </div>
            ))}
          </dl>
          <p class="hint">{t('settings_shortcutsHint')}</p>
        </>
      )}
    </section>
  );
}
