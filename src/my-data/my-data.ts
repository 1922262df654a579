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
  summary: QueueSummary;
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

export async function readMyData(nowMs = Date.now()): Promise<MyData> {
  const [{ state }, receipts, charters, extraHoldHours, ofQueue] = await Promise.all([
    readCurrentState(nowMs),
    readItem('receipts'),
    readCharters(),
    readItem('extraHoldHours'),
    withQueue(async (queue) => ({
      sessions: await listSessions(queue),
      summary: await summarize(queue, nowMs),
      ledger: await sentLedger(queue),
      erasureReceipts: await readErasureReceipts(queue),
    })),
  ]);
  return {
    state,
    isWithdrawn: receipts?.at(-1)?.event === 'withdrawn',
    ...ofQueue,
    receipts: receipts ?? [],
    charters,
    extraHoldHours: extraHoldHours ?? 0,
    readAtMs: nowMs,
  };
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
