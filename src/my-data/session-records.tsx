/**
 * The records of a session as they would be sent: in words, or as JSON to the last letter.
 *
 * This is all there is: nothing is sent of a session that is not in this list.
 */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatMoment } from '../popup/format-moment.ts';
import { displayLanguage, t, type TextName } from '../popup/translate.ts';
import { formatSize } from './format-day.ts';
import { kindOf, sentencesOf } from './record-words.ts';
import { jsonOf, sizeOf, type ShownItem } from './session-content.ts';
import type { Actions } from './use-my-data.ts';

const SHOWN_AT_A_TIME = 25;

interface SessionRecordsProps {
  items: readonly ShownItem[];
  nowMs: number;
  remove: Actions['remove'];
}

export function SessionRecords({ items, nowMs, remove }: SessionRecordsProps): JSX.Element {
  const [form, setForm] = useState<'words' | 'json'>('words');
  const [shown, setShown] = useState(SHOWN_AT_A_TIME);
  return (
    <section class="records" aria-labelledby="records-heading">
      <h3 id="records-heading">{t('myDataRecords_heading', items.length)}</h3>
      <p>{t('myDataRecords_all')}</p>
      <fieldset class="form-choice">
        <legend class="visually-hidden">{t('myDataRecords_form')}</legend>
        {(['words', 'json'] as const).map((choice) => (
          <label class="choice" key={choice}>
            <input
              type="radio"
              name="record-form"
              checked={form === choice}
              onChange={() => setForm(choice)}
            />
            {t(choice === 'words' ? 'myDataRecords_words' : 'myDataRecords_json')}
          </label>
        ))}
      </fieldset>
      <ol class="record-list">
        {items.slice(0, shown).map((item) => (
          <li key={item.id}>
            <RecordEntry item={item} form={form} nowMs={nowMs} remove={remove} />
          </li>
        ))}
      </ol>
      {items.length > shown && (
        <button type="button" onClick={() => setShown(shown + SHOWN_AT_A_TIME)}>
          {t('myDataMore_records', items.length - shown)}
        </button>
      )}
    </section>
  );
}

interface RecordEntryProps {
  item: ShownItem;
  form: 'words' | 'json';
  nowMs: number;
  remove: Actions['remove'];
}

function RecordEntry({ item, form, nowMs, remove }: RecordEntryProps): JSX.Element {
  const { record, recordIds, sequences } = item;
  const kind = kindOf(record);
  return (
    <article class="record">
      <div class="record-head">
        <h4>
          {kind} <span class="hint">{`${whenText(item, nowMs)} · ${formatSize(sizeOf(record))}`}</span>
        </h4>
        <button
          type="button"
          class="stop small"
          aria-label={t('myDataRecords_deleteOf', kind)}
          onClick={() => void remove({ kind: 'records', recordIds, sequences }, kind)}
        >
          {t('myDataDelete')}
        </button>
      </div>
      {form === 'json' ? (
        <pre tabIndex={0} aria-label={t('myDataRecords_json')}>
          <code>{jsonOf(record)}</code>
        </pre>
      ) : (
        <Sentences sentences={sentencesOf(record)} />
      )}
      {record.recordId === undefined && <p class="hint">{t('myDataRecords_noId')}</p>}
    </article>
  );
}

/** A long record is folded away below its first sentence. */
function Sentences({ sentences }: { sentences: readonly string[] }): JSX.Element {
  if (sentences.length === 1) return <p>{sentences[0]}</p>;
  return (
    <details>
      <summary>{sentences[0]}</summary>
      <ol class="steps">
        {sentences.slice(1).map((sentence, index) => (
          <li key={index}>{sentence}</li>
        ))}
      </ol>
    </details>
  );
}

const STATE_TEXTS: Record<Exclude<ShownItem['state'], 'held'>, TextName> = {
  due: 'myDataRecord_due',
  sending: 'myDataRecord_sending',
  refused: 'myDataRecord_refused',
  deleted: 'myDataRecord_deleted',
};

function whenText({ state, dueAtMs }: ShownItem, nowMs: number): string {
  return state === 'held'
    ? t('myDataRecord_held', formatMoment(dueAtMs, nowMs, displayLanguage()))
    : t(STATE_TEXTS[state]);
}
