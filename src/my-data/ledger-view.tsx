/**
 * What was sent, by day, app and kind, and the way to have it erased at the collector.
 *
 * The device keeps no content of it, only what is needed to erase it. What erasing reaches and what it does not is said
 * before it is asked for.
 */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ask } from '../popup/actions.ts';
import { SentRecordsChoiceField } from '../popup/sent-records-choice.tsx';
import { formatNumber, t } from '../popup/translate.ts';
import type { LedgerLine } from '../queue/sent-ledger.ts';
import { formatSize, formatUtcDay } from './format-day.ts';
import type { MyData } from './my-data.ts';
import type { Actions } from './use-my-data.ts';
import { KIND_TEXTS } from './word-texts.ts';

const LINES_AT_A_TIME = 10;

export function LedgerView({ data, run }: { data: MyData; run: Actions['run'] }): JSX.Element {
  const { ledger } = data;
  return (
    <section id="sent" aria-labelledby="sent-heading">
      <h2 id="sent-heading">{t('myDataSent_heading')}</h2>
      {ledger.length === 0 ? (
        <p class="empty">{t('myDataSent_none')}</p>
      ) : (
        <Lines ledger={ledger} run={run} />
      )}
      <ErasureReceipts data={data} />
    </section>
  );
}

function Lines({ ledger, run }: { ledger: readonly LedgerLine[]; run: Actions['run'] }): JSX.Element {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState(LINES_AT_A_TIME);
  const lines = ledger.map((line) => ({ ...line, name: nameOf(line) }));
  // A line may have gone since it was chosen.
  const picked = lines.filter((line) => chosen.has(line.name));
  const toggle = (name: string) =>
    setChosen(
      (known) => new Set(known.has(name) ? [...known].filter((other) => other !== name) : [...known, name]),
    );
  const erase = (what: LedgerLine[] | 'all', atOnce: boolean) =>
    void run(() =>
      ask('data:erase', {
        lines: what === 'all' ? what : what.map(({ day, app, kind }) => ({ day, app, kind })),
        atOnce,
      }),
    ).then(() => setChosen(new Set()));
  return (
    <>
      <p>{t('myDataSent_text')}</p>
      <div class="table" tabIndex={0} role="group" aria-labelledby="sent-heading">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">{t('myDataSent_choose')}</span>
              </th>
              <th scope="col">{t('myDataTable_day')}</th>
              <th scope="col">{t('myDataTable_app')}</th>
              <th scope="col">{t('myDataTable_kind')}</th>
              <th scope="col">{t('myDataTable_records')}</th>
              <th scope="col">{t('myDataTable_size')}</th>
              <th scope="col">{t('myDataTable_erasing')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, shown).map((line) => (
              <Line
                key={line.name}
                line={line}
                isChosen={chosen.has(line.name)}
                onToggle={() => toggle(line.name)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {lines.length > shown && (
        <button type="button" onClick={() => setShown(shown + LINES_AT_A_TIME)}>
          {t('myDataMore_lines', lines.length - shown)}
        </button>
      )}
      <EraseForm picked={picked} onErase={erase} />
    </>
  );
}

interface LineProps {
  line: LedgerLine;
  isChosen: boolean;
  onToggle: () => void;
}

function Line({ line, isChosen, onToggle }: LineProps): JSX.Element {
  const { day, app, kind, records, sizeBytes, erasing } = line;
  const what = [formatUtcDay(day), app, t(KIND_TEXTS[kind])].join(', ');
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          checked={isChosen}
          disabled={erasing >= records}
          aria-label={t('myDataSent_chooseLine', what)}
          onChange={onToggle}
        />
      </td>
      <th scope="row">{formatUtcDay(day)}</th>
      <td>{app}</td>
      <td>{t(KIND_TEXTS[kind])}</td>
      <td class="number">{formatNumber(records)}</td>
      <td class="number">{formatSize(sizeBytes)}</td>
      <td class="number">{erasing === 0 ? '–' : formatNumber(erasing)}</td>
    </tr>
  );
}

interface EraseFormProps {
  picked: LedgerLine[];
  onErase: (what: LedgerLine[] | 'all', atOnce: boolean) => void;
}

function EraseForm({ picked, onErase }: EraseFormProps): JSX.Element {
  const [pace, setPace] = useState<'erase-spread' | 'erase-at-once'>('erase-spread');
  const atOnce = pace === 'erase-at-once';
  const records = picked.reduce((sum, line) => sum + line.records - line.erasing, 0);
  return (
    <details class="erase">
      <summary>{t('myDataErase_open')}</summary>
      <SentRecordsChoiceField
        legend={t('myDataErase_how')}
        options={['erase-spread', 'erase-at-once']}
        chosen={pace}
        onChoose={(choice) => setPace(choice === 'erase-at-once' ? choice : 'erase-spread')}
      />
      <p class="note">{t('withdraw_limits')}</p>
      <div class="buttons">
        <button
          type="button"
          class="stop"
          aria-disabled={picked.length === 0}
          onClick={() => picked.length > 0 && onErase(picked, atOnce)}
        >
          {t('myDataErase_chosen', records)}
        </button>
        <button type="button" class="stop" onClick={() => onErase('all', atOnce)}>
          {t('myDataErase_all')}
        </button>
      </div>
    </details>
  );
}

/** What the collector has answered: counts only, since ids would tell which records were one person's. */
function ErasureReceipts({ data }: { data: MyData }): JSX.Element | null {
  const { erasureReceipts, summary } = data;
  const pending = summary?.accounts.erasuresPending ?? 0;
  if (erasureReceipts.length === 0 && pending === 0) return null;
  return (
    <section aria-labelledby="erasures-heading">
      <h3 id="erasures-heading">{t('myDataErase_receipts')}</h3>
      {pending > 0 && (
        <p data-count="erasing">
          {t('sent_pending', pending)} <span class="hint">{t('sent_pendingHint')}</span>
        </p>
      )}
      <ul class="plain-list">
        {erasureReceipts.map((receipt) => (
          <li key={receipt.day}>
            <strong>{formatUtcDay(receipt.day)}</strong>{' '}
            {t('myDataErase_answered', receipt.erased, receipt.notHeld)} {pulledText(receipt)}
          </li>
        ))}
      </ul>
      {erasureReceipts.length > 0 && (
        <p class="hint">
          {t('myDataErase_others')} {t('myDataErase_signed')}
        </p>
      )}
    </section>
  );
}

function pulledText({ publishedIn, pulledBy }: MyData['erasureReceipts'][number]): string {
  const releases = Object.entries(publishedIn).map(([release, count]) =>
    t('myDataErase_release', release, count),
  );
  if (releases.length === 0) return t('myDataErase_unpublished');
  return t('myDataErase_published', releases.join(', '), pulledBy);
}

function nameOf({ day, app, kind }: LedgerLine): string {
  return JSON.stringify([day, app, kind]);
}
