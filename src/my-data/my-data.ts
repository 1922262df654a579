/**
 * All that the My data page shows at first, read from storage and the queue at one moment.
 *
 * Runs in the page. Reads only. A session's content is read when it is opened, so that a full queue costs nothing here.
 */
import type { Charter } from '../charter/charter.ts';
import { readCharterInForce } from '../consent/charter-in-force.ts';
import { readCurrentState } from '../consent/current-state.ts';
import type { RecordingState } from '../consent/recording-state.ts';
import { readItem, type Receipt } from '../consent/stored-items.ts';
import { openQueue, type QueueDatabase } from '../queue/queue.ts';
import { readErasureReceipts } from '../queue/erasures.ts';
import type { ErasureReceipt } from '../queue/queue-schema.ts';
import { sentLedger, type LedgerLine } from '../queue/sent-ledger.ts';
import { listSessions, type SessionRow } from '../queue/sessions.ts';
import { summarize, type QueueSummary } from '../queue/summary.ts';

export interface MyData {
  state: RecordingState;
  /** Whether the last thing agreed or refused was a consent taken back. */
  isWithdrawn: boolean;
  /** Newest first. */
  sessions: SessionRow[];
  /** Undefined while it is being counted for the first time. */
  summary: QueueSummary | undefined;
  ledger: LedgerLine[];
  erasureReceipts: ErasureReceipt[];
  /** Oldest first. */
  receipts: Receipt[];
  /** Charters whose text this device knows, by their hash. */
  charters: Map<string, Charter>;
  /** Hours that the person holds things longer than the charter says. */
  extraHoldHours: number;
  readAtMs: number;
}

/**
 * @param onTimeline is given all but the counts as soon as they are there: counting a full queue takes longer than a
 *   timeline may.
 */
export async function readMyData(
  nowMs = Date.now(),
  onTimeline: (data: MyData) => void = () => undefined,
): Promise<MyData> {
  return withQueue(async (queue) => {
    const [{ state }, receipts, charters, extraHoldHours, sessions, ledger, erasureReceipts] =
      await Promise.all([
        readCurrentState(nowMs),
        readItem('receipts'),
        readCharters(),
        readItem('extraHoldHours'),
        listSessions(queue),
        sentLedger(queue),
        readErasureReceipts(queue),
      ]);
    const timeline: MyData = {
      state,
      isWithdrawn: receipts?.at(-1)?.event === 'withdrawn',
      sessions,
      summary: undefined,
      ledger,
      erasureReceipts,
      receipts: receipts ?? [],
      charters,
      extraHoldHours: extraHoldHours ?? 0,
      readAtMs: nowMs,
    };
    onTimeline(timeline);
    return { ...timeline, summary: await summarize(queue, nowMs) };
  });
}

/** The charter decided on and the one in force; of earlier ones a receipt keeps the hash alone. */
async function readCharters(): Promise<Map<string, Charter>> {
  const [decision, inForce] = await Promise.all([readItem('decision'), readCharterInForce()]);
  const charters = new Map<string, Charter>();
  if (decision) charters.set(decision.charterHash, decision.charter);
  if (inForce.kind === 'in-force') charters.set(inForce.hash, inForce.agreement.charter);
  return charters;
}

/** Opens the queue for as long as `read` takes. */
export async function withQueue<Result>(read: (queue: QueueDatabase) => Promise<Result>): Promise<Result> {
  const queue = await openQueue();
  try {
    return await read(queue);
  } finally {
    queue.close();
  }
}
