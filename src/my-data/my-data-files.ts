/**
 * Everything on this device about the person, as files: JSON for machines, HTML to be read.
 *
 * Pure. Holds what the page shows and nothing else: no keys, since whoever has those could erase or send in the person's
 * name.
 */
import type { ErasureReceipt, LedgerLine } from '../queue/queue-schema.ts';
import type { SessionRow } from '../queue/sessions.ts';
import { displayLanguage, t } from '../popup/translate.ts';
import type { TraceRecord } from '../trace/record.ts';
import { formatDay, formatSize, formatTimes, formatUtcDay } from './format-day.ts';
import type { MyData } from './my-data.ts';
import { receiptsFile, type ReceiptsFile } from './receipts-file.ts';
import { kindOf, sentencesOf, type ShownRecord } from './record-words.ts';
import { itemsAsSent, type OpenedSession, type ShownItem } from './session-content.ts';
import { KIND_TEXTS } from './word-texts.ts';

export const MY_DATA_SCHEMA = 'proffer-my-data-1';

export interface MyDataFile {
  schema: typeof MY_DATA_SCHEMA;
  created: string;
  receipts: ReceiptsFile;
  sessions: {
    session: SessionRow;
    /** Each as it would be sent, with where it is on its way; nothing of what was sent. */
    records: (Pick<ShownItem, 'state'> & { dueAt: string; record: ShownRecord })[];
  }[];
  /** Single markers that belong to no session. */
  markers: TraceRecord[];
  sent: LedgerLine[];
  erasures: ErasureReceipt[];
}

export function myDataFile(
  data: MyData,
  contents: readonly OpenedSession[],
  markers: readonly TraceRecord[],
): MyDataFile {
  return {
    schema: MY_DATA_SCHEMA,
    created: new Date(data.readAtMs).toISOString(),
    receipts: receiptsFile(data.receipts, data.charters, data.readAtMs),
    sessions: contents.map((content) => ({
      session: content.session,
      records: itemsAsSent(content).map(({ state, dueAtMs, record }) => ({
        state,
        dueAt: new Date(dueAtMs).toISOString(),
        record,
      })),
    })),
    markers: [...markers],
    sent: data.ledger,
    erasures: data.erasureReceipts,
  };
}

/** The same in words, as one page that needs nothing from elsewhere. */
export function readableFile(
  data: MyData,
  contents: readonly OpenedSession[],
  markers: readonly TraceRecord[],
): string {
  const body = [
    heading(1, t('myData_title')),
    paragraph(t('myDataFile_created', new Date(data.readAtMs).toLocaleString(displayLanguage()))),
    heading(2, t('myDataTimeline_heading')),
    ...contents.flatMap(sessionParts),
    paragraph(t('myDataFile_markers', markers.length)),
    heading(2, t('myDataSent_heading')),
    list(
      data.ledger.map(({ day, app, kind, records, sizeBytes }) =>
        t('myDataFile_line', formatUtcDay(day), app, t(KIND_TEXTS[kind]), records, formatSize(sizeBytes)),
      ),
    ),
    heading(2, t('myDataReceipts_heading')),
    list(
      data.receipts.map(({ at, event, organization, scopes, charterHash }) =>
        [at, event, organization, scopes.join(', '), charterHash].join(' · '),
      ),
    ),
  ].join('\n');
  return `<!doctype html>
<html lang="${t('languageTag')}">
<head><meta charset="utf-8"><title>${escaped(t('myData_title'))}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}</style></head>
<body>
${body}
</body>
</html>
`;
}

function sessionParts(content: OpenedSession): string[] {
  const { app, startMs, endMs, sent } = content.session;
  return [
    heading(3, `${app}, ${formatDay(startMs)}, ${formatTimes(startMs, endMs)}`),
    ...(sent > 0 ? [paragraph(t('myDataSession_sent', sent))] : []),
    list(itemsAsSent(content).map(({ record }) => `${kindOf(record)}: ${sentencesOf(record).join(' — ')}`)),
  ];
}

function heading(level: 1 | 2 | 3, text: string): string {
  return `<h${level}>${escaped(text)}</h${level}>`;
}

function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`;
}

function list(lines: readonly string[]): string {
  return lines.length === 0
    ? ''
    : `<ul>\n${lines.map((line) => `<li>${escaped(line)}</li>`).join('\n')}\n</ul>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
