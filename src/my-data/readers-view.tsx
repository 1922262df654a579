/**
 * Who has read what the collector holds, for which purpose and how often: its access log as counts.
 *
 * Asked for only when the person presses the button; the log is about everybody's records, not one person's.
 */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ask } from '../popup/actions.ts';
import { formatNumber, t } from '../popup/translate.ts';
import { readersOf, type Access } from './access-summary.ts';
import { formatUtcDay } from './format-day.ts';
import type { Actions } from './use-my-data.ts';

interface ReadersViewProps {
  mayAsk: boolean;
  run: Actions['run'];
}

type Answer = { kind: 'entries'; entries: Access[] } | { kind: 'unreachable' };

export function ReadersView({ mayAsk, run }: ReadersViewProps): JSX.Element {
  const [answer, setAnswer] = useState<Answer>();
  const read = () =>
    void run(async () => {
      const got = await ask('data:access-log', {});
      setAnswer(
        got.kind === 'read' ? { kind: 'entries', entries: got.log.entries } : { kind: 'unreachable' },
      );
    });
  return (
    <section id="readers" aria-labelledby="readers-heading">
      <h2 id="readers-heading">{t('myDataReaders_heading')}</h2>
      <p>{t('myDataReaders_text')}</p>
      {mayAsk ? (
        <button type="button" onClick={read}>
          {t('myDataReaders_ask')}
        </button>
      ) : (
        <p class="empty">{t('myDataReaders_mayNot')}</p>
      )}
      <div role="status">
        {answer?.kind === 'unreachable' && <p class="note">{t('myDataReaders_unreachable')}</p>}
        {answer?.kind === 'entries' && answer.entries.length === 0 && (
          <p class="note">{t('myDataReaders_nobody')}</p>
        )}
      </div>
      {answer?.kind === 'entries' && answer.entries.length > 0 && <Readers entries={answer.entries} />}
    </section>
  );
}

function Readers({ entries }: { entries: readonly Access[] }): JSX.Element {
  return (
    <div class="table" tabIndex={0} role="group" aria-labelledby="readers-heading">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('myDataTable_reader')}</th>
            <th scope="col">{t('myDataTable_purpose')}</th>
            <th scope="col">{t('myDataTable_pulls')}</th>
            <th scope="col">{t('myDataTable_records')}</th>
            <th scope="col">{t('myDataTable_releases')}</th>
            <th scope="col">{t('myDataTable_days')}</th>
          </tr>
        </thead>
        <tbody>
          {readersOf(entries).map((line) => (
            <tr key={`${line.reader} ${line.purpose}`}>
              <th scope="row">{line.reader}</th>
              <td>{line.purpose}</td>
              <td class="number">{formatNumber(line.pulls)}</td>
              <td class="number">{formatNumber(line.rows)}</td>
              <td>{line.releases.join(', ')}</td>
              <td>
                {line.firstDay === line.lastDay
                  ? formatUtcDay(line.firstDay)
                  : `${formatUtcDay(line.firstDay)} – ${formatUtcDay(line.lastDay)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
