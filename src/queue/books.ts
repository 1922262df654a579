/**
 * The queue's books: every change of a record or step goes through here, in one transaction with what is counted of it.
 *
 * Background only. Keeps the accounts, the sessions and the ledger of what was sent true at every instant, so that
 * showing them needs no look at 100,000 rows. Knows nothing of why something changes.
 */
import type { IDBPObjectStore, IDBPTransaction, StoreNames } from 'idb';
import { readAccounts } from './accounts.ts';
import { bookAside, bookRecord, bookStep, keysOf, type Entry } from './book-entry.ts';
import type { QueueDatabase } from './queue.ts';
import {
  SESSION_KINDS,
  type LedgerLine,
  type LineKey,
  type LossReason,
  type PutAside,
  type QueuedRecord,
  type QueuedStep,
  type QueueSchema,
  type StoredAccounts,
  type StoredSession,
  type Tally,
} from './queue-schema.ts';
import { createSessionFinder, findDueSpan, findSpan, NO_COUNTS, type SessionFinder } from './session-rows.ts';

/** All stores that a change may touch. */
const STORES = [
  'records',
  'steps',
  'putAside',
  'batches',
  'erasures',
  'erasureReceipts',
  'sessions',
  'ledger',
  'sightings',
  'tabViews',
  'frames',
  'meta',
] as const satisfies StoreNames<QueueSchema>[];

export type Store<Name extends StoreNames<QueueSchema>> = IDBPObjectStore<
  QueueSchema,
  ArrayLike<StoreNames<QueueSchema>>,
  Name,
  'readwrite' | 'versionchange'
>;
export type QueueTransaction = Pick<
  IDBPTransaction<QueueSchema, ArrayLike<StoreNames<QueueSchema>>, 'readwrite' | 'versionchange'>,
  'objectStore'
>;

export interface Books {
  store: <Name extends StoreNames<QueueSchema>>(name: Name) => Store<Name>;
  sessionOf: SessionFinder;
  /**
   * Notes a write that nothing has to wait for: reads that come later see it, and if it fails, so does the change.
   * Waiting for each would make a change of 100,000 rows ten times as slow.
   */
  write: (request: Promise<unknown>) => void;
  addRecord: (record: QueuedRecord) => void;
  changeRecord: (before: QueuedRecord, after: QueuedRecord) => void;
  removeRecord: (record: QueuedRecord) => void;
  addStep: (step: QueuedStep) => void;
  changeStep: (before: QueuedStep, after: QueuedStep) => void;
  removeStep: (step: QueuedStep) => void;
  addAside: (aside: PutAside) => void;
  removeAside: (aside: PutAside) => void;
  /** So much of what is the record's, the step's or put aside is counted under this name from now on. */
  count: (what: QueuedRecord | QueuedStep | PutAside, as: Flow) => void;
  /** Changes the accounts otherwise, after all that was counted before. */
  correct: (change: (accounts: StoredAccounts) => void) => void;
  changeLine: (key: LineKey, change: Partial<Omit<LedgerLine, 'day' | 'app' | 'kind'>>) => void;
  /** The session's span becomes that of what is left in it. */
  shrinkSession: (sessionId: number) => void;
  forgetAccounts: () => void;
}

/** Where something goes that no row tells of any more. */
export type Flow = 'captured' | 'deleted' | 'leftOut' | LossReason;

/** Makes one change of the queue: all of it, or with an exception nothing. */
export async function changeQueue<Result>(
  queue: QueueDatabase,
  change: (books: Books) => Promise<Result>,
): Promise<Result> {
  const transaction = queue.transaction(STORES, 'readwrite', { durability: 'strict' });
  try {
    const { books, close } = openBooks(transaction);
    const result = await change(books);
    await close();
    await transaction.done;
    return result;
  } catch (error) {
    // Whatever was put before the fault would be kept else.
    transaction.done.catch(() => undefined);
    try {
      transaction.abort();
    } catch {
      // It has ended by itself.
    }
    // A transaction that failed as a whole says why; its requests only say that it did.
    throw transaction.error ?? error;
  }
}

