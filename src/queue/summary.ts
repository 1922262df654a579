/**
 * What the queue holds and what became of all that was captured, in numbers: what the popup shows. Reads only.
 */
import { dayOf } from '../trace/primitives.ts';
import type { TraceRecord } from '../trace/record.ts';
import { readAccountsOf } from './accounts.ts';
import { nextAttemptAt } from './batches.ts';
import { readDrawn } from './counters.ts';
import { readErasureReceipts } from './erasures.ts';
import type { QueueDatabase } from './queue.ts';
import type { LossReason, StoredAccounts, Tally, UploadTrouble } from './queue-schema.ts';
import { readTroubles } from './upload-trouble.ts';

/** `captured = held + due + sending + sent + refused + deleted + lost + leftOut`. */
export interface Account {
  captured: number;
  held: number;
  due: number;
  sending: number;
  sent: number;
  refused: number;
  /** Those that can still be brought back included. */
  deleted: number;
  lost: Partial<Record<LossReason, number>>;
  leftOut: number;
  /** A part of `sent`, as is the next. */
  erased: number;
  erasedNotHeld: number;
}

/** In fragments that give a record: movements, records of typing runs, steps. Since consent was given last. */
export interface Accounts extends Account {
  /** Requests that the collector has not answered, one for each record. */
  erasuresPending: number;
  sightings: Account;
}

/** Records, as a person may want them counted: those of an episode are one. */
export interface Totals {
  /** Records made, by kind. */
  motion: number;
  rhythm: number;
  episode: number;
  trace: number;
  sighting: number;
  sent: number;
  /** Fragments and sightings, as are the next two. */
  deleted: number;
  dropped: number;
  leftOut: number;
  /** Records, as is the next; ever. */
  erased: number;
  erasedNotHeld: number;
}

export interface QueueSummary {
  accounts: Accounts;
  /** Records on hold and steps not yet part of an episode. */
  held: { records: number; steps: number };
  due: number;
  sending: number;
  /** Records that can still be erased. */
  sent: number;
  refused: number;
  erasuresPending: number;
  /** Epoch ms at which the next thing on hold may leave; undefined when nothing is on hold. */
  nextDueAtMs: number | undefined;
  /** Epoch ms of the next attempt of a batch that is being sent. */
  nextAttemptAtMs: number | undefined;
  /** Drawn on this UTC day, padding included. */
  bytesToday: number;
  totals: Totals;
  troubles: UploadTrouble[];
}

export async function summarize(queue: QueueDatabase, nowMs: number): Promise<QueueSummary> {
  const [accounts, due, steps, erasuresPending, drawn, receipts, troubles] = await Promise.all([
    readAccountsOf(queue),
    countDue(queue, nowMs),
    queue.count('steps'),
    queue.count('erasures'),
    readDrawn(queue, dayOf(nowMs)),
    readErasureReceipts(queue),
    readTroubles(queue),
  ]);
  const { fragments, sightings, rows } = accounts;
  const sum = (name: 'erased' | 'notHeld') => receipts.reduce((total, receipt) => total + receipt[name], 0);
  return {
    accounts: {
      ...accountOf(fragments, due.fragments + fragments.assembled),
      erasuresPending,
      sightings: accountOf(sightings, due.sightings),
    },
    held: { records: rows.waiting - due.records, steps },
    due: due.records,
    sending: rows.sending,
    sent: rows.sent,
    refused: rows.refused,
    erasuresPending,
    ...(await readNextTimes(queue, nowMs)),
    bytesToday: drawn.sizeBytes + drawn.atOnceBytes,
    totals: {
      ...totalsOf(accounts),
      erased: sum('erased'),
      erasedNotHeld: sum('notHeld'),
    },
    troubles,
  };
}

/** @param due how much of what waits may leave already. */
function accountOf(tally: Tally, due: number): Account {
  const { captured, waiting, sending, sent, refused, putAside, deleted, lost, leftOut } = tally;
  const { erased, erasedNotHeld } = tally;
  return {
    captured,
    held: waiting - due,
    due,
    sending,
    sent,
    refused,
    deleted: deleted + putAside,
    lost,
    leftOut,
    erased,
    erasedNotHeld,
  };
}

/** Episodes and traces are due when they are made; their fragments are in the accounts. */
async function countDue(queue: QueueDatabase, nowMs: number) {
  const ofKind = (kind: TraceRecord['kind']) =>
    queue.countFromIndex(
      'records',
      'by-kind',
      IDBKeyRange.bound(['waiting', kind, -Infinity], ['waiting', kind, nowMs]),
    );
  const dueSteps = IDBKeyRange.bound([1, -Infinity], [1, nowMs]);
  const [motions, rhythms, episodes, traces, sightings, steps] = await Promise.all([
    ofKind('motion'),
    ofKind('rhythm'),
    ofKind('episode'),
    ofKind('trace'),
    ofKind('sighting'),
    queue.countFromIndex('steps', 'by-counted', dueSteps),
  ]);
  return {
    records: motions + rhythms + episodes + traces + sightings,
    fragments: motions + rhythms + steps,
    sightings,
  };
}

async function readNextTimes(queue: QueueDatabase, nowMs: number) {
  const onHold = IDBKeyRange.bound(['waiting', nowMs], ['waiting', Infinity], true);
  const [held, firstStep, nextAttemptAtMs] = await Promise.all([
    queue.transaction('records').store.index('by-state').openKeyCursor(onHold),
    queue.transaction('steps').store.index('by-due').openKeyCursor(),
    nextAttemptAt(queue),
  ]);
  const dueTimes = [held?.key[1], firstStep?.key].filter((time) => time !== undefined);
  return {
    nextDueAtMs: dueTimes.length > 0 ? Math.min(...dueTimes) : undefined,
    nextAttemptAtMs,
  };
}

function totalsOf({ fragments, sightings, made, recordsSent }: StoredAccounts) {
  return {
    ...made,
    sent: recordsSent,
    deleted: [fragments, sightings].reduce((sum, tally) => sum + tally.deleted + tally.putAside, 0),
    dropped: (fragments.lost.dropped ?? 0) + (sightings.lost.dropped ?? 0),
    leftOut: fragments.leftOut + sightings.leftOut,
  };
}
