/**
 * What shall become of the records that were sent: erased over a day, erased at once, kept erasable, or forgotten.
 *
 * Used when consent is withdrawn and, for what was kept erasable, afterwards. Each choice says what it gives up.
 */
import type { JSX } from 'preact';
import type { SentRecordsChoice } from './actions.ts';
import { t, type TextName } from './translate.ts';

const TEXTS: Record<SentRecordsChoice, { title: TextName; hint: TextName }> = {
  'erase-spread': { title: 'withdraw_spread', hint: 'withdraw_spreadHint' },
  'erase-at-once': { title: 'withdraw_atOnce', hint: 'withdraw_atOnceHint' },
  keep: { title: 'withdraw_keep', hint: 'withdraw_keepHint' },
  forget: { title: 'withdraw_forget', hint: 'withdraw_forgetHint' },
};

interface SentRecordsChoiceFieldProps {
  legend: string;
  options: readonly SentRecordsChoice[];
  chosen: SentRecordsChoice;
  onChoose: (choice: SentRecordsChoice) => void;
}

export function SentRecordsChoiceField(props: SentRecordsChoiceFieldProps): JSX.Element {
  const { legend, options, chosen, onChoose } = props;
  return (
    <fieldset>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label class="choice" key={option}>
          <input
            type="radio"
            name="sent-records"
            value={option}
            checked={option === chosen}
            aria-describedby={`${option}-hint`}
            onChange={() => onChoose(option)}
          />
          <span>
            {t(TEXTS[option].title)}
            <span id={`${option}-hint`} class="hint">
              {t(TEXTS[option].hint)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
