/**
 * From one version of the queue's database to the next, with the rows that people have.
 *
 * Runs when the queue is opened, before anything else can read it.
 */
import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { openBooks } from './books.ts';
import type { ErasureReceipt, QueuedRecord, QueuedStep, QueueSchema } from './queue-schema.ts';
import { appOf, endMsOf, isFragment } from '../trace/held-step.ts';
import { withoutContent } from './batches.ts';
import { dayOf } from '../trace/primitives.ts';

type Upgrade = IDBPTransaction<QueueSchema, StoreNames<QueueSchema>[], 'versionchange'>;

export function upgradeStores(
  database: IDBPDatabase<QueueSchema>,
  oldVersion: number,
  transaction: Upgrade,
): void {
  if (oldVersion < 1) createVersion1(database);
  const records = transaction.objectStore('records');
  records.createIndex('by-kind', ['state', 'kind', 'dueAtMs']);
  records.createIndex('by-session', 'keys.sessions', { multiEntry: true });
  records.createIndex('by-session-due', 'keys.due');
  records.createIndex('by-line', 'keys.line');
  records.createIndex('by-forget', 'keys.forgetOn');
  const steps = transaction.objectStore('steps');
  steps.createIndex('by-counted', ['fragments', 'dueAtMs']);
  steps.createIndex('by-session', ['sessionId', 'dueAtMs']);
  steps.createIndex('by-start', 'startMs');
  transaction.objectStore('frames').createIndex('by-open', 'openSinceMs');
  const putAside = database.createObjectStore('putAside', { keyPath: 'key' });
  putAside.createIndex('by-deletion', 'deletionId');
  putAside.createIndex('by-session', 'sessionIds', { multiEntry: true });
  const sessions = database.createObjectStore('sessions', { keyPath: 'sessionId' });
  sessions.createIndex('by-app', ['app', 'endMs']);
  sessions.createIndex('by-end', 'endMs');
  database.createObjectStore('ledger', { keyPath: ['day', 'app', 'kind'] });
  database.createObjectStore('erasureReceipts', { keyPath: 'day' });
}

function createVersion1(database: IDBPDatabase<QueueSchema>): void {
  const records = database.createObjectStore('records', { keyPath: 'recordId' });
  records.createIndex('by-state', ['state', 'dueAtMs']);
  records.createIndex('by-batch', 'batchId');
  database.createObjectStore('steps', { keyPath: 'sequence' }).createIndex('by-due', 'dueAtMs');
  database.createObjectStore('tabViews', { keyPath: 'tabId' });
  database.createObjectStore('frames', { keyPath: 'frame' }).createIndex('by-seen', 'seenAtMs');
  database
    .createObjectStore('batches', { keyPath: 'batchId' })
    .createIndex('by-next-attempt', 'nextAttemptAtMs');
  database.createObjectStore('erasures', { keyPath: 'counter' }).createIndex('by-due', 'dueAtMs');
  database.createObjectStore('sightings', { keyPath: 'key' });
  database.createObjectStore('meta');
}

type RecordOfVersion1 = Omit<QueuedRecord, 'fragments' | 'retentionDays' | 'local'> & {
  local: Omit<QueuedRecord['local'], 'parts'>;
};
type StepOfVersion1 = Omit<QueuedStep, 'fragments' | 'retentionDays' | 'sessionId'>;
type TotalsOfVersion1 = Record<
  | 'motion'
  | 'rhythm'
  | 'episode'
  | 'trace'
  | 'sighting'
  | 'sent'
  | 'deleted'
  | 'dropped'
  | 'leftOut'
  | 'erased'
  | 'erasedNotHeld',
  number
>;

/**
 * Version 1 counted records and knew no sessions: both are made from the rows. How many steps were in an episode whose
 * content is gone is not known any more; it counts as one.
 */
export async function upgradeFromVersion1(transaction: Upgrade, nowMs = Date.now()): Promise<void> {
  const { books, close } = openBooks(transaction);
  const records = (await transaction.objectStore('records').getAll()) as RecordOfVersion1[];
  const steps = (await transaction.objectStore('steps').getAll()) as unknown as StepOfVersion1[];
  const erasures = await transaction.objectStore('erasures').getAll();
  await transaction.objectStore('records').clear();
  await transaction.objectStore('steps').clear();
  // In order of time, so that each session grows at its end.
  records.sort((one, other) => one.local.startMs - other.local.startMs);
  for (const old of records) {
    const record = await upgradeRecord(old);
    books.count(record, 'captured');
    books.addRecord(record);
  }
  steps.sort((one, other) => one.startMs - other.startMs);
  for (const old of steps) {
    const step = await upgradeStep(old);
    books.count(step, 'captured');
    books.addStep(step);
  }
  for (const old of erasures)
    await transaction.objectStore('erasures').put({ ...old, fragments: 1, sizeBytes: 0, isSighting: false });
  await upgradeTotals();
  await close();

  async function upgradeRecord(old: RecordOfVersion1): Promise<QueuedRecord> {
    const fragments = fragmentsOf(old);
    const { app, startMs } = old.local;
    const parts = app === '' ? [] : [{ sessionId: await books.sessionOf(app, startMs), fragments }];
    const record = { ...old, fragments, retentionDays: undefined, local: { ...old.local, parts } };
    return old.state === 'sent' ? { ...withoutContent(record), sizeBytes: 0 } : record;
  }

  async function upgradeStep(old: StepOfVersion1): Promise<QueuedStep> {
    const step = old as QueuedStep;
    const sessionId = await books.sessionOf(appOf(step), step.startMs, endMsOf(step));
    return { ...step, retentionDays: undefined, sessionId, fragments: isFragment(step) ? 1 : 0 };
  }

  async function upgradeTotals(): Promise<void> {
    const meta = transaction.objectStore('meta');
    const totals = (await meta.get('totals')) as Partial<TotalsOfVersion1> | undefined;
    await meta.delete('totals');
    if (totals === undefined) return;
    const { sent = 0, deleted = 0, dropped = 0, leftOut = 0, erased = 0, erasedNotHeld = 0 } = totals;
    const sentRows = records.filter(({ state }) => state === 'sent').length;
    books.correct((accounts) => {
      const { fragments, made } = accounts;
      const sentBefore = Math.max(erasures.length, sent - sentRows);
      fragments.captured += sentBefore + deleted + dropped + leftOut;
      fragments.sent += sentBefore;
      Object.assign(fragments, { deleted, leftOut, erased, erasedNotHeld });
      if (dropped > 0) fragments.lost.dropped = dropped;
      accounts.recordsSent = sentRows + sentBefore;
      for (const kind of Object.keys(made) as (keyof typeof made)[]) made[kind] = totals[kind] ?? 0;
    });
    if (erased + erasedNotHeld === 0) return;
    const receipt = { day: dayOf(nowMs), publishedIn: {}, pulledBy: 0, signed: [] };
    const noted: ErasureReceipt = { ...receipt, erased, notHeld: erasedNotHeld };
    await transaction.objectStore('erasureReceipts').put(noted);
  }
}

function fragmentsOf({ kind, record }: RecordOfVersion1): number {
  if (kind === 'sighting') return 0;
  if (record?.kind === 'episode') return record.steps.length;
  if (record?.kind === 'trace') return record.steps.length + record.motions.length + record.rhythms.length;
  return 1;
}
