/**
 * Where everything is that was captured, as a sum that adds up: on hold, due, being sent, sent, refused, deleted, lost.
 *
 * Used by the popup while consent is given. Shows the queue's own numbers, none of its own. Counted twice: in the pieces
 * that were captured, of which nothing is missing, and in the records that they have become.
 */
import type { JSX } from 'preact';
import { MY_DATA_PAGE } from '../messages.ts';
import type { LossReason } from '../queue/queue-schema.ts';
import type { QueueSummary } from '../queue/summary.ts';
import { formatNumber, t, type TextName } from './translate.ts';

const LOSS_TEXTS: Record<LossReason, TextName> = {
  dropped: 'counts_dropped',
  storageFull: 'counts_storageFull',
};

interface AccountRow {
  name: string;
  text: TextName;
  pieces: number;
  /** Undefined where there are no records of it. */
  records?: number;
}

export function RecordAccounts({ summary }: { summary: QueueSummary }): JSX.Element {
  const rows = accountRows(summary);
  const { captured, sightings } = summary.accounts;
  return (
    <>
      <div class="heading-row">
        <h2 id="counts-heading">{t('counts_heading')}</h2>
        <MyDataLink />
      </div>
      <Bar rows={rows} captured={captured} />
      <table class="accounts">
        <caption>{t('counts_caption')}</caption>
        <thead>
          <tr>
            <td></td>
            <th scope="col">{t('counts_pieces')}</th>
            <th scope="col">{t('counts_records')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, text, pieces, records }) => (
            <tr key={name} data-part={name}>
              <th scope="row">{t(text)}</th>
              <td data-pieces={name}>{formatNumber(pieces)}</td>
              <td data-count={name}>{records === undefined ? '' : formatNumber(records)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('counts_captured')}</th>
            <td data-pieces="captured">{formatNumber(captured)}</td>
            <td></td>
          </tr>
        </tfoot>
      </table>
      {sightings.captured > 0 && (
        <p class="hint">{t('counts_markers', sightings.captured, sightings.sent, sightings.held)}</p>
      )}
      <Erasures summary={summary} />
    </>
  );
}

/** The way to the page that shows everything. */
export function MyDataLink(): JSX.Element {
  return (
    <a class="button" href={MY_DATA_PAGE} target="_blank">
      {t('counts_myData')}
    </a>
  );
}

/** Where what was sent is being taken back: a part of what was sent, and no part of the sum. */
function Erasures({ summary }: { summary: QueueSummary }): JSX.Element | null {
  const { erasuresPending, erased, erasedNotHeld } = summary.accounts;
  const lines: [string, TextName, number][] = [
    ['erasing', 'sent_pending', erasuresPending],
    ['erased', 'sent_erased', erased],
    ['erased-not-held', 'counts_erasedNotHeld', erasedNotHeld],
  ];
  const shown = lines.filter(([, , count]) => count > 0);
  if (shown.length === 0) return null;
  return (
    <ul class="hint">
      {shown.map(([name, text, count]) => (
        <li key={name} data-count={name}>
          {t(text, count)}
        </li>
      ))}
    </ul>
  );
}

/** The same sum to look at; screen readers have the table. */
function Bar({ rows, captured }: { rows: readonly AccountRow[]; captured: number }): JSX.Element | null {
  if (captured === 0) return null;
  let startPercent = 0;
  return (
    <svg class="bar" width="100%" height="10" aria-hidden="true">
      {rows.map(({ name, pieces }) => {
        const widthPercent = (100 * pieces) / captured;
        const x = startPercent;
        startPercent += widthPercent;
        return <rect key={name} data-part={name} x={`${x}%`} y="0" width={`${widthPercent}%`} height="10" />;
      })}
    </svg>
  );
}

/** Rows that are seldom anything but zero are left out until they are. */
function accountRows(summary: QueueSummary): AccountRow[] {
  const { accounts, held, due, sending, totals, refused } = summary;
  const lost = (Object.entries(accounts.lost) as [LossReason, number][]).map(([reason, pieces]) => ({
    name: reason,
    text: LOSS_TEXTS[reason],
    pieces,
  }));
  const seldom: AccountRow[] = [
    ...lost,
    { name: 'left-out', text: 'counts_leftOut', pieces: accounts.leftOut },
  ];
  return [
    { name: 'held', text: 'counts_held', pieces: accounts.held, records: held.records },
    { name: 'due', text: 'counts_due', pieces: accounts.due, records: due },
    { name: 'sending', text: 'counts_sending', pieces: accounts.sending, records: sending },
    { name: 'sent', text: 'counts_sent', pieces: accounts.sent, records: totals.sent },
    { name: 'refused', text: 'counts_refused', pieces: accounts.refused, records: refused },
    { name: 'deleted', text: 'counts_deleted', pieces: accounts.deleted },
    ...seldom.filter(({ pieces }) => pieces > 0),
  ];
}
