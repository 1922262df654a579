/**
 * Deletes by time, by app, or everything: on this device, before it is sent, and undoable until the page is left.
 */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../popup/translate.ts';
import type { Selection } from '../queue/selection.ts';
import { formatTimes, toFieldTime } from './format-day.ts';
import type { Actions } from './use-my-data.ts';

interface DeleteFormProps {
  apps: readonly string[];
  nowMs: number;
  remove: Actions['remove'];
}

type Choice = 'range' | 'app' | 'all';

const HOUR_MS = 3_600_000;
/** A field of time knows minutes: the last one belongs to the range. */
const MINUTE_MS = 60_000;

export function DeleteForm({ apps, nowMs, remove }: DeleteFormProps): JSX.Element {
  const [choice, setChoice] = useState<Choice>('range');
  const [from, setFrom] = useState(() => toFieldTime(nowMs - HOUR_MS));
  const [to, setTo] = useState(() => toFieldTime(nowMs));
  const [chosenApp, setApp] = useState<string>();
  const app = chosenApp ?? apps[0] ?? '';
  const range = rangeOf(from, to);

  function submit(event: Event): void {
    event.preventDefault();
    const selected = selectionOf(choice, range, app);
    if (selected) void remove(...selected);
  }

  return (
    <details class="delete">
      <summary>{t('myDataDelete_several')}</summary>
      <form onSubmit={submit}>
        <fieldset>
          <legend>{t('myDataDelete_what')}</legend>
          <Option name="range" chosen={choice} onChoose={setChoice}>
            {t('myDataDelete_range')}
          </Option>
          <Option name="app" chosen={choice} onChoose={setChoice}>
            {t('myDataDelete_app')}
          </Option>
          <Option name="all" chosen={choice} onChoose={setChoice}>
            {t('myDataDelete_all')}
          </Option>
        </fieldset>
        {choice === 'range' && (
          <div class="fields">
            <Time label={t('myDataDelete_from')} value={from} onChange={setFrom} />
            <Time label={t('myDataDelete_to')} value={to} onChange={setTo} />
          </div>
        )}
        {choice === 'app' && (
          <label class="field-row">
            {t('myDataTimeline_app')}
            <select value={app} onChange={(event) => setApp(event.currentTarget.value)}>
              {apps.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        {choice === 'range' && range === undefined && <p class="alert">{t('myDataDelete_noRange')}</p>}
        <p class="hint">{t('myDataDelete_hint')}</p>
        <button type="submit" class="stop">
          {t('myDataDelete')}
        </button>
      </form>
    </details>
  );
}

interface OptionProps {
  name: Choice;
  chosen: Choice;
  onChoose: (choice: Choice) => void;
  children: string;
}

function Option({ name, chosen, onChoose, children }: OptionProps): JSX.Element {
  return (
    <label class="choice">
      <input type="radio" name="delete-what" checked={name === chosen} onChange={() => onChoose(name)} />
      {children}
    </label>
  );
}

interface TimeProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Time({ label, value, onChange }: TimeProps): JSX.Element {
  return (
    <label class="field-row">
      {label}
      <input
        type="datetime-local"
        required
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

interface Range {
  fromMs: number;
  toMs: number;
}

function rangeOf(from: string, to: string): Range | undefined {
  const range = { fromMs: new Date(from).getTime(), toMs: new Date(to).getTime() + MINUTE_MS - 1 };
  return range.fromMs < range.toMs ? range : undefined;
}

function selectionOf(
  choice: Choice,
  range: Range | undefined,
  app: string,
): [selection: Selection, label: string] | undefined {
  switch (choice) {
    case 'range':
      return range && [{ kind: 'range', ...range }, formatTimes(range.fromMs, range.toMs)];
    case 'app':
      return [{ kind: 'app', app }, app];
    case 'all':
      return [{ kind: 'all' }, t('myDataDelete_all')];
  }
}
