/**
 * What the queue holds, in numbers: what the popup shows. Reads only.
 */
import { dayOf } from '../trace/primitives.ts';
import { readDrawnBytes, readTotals } from './counters.ts';
import type { QueueDatabase } from './queue.ts';
import { RECORD_STATES, type RecordState, type Totals } from './queue-schema.ts';

export type LossReason = 'dropped' | 'quota';

export interface Accounts {
  captured: number;
  held: number;
  due: number;
  sending: number;
  sent: number;
  refused: number;
  deleted: number;
  lost: Partial<Record<LossReason, number>>;
  leftOut: number;
  erased: number;
  erasedNotHeld: number;
  erasuresPending: number;
  sightings: {
    captured: number;
    held: number;
    due: number;
    sending: number;
    sent: number;
    refused: number;
    deleted: number;
  };
}

export interface QueueSummary {
  accounts: Accounts;
  /** Drawn by itself today, in bytes. */
  bytesToday: number;
  /** Records on hold and steps not yet part of an episode. */
  held: { records: number; steps: number };
  due: number;
  sending: number;
  sent: number;
  refused: number;
  erasuresPending: number;
  /** Epoch ms at which the next thing on hold may leave; undefined when nothing is on hold. */
  nextDueAtMs: number | undefined;
  /** Epoch ms of the next attempt of a batch that is being sent. */
  nextAttemptAtMs: number | undefined;
  totals: Totals;
}

export async function summarize(queue: QueueDatabase, nowMs: number): Promise<QueueSummary> {
  const counts = Object.fromEntries(
    await Promise.all(
      RECORD_STATES.map(
        async (state) => [state, await queue.countFromIndex('records', 'by-state', ofState(state))] as const,
      ),
    ),
  ) as Record<RecordState, number>;
  const due = await queue.countFromIndex(
    'records',
    'by-state',
    IDBKeyRange.bound(['waiting', -Infinity], ['waiting', nowMs]),
  );
  const steps = await queue.count('steps');
  const held = await queue
    .transaction('records')
    .store.index('by-state')
    .openCursor(IDBKeyRange.bound(['waiting', nowMs], ['waiting', Infinity], true));
  const firstStep = await queue.transaction('steps').store.index('by-due').openCursor();
  const dueTimes = [held?.value.dueAtMs, firstStep?.value.dueAtMs].filter((time) => time !== undefined);
  const batch = await queue.transaction('batches').store.index('by-next-attempt').openCursor();
  const totals = await readTotals(queue);
  const parts = {
    held: counts.waiting - due + steps,
    due,
    sending: counts.sending,
    sent: totals.sent,
    refused: counts.refused,
    deleted: totals.deleted,
    leftOut: totals.leftOut,
  };
  return {
    accounts: {
      ...parts,
      captured: Object.values(parts).reduce((sum, part) => sum + part, totals.dropped),
      lost: { dropped: totals.dropped },
      erased: totals.erased,
      erasedNotHeld: totals.erasedNotHeld,
      erasuresPending: await queue.count('erasures'),
      sightings: { captured: 0, held: 0, due: 0, sending: 0, sent: 0, refused: 0, deleted: 0 },
    },
    bytesToday: await readDrawnBytes(queue, dayOf(nowMs)),
    held: { records: counts.waiting - due, steps },
    due,
    sending: counts.sending,
    sent: counts.sent,
    refused: counts.refused,
    erasuresPending: await queue.count('erasures'),
    nextDueAtMs: dueTimes.length > 0 ? Math.min(...dueTimes) : undefined,
    nextAttemptAtMs: batch?.value.state === 'sending' ? batch.value.nextAttemptAtMs : undefined,
    totals,
  };
}

function ofState(state: RecordState): IDBKeyRange {
  return IDBKeyRange.bound([state, -Infinity], [state, Infinity]);
}