/** Opens the books of a transaction, which has all stores; `close` writes down what was counted. */
export function openBooks(transaction: QueueTransaction): { books: Books; close: () => Promise<void> } {
  const store: Books['store'] = (name) => transaction.objectStore(name);
  const sessions = new Map<number, SessionChange>();
  const lines = new Map<string, { key: LineKey; change: Omit<LedgerLine, 'day' | 'app' | 'kind'> }>();
  const corrections: ((accounts: StoredAccounts) => void)[] = [];
  const toShrink = new Set<number>();
  let areAccountsForgotten = false;
  const finder = createSessionFinder(store);

  const changeLine: Books['changeLine'] = (key, change) => {
    const name = key.join(' ');
    const line = lines.get(name) ?? { key, change: { records: 0, fragments: 0, sizeBytes: 0, erasing: 0 } };
    for (const [field, by] of Object.entries(change) as [keyof typeof line.change, number][])
      line.change[field] += by;
    lines.set(name, line);
  };

  /** @param sign 1 for a row that is there now, -1 for one that no longer is. */
  const post = (entry: Entry, sign: 1 | -1) => {
    const { place, row, line } = entry;
    corrections.push((accounts) => {
      const tally = tallyOf(accounts, entry);
      // What was sent stays sent, whatever becomes of the row that told it.
      if (place !== 'sent' || sign === 1) tally[place] += sign * entry.amount;
      if (place === 'waiting' && entry.isAssembled) tally.assembled += sign * entry.amount;
      if (row) accounts.rows[row] += sign;
      if (entry.contentBytes > 0) accounts.onDevice.rows += sign;
      accounts.onDevice.bytes += sign * entry.contentBytes;
      if (place === 'sent' && sign === 1) accounts.recordsSent += 1;
    });
    if (line)
      changeLine(line.key, {
        records: sign,
        fragments: sign * entry.amount,
        sizeBytes: sign * line.sizeBytes,
      });
    for (const { sessionId, fragments } of entry.parts) {
      const change = sessions.get(sessionId) ?? newSessionChange();
      change.rows += sign;
      change.counts[entry.sessionKind] += sign * fragments;
      change[entry.inSession] += sign * fragments;
      sessions.set(sessionId, change);
    }
  };

  const writes: Promise<unknown>[] = [];
  const write: Books['write'] = (request) => {
    // It is looked at when the books are closed.
    request.catch(() => undefined);
    writes.push(request);
  };
  const stored = (record: QueuedRecord): QueuedRecord => ({ ...record, keys: keysOf(record) });
  const books: Books = {
    store,
    sessionOf: finder.find,
    changeLine,
    correct: (change) => void corrections.push(change),
    shrinkSession: (sessionId) => void toShrink.add(sessionId),
    forgetAccounts: () => (areAccountsForgotten = true),
    count: (what, as) => {
      const entry = entryOf(what);
      corrections.push((accounts) => addFlow(tallyOf(accounts, entry), as, entry.amount));
    },
    write,
    addRecord: (record) => {
      post(bookRecord(record), 1);
      write(store('records').add(stored(record)));
    },
    changeRecord: (before, after) => {
      post(bookRecord(before), -1);
      post(bookRecord(after), 1);
      write(store('records').put(stored(after)));
    },
    removeRecord: (record) => {
      post(bookRecord(record), -1);
      write(store('records').delete(record.recordId));
    },
    addStep: (step) => {
      post(bookStep(step), 1);
      write(store('steps').add(step));
    },
    changeStep: (before, after) => {
      post(bookStep(before), -1);
      post(bookStep(after), 1);
      write(store('steps').put(after));
    },
    removeStep: (step) => {
      post(bookStep(step), -1);
      write(store('steps').delete(step.sequence));
    },
    addAside: (aside) => {
      post(bookAside(aside), 1);
      write(store('putAside').add(aside));
    },
    removeAside: (aside) => {
      post(bookAside(aside), -1);
      write(store('putAside').delete(aside.key));
    },
  };
  return {
    books,
    close: async () => {
      await Promise.all(writes);
      for (const [sessionId, change] of sessions) {
        const before = await finder.read(sessionId);
        if (before !== undefined) await writeSession(store, before, change, toShrink.has(sessionId));
      }
      for (const { key, change } of lines.values()) await writeLine(store('ledger'), key, change);
      if (areAccountsForgotten) {
        await store('meta').delete('accounts');
        return;
      }
      if (corrections.length === 0) return;
      const accounts = await readAccounts(store('meta'));
      for (const correct of corrections) correct(accounts);
      await store('meta').put(accounts, 'accounts');
    },
  };
}

function entryOf(what: QueuedRecord | QueuedStep | PutAside): Entry {
  if ('deletionId' in what) return bookAside(what);
  return 'recordId' in what ? bookRecord(what) : bookStep(what);
}

function tallyOf(accounts: StoredAccounts, entry: Entry): Tally {
  return entry.isSighting ? accounts.sightings : accounts.fragments;
}

export function addFlow(tally: Tally, as: Flow, amount: number): void {
  switch (as) {
    case 'captured':
    case 'deleted':
    case 'leftOut':
      tally[as] += amount;
      return;
    case 'dropped':
    case 'storageFull':
      if (amount > 0) tally.lost[as] = (tally.lost[as] ?? 0) + amount;
  }
}

type SessionChange = Pick<StoredSession, 'counts' | 'unsent' | 'sent' | 'deleted' | 'rows'>;

function newSessionChange(): SessionChange {
  return { counts: { ...NO_COUNTS }, unsent: 0, sent: 0, deleted: 0, rows: 0 };
}

async function writeSession(
  store: Books['store'],
  before: StoredSession,
  change: SessionChange,
  isToShrink: boolean,
): Promise<void> {
  const { nextDueAtMs: _next, lastDueAtMs: _last, ...session } = before;
  const { sessionId } = session;
  const counts = { ...session.counts };
  for (const kind of SESSION_KINDS) counts[kind] += change.counts[kind];
  const rows = session.rows + change.rows;
  if (rows === 0) {
    await store('sessions').delete(sessionId);
    return;
  }
  const sent = session.sent + change.sent;
  await store('sessions').put({
    ...session,
    // Of what was sent no time is known but the day.
    ...(isToShrink && sent === 0 && (await findSpan(store, sessionId))),
    ...(await findDueSpan(store, sessionId)),
    counts,
    rows,
    unsent: session.unsent + change.unsent,
    sent,
    deleted: session.deleted + change.deleted,
  });
}

async function writeLine(
  ledger: Store<'ledger'>,
  [day, app, kind]: LineKey,
  change: Omit<LedgerLine, 'day' | 'app' | 'kind'>,
): Promise<void> {
  const known = await ledger.get([day, app, kind]);
  const records = (known?.records ?? 0) + change.records;
  if (records === 0) {
    await ledger.delete([day, app, kind]);
    return;
  }
  await ledger.put({
    day,
    app,
    kind,
    records,
    fragments: (known?.fragments ?? 0) + change.fragments,
    sizeBytes: (known?.sizeBytes ?? 0) + change.sizeBytes,
    erasing: (known?.erasing ?? 0) + change.erasing,
  });
}
