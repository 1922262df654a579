/**
 * One scope to say yes or no to: a switch, what would be recorded, what never, and an example of a record.
 *
 * Used in the consent form. Never on unless the person has switched it on.
 */
import type { JSX } from 'preact';
import type { Level, Scope } from '../charter/charter.ts';
import { ScopeFacts } from './scope-facts.tsx';
import { SCOPE_TEXTS } from './scope-texts.ts';
import { t } from './translate.ts';

interface ScopeChoiceProps {
  scope: Scope;
  level: Level;
  isOn: boolean;
  onSwitch: (isOn: boolean) => void;
}

export function ScopeChoice({ scope, level, isOn, onSwitch }: ScopeChoiceProps): JSX.Element {
  const texts = SCOPE_TEXTS[scope];
  const describedBy = `scope-${scope}-what`;
  return (
    <li class="card">
      <label class="switch">
        <span class="switch-label">{t(texts.title)}</span>
        <input
          type="checkbox"
          role="switch"
          name={scope}
          checked={isOn}
          aria-describedby={describedBy}
          onChange={(event) => onSwitch(event.currentTarget.checked)}
        />
      </label>
      <ScopeFacts scope={scope} level={level} id={describedBy} />
    </li>
  );
}
