/**
 * Which session something belongs to: work in one app without a break of more than a quarter of an hour.
 *
 * Background only, inside the transaction of a change. Sessions are the person's own view, and never part of a record.
 */
import type { IDBPObjectStore, StoreNames } from 'idb';
import { endMsOf } from '../trace/held-step.ts';
import type { Books } from './books.ts';
import type { QueuedRecord, QueueSchema, SessionKind, SessionPart, StoredSession } from './queue-schema.ts';

/** The queue's stores within a transaction that at least reads them. */
export type ReadStore = <Name extends 'records' | 'steps' | 'putAside'>(
  name: Name,
) => Pick<
  IDBPObjectStore<QueueSchema, ArrayLike<StoreNames<QueueSchema>>, Name, IDBTransactionMode>,
  'index'
>;

/** A longer break begins another session. */
export const SESSION_BREAK_MS = 15 * 60_000;

export const NO_COUNTS: Record<SessionKind, number> = { motion: 0, rhythm: 0, step: 0, trace: 0 };

/** The session of what was done then in that app: one that it continues, or a new one. Lengthens it to hold it. */
export type SessionFinder = (app: string, startMs: number, endMs?: number) => Promise<number>;

export function createSessionFinder(store: Books['store']) {
  /** Read or begun in this transaction. */
  const known = new Map<number, StoredSession>();

  async function read(sessionId: number): Promise<StoredSession | undefined> {
    const session = known.get(sessionId) ?? (await store('sessions').get(sessionId));
    if (session !== undefined) known.set(sessionId, session);
    return session;
  }

  /** What comes late joins the first session near it; two that it lies between stay two. */
  async function findNear(app: string, startMs: number, endMs: number): Promise<StoredSession | undefined> {
    const isNear = (session: StoredSession) =>
      session.app === app &&
      session.endMs >= startMs - SESSION_BREAK_MS &&
      session.startMs <= endMs + SESSION_BREAK_MS;
    const here = [...known.values()].find(isNear);
    if (here !== undefined) return here;
    const range = IDBKeyRange.bound([app, startMs - SESSION_BREAK_MS], [app, Infinity]);
    const next = await store('sessions').index('by-app').openCursor(range);
    return next !== null && isNear(next.value) ? read(next.value.sessionId) : undefined;
  }

  async function begin(app: string, startMs: number, endMs: number): Promise<StoredSession> {
    const sessionId = ((await store('meta').get('sessionId')) as number | undefined) ?? 0;
    await store('meta').put(sessionId + 1, 'sessionId');
    const none = { counts: NO_COUNTS, unsent: 0, sent: 0, deleted: 0, rows: 0 };
    return { sessionId, app, startMs, endMs, ...none };
  }

  const find: SessionFinder = async (app, startMs, endMs = startMs) => {
    const near = (await findNear(app, startMs, endMs)) ?? (await begin(app, startMs, endMs));
    const { sessionId } = near;
    known.set(sessionId, {
      ...near,
      startMs: Math.min(near.startMs, startMs),
      endMs: Math.max(near.endMs, endMs),
    });
    return sessionId;
  };
  return { find, read };
}

/** When the first and the last of what waits in a session for its hold to end may leave. */
export async function findDueSpan(
  store: Books['store'],
  sessionId: number,
): Promise<Pick<StoredSession, 'nextDueAtMs' | 'lastDueAtMs'>> {
  const all = ofSession(sessionId);
  const records = store('records').index('by-session-due');
  const steps = store('steps').index('by-session');
  const dueTimes: number[] = [];
  for (const direction of ['next', 'prev'] as const) {
    for (const cursor of [
      await records.openKeyCursor(all, direction),
      await steps.openKeyCursor(all, direction),
    ])
      if (cursor !== null) dueTimes.push(cursor.key[1]);
  }
  if (dueTimes.length === 0) return {};
  return { nextDueAtMs: Math.min(...dueTimes), lastDueAtMs: Math.max(...dueTimes) };
}

/** From when to when the items last that a session still has; nothing where it has none. */
export async function findSpan(
  store: Books['store'],
  sessionId: number,
): Promise<Partial<Pick<StoredSession, 'startMs' | 'endMs'>>> {
  const { records, steps, asides } = await readItems(store, sessionId);
  const spans = [
    ...[...records, ...asides.flatMap((each) => ('record' in each ? [each.record] : []))].map(spanOfRecord),
    ...[...steps, ...asides.flatMap((each) => ('step' in each ? [each.step] : []))].map(
      (step) => [step.startMs, endMsOf(step)] as const,
    ),
  ];
  if (spans.length === 0) return {};
  return {
    startMs: spans.reduce((first, [startMs]) => Math.min(first, startMs), Infinity),
    endMs: spans.reduce((last, [, endMs]) => Math.max(last, endMs), -Infinity),
  };
}

function spanOfRecord({ local }: QueuedRecord): readonly [startMs: number, endMs: number] {
  return [local.startMs, local.endMs ?? local.startMs];
}

/** Everything of a session that is still on the device. */
export async function readItems(store: ReadStore, sessionId: number) {
  // An index of many entries: what is looked up is one of them.
  const one = IDBKeyRange.only(sessionId) as unknown as number[];
  const [records, steps, asides] = await Promise.all([
    store('records').index('by-session').getAll(one),
    store('steps').index('by-session').getAll(ofSession(sessionId)),
    store('putAside').index('by-session').getAll(one),
  ]);
  return { records, steps, asides };
}

/** All entries of one session in an index by session and due time. */
function ofSession(sessionId: number): IDBKeyRange {
  return IDBKeyRange.bound([sessionId, -Infinity], [sessionId, Infinity]);
}

/** The parts that steps have in the episode they become. */
export function partsOf(steps: readonly { sessionId: number; fragments: number }[]): SessionPart[] {
  const parts = new Map<number, number>();
  for (const { sessionId, fragments } of steps) parts.set(sessionId, (parts.get(sessionId) ?? 0) + fragments);
  return [...parts].map(([sessionId, fragments]) => ({ sessionId, fragments }));
}
