/**
 * The protection level: the charter's, or a stricter one that the person picks.
 *
 * Used in the consent form. Never offers less protection than the charter asks for, and never `linked`, which has a
 * consent page of its own.
 */
import type { JSX } from 'preact';
import { LEVELS, type Level } from '../charter/charter.ts';
import { ordinaryLevel } from '../consent/recording-state.ts';
import { LEVEL_TEXTS } from './scope-texts.ts';
import { t, type TextName } from './translate.ts';

interface LevelChoiceProps {
  asked: Level;
  chosen: Level;
  onChoose: (level: Level) => void;
}

export function LevelChoice({ asked, chosen, onChoose }: LevelChoiceProps): JSX.Element {
  return (
    <fieldset>
      <legend>
        <h3>{t('consent_level')}</h3>
      </legend>
      {selectableLevels(asked).map((level) => (
        <label class="choice" key={level}>
          <input
            type="radio"
            name="level"
            value={level}
            checked={level === chosen}
            onChange={() => onChoose(level)}
          />
          <span>
            <strong>{t(LEVEL_TEXTS[level].title)}</strong> ({t(originOf(level, asked))})
            <span class="hint">{t(LEVEL_TEXTS[level].what)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function originOf(level: Level, asked: Level): TextName {
  if (level === asked) return 'level_asked';
  return level === ordinaryLevel(asked) ? 'level_ordinary' : 'level_stricter';
}

/** The level that everyone is asked for and all stricter ones, weakest first. */
export function selectableLevels(asked: Level): Level[] {
  return LEVELS.filter((level) => LEVELS.indexOf(level) >= LEVELS.indexOf(ordinaryLevel(asked)));
}
