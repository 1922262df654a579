/**
 * What the queue's books should say, counted anew from its rows: for tests, which hold it against what is kept.
 *
 * Shares nothing with the code that keeps the books.
 */
import type { QueueDatabase } from '../queue/queue.ts';
import type {
  LedgerLine,
  PutAside,
  QueuedErasure,
  QueuedRecord,
  QueuedStep,
  SessionRow,
} from '../queue/queue-schema.ts';

export interface Recount {
  /** By place; those sent are the ones still known. */
  fragments: Record<'waiting' | 'sending' | 'refused' | 'sent' | 'putAside', number>;
  dueFragments: (nowMs: number) => number;
  /** What the collector is being asked to erase; the same without sightings; the first with all that could be asked for. */
  erasing: number;
  erasingFragments: number;
  erasable: number;
  onDevice: { rows: number; bytes: number };
  sessions: SessionRow[];
  ledger: LedgerLine[];
}

function recountContent(rows: readonly (QueuedRecord | QueuedStep)[]) {
  const contents = rows.map((row) => ('recordId' in row ? row.record : row)).filter(Boolean);
  return { rows: contents.length, bytes: total(contents.map((content) => JSON.stringify(content).length)) };
}

export async function recount(queue: QueueDatabase): Promise<Recount> {
  const [records, steps, asides, erasures, stored] = await Promise.all([
    queue.getAll('records'),
    queue.getAll('steps'),
    queue.getAll('putAside'),
    queue.getAll('erasures'),
    queue.getAll('sessions'),
  ]);
  const inState = (state: QueuedRecord['state']) =>
    total(records.filter((record) => record.state === state).map(amountOf));
  const erasing = total(erasures.map(({ fragments }) => fragments));
  const sent = records.filter(({ state }) => state === 'sent');
  return {
    fragments: {
      waiting: inState('waiting') + total(steps.map(amountOf)),
      sending: inState('sending'),
      refused: inState('refused'),
      sent: total(sent.map(amountOf)),
      putAside: total(asides.map((aside) => amountOf(contentOf(aside)))),
    },
    dueFragments: (nowMs) =>
      total(
        [...steps, ...records.filter(({ state }) => state === 'waiting')]
          .filter(({ dueAtMs }) => dueAtMs <= nowMs)
          .map(amountOf),
      ),
    erasing,
    onDevice: recountContent([...records, ...asides.map(contentOf), ...steps]),
    erasable: erasing + total(sent.map((record) => (record.kind === 'sighting' ? 1 : record.fragments))),
    erasingFragments: total(erasures.map(({ fragments, isSighting }) => (isSighting ? 0 : fragments))),
    sessions: stored
      .flatMap(({ sessionId, app, startMs, endMs }) => {
        const row = recountSession({ sessionId, app, startMs, endMs }, records, steps, asides);
        return row.unsent + row.sent + row.deleted > 0 ? [row] : [];
      })
      .sort((one, other) => other.startMs - one.startMs || other.sessionId - one.sessionId),
    ledger: recountLedger(records, erasures),
  };
}

type Content = QueuedRecord | QueuedStep;

function contentOf(aside: PutAside): Content {
  return 'record' in aside ? aside.record : aside.step;
}

/** An episode is not opened: how many steps it was made of it must say itself, since its form does not tell. */
function amountOf(content: Content): number {
  if ('recordId' in content)
    return content.kind === 'motion' || content.kind === 'rhythm' ? 1 : content.fragments;
  return 'view' in content && content.step === undefined ? 0 : 1;
}

function partIn(sessionId: number, content: Content): number {
  if (!('recordId' in content)) return content.sessionId === sessionId ? amountOf(content) : 0;
  return total(
    content.local.parts.filter((part) => part.sessionId === sessionId).map(({ fragments }) => fragments),
  );
}

function recountSession(
  place: Pick<SessionRow, 'sessionId' | 'app' | 'startMs' | 'endMs'>,
  records: readonly QueuedRecord[],
  steps: readonly QueuedStep[],
  asides: readonly PutAside[],
): SessionRow {
  const part = (content: Content) => partIn(place.sessionId, content);
  const counts = { motion: 0, rhythm: 0, step: 0, trace: 0 };
  for (const content of [...records, ...steps, ...asides.map(contentOf)])
    counts[sortOf(content)] += part(content);
  const waiting = [
    ...records.filter(({ state, kind }) => state === 'waiting' && (kind === 'motion' || kind === 'rhythm')),
    ...steps,
  ].filter((content) =>
    'recordId' in content
      ? content.local.parts.some(({ sessionId }) => sessionId === place.sessionId)
      : content.sessionId === place.sessionId,
  );
  const due = waiting.map(({ dueAtMs }) => dueAtMs);
  return {
    ...place,
    ...(due.length > 0 && { nextDueAtMs: Math.min(...due), lastDueAtMs: Math.max(...due) }),
    counts,
    unsent: total([...records.filter(({ state }) => state !== 'sent'), ...steps].map(part)),
    sent: total(records.filter(({ state }) => state === 'sent').map(part)),
    deleted: total(asides.map(contentOf).map(part)),
  };
}

function sortOf(content: Content): keyof SessionRow['counts'] {
  if (!('recordId' in content))
    return 'motion' in content ? 'motion' : 'rhythm' in content ? 'rhythm' : 'step';
  return content.kind === 'episode' || content.kind === 'sighting' ? 'step' : content.kind;
}

function recountLedger(records: readonly QueuedRecord[], erasures: readonly QueuedErasure[]): LedgerLine[] {
  const lines = new Map<string, LedgerLine>();
  const add = (key: readonly string[], fragments: number, sizeBytes: number, erasing: 0 | 1) => {
    const [day, app, kind] = key as [string, string, LedgerLine['kind']];
    const line = lines.get(key.join()) ?? {
      day,
      app,
      kind,
      records: 0,
      fragments: 0,
      sizeBytes: 0,
      erasing: 0,
    };
    line.records += 1;
    line.fragments += fragments;
    line.sizeBytes += sizeBytes;
    line.erasing += erasing;
    lines.set(key.join(), line);
  };
  for (const { state, kind, local, fragments, sizeBytes = 0 } of records) {
    if (state !== 'sent' || kind === 'sighting') continue;
    add([new Date(local.startMs).toISOString().slice(0, 10), local.app, kind], fragments, sizeBytes, 0);
  }
  for (const { line, fragments, sizeBytes } of erasures) if (line) add(line, fragments, sizeBytes, 1);
  return [...lines.entries()].sort(([one], [other]) => (one < other ? 1 : -1)).map(([, line]) => line);
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
