/**
 * A person's sessions, and what each still has on the device: what the My data page shows. Reads only.
 *
 * Rows are kept by each change (`books.ts`), so that a timeline needs no look at what is in them.
 */
import type { HeldItem } from '../trace/held-step.ts';
import { endMsOf } from '../trace/held-step.ts';
import { EPISODE_SILENCE_MS, MAX_TRACE_MS } from '../trace/limits.ts';
import type { TraceRecord } from '../trace/record.ts';
import { withCuts } from './held-steps.ts';
import type { QueueDatabase } from './queue.ts';
import type { PutAside, QueuedRecord, QueuedStep, SessionRow, StoredSession } from './queue-schema.ts';
import { readItems, type ReadStore } from './session-rows.ts';

export type { SessionRow } from './queue-schema.ts';

/** One thing of a session that is still on the device. */
export type SessionItem = {
  /** Epoch ms on the level's local grid. */
  startMs: number;
  state: 'held' | 'due' | 'sending' | 'refused' | 'deleted';
  /** Epoch ms at which it may leave. */
  dueAtMs: number;
} & ({ recordId: string; record: TraceRecord } | { sequence: number; item: HeldItem });

export interface SessionContent {
  session: SessionRow;
  /** In order of time. */
  items: SessionItem[];
}

/** Sessions that lie in a span of time (epoch ms, both ends included) at least in part, newest first. */
export async function listSessions(
  queue: QueueDatabase,
  { fromMs = -Infinity, toMs = Infinity }: { fromMs?: number; toMs?: number } = {},
): Promise<SessionRow[]> {
  const ended = await queue.getAllFromIndex('sessions', 'by-end', IDBKeyRange.lowerBound(fromMs));
  return ended
    .filter((session) => session.startMs <= toMs && hasContent(session))
    .sort((one, other) => other.startMs - one.startMs || other.sessionId - one.sessionId)
    .map(toRow);
}

/** A session of nothing but gaps or sightings is no work. */
function hasContent({ unsent, sent, deleted }: StoredSession): boolean {
  return unsent + sent + deleted > 0;
}

function toRow({ rows: _rows, ...session }: StoredSession): SessionRow {
  return session;
}

/** @returns undefined where there is no such session any more. */
export async function readSession(
  queue: QueueDatabase,
  sessionId: number,
  nowMs = Date.now(),
): Promise<SessionContent | undefined> {
  const transaction = queue.transaction(['sessions', 'records', 'steps', 'putAside']);
  const session = await transaction.objectStore('sessions').get(sessionId);
  if (session === undefined) return undefined;
  const store = ((name) => transaction.objectStore(name)) as ReadStore;
  const { records, steps, asides } = await readItems(store, sessionId);
  const items = [
    ...records.flatMap((record) => itemOfRecord(record, nowMs)),
    ...steps.map((step) => itemOfStep(step, nowMs)),
    ...asides.flatMap((aside) => itemOfAside(aside, nowMs)),
  ];
  return { session: toRow(session), items: items.sort((one, other) => one.startMs - other.startMs) };
}

function itemOfRecord(queued: QueuedRecord, nowMs: number): SessionItem[] {
  const { recordId, record, state, dueAtMs, local } = queued;
  if (record === undefined || state === 'sent') return [];
  return [{ startMs: local.startMs, state: shownState(state, dueAtMs, nowMs), dueAtMs, recordId, record }];
}

function itemOfStep(step: QueuedStep, nowMs: number): SessionItem {
  const { startMs, dueAtMs, sequence } = step;
  return { startMs, state: shownState('waiting', dueAtMs, nowMs), dueAtMs, sequence, item: step };
}

function itemOfAside(aside: PutAside, nowMs: number): SessionItem[] {
  const items = 'record' in aside ? itemOfRecord(aside.record, nowMs) : [itemOfStep(aside.step, nowMs)];
  return items.map((item) => ({ ...item, state: 'deleted' }));
}

function shownState(state: 'waiting' | 'sending' | 'refused', dueAtMs: number, nowMs: number) {
  if (state !== 'waiting') return state;
  return dueAtMs > nowMs ? 'held' : 'due';
}

/**
 * The held steps that episodes with a part in a session will be made of, those of other apps among them included.
 *
 * Begins and ends at silences, where an episode begins and ends in any case; so what is assembled of them is what is
 * assembled of all.
 */
export async function readStepsAround(queue: QueueDatabase, session: SessionRow): Promise<QueuedStep[]> {
  for (let reachMs = MAX_TRACE_MS; ; reachMs *= 2) {
    const transaction = queue.transaction(['steps', 'putAside']);
    const byStart = transaction.objectStore('steps').index('by-start');
    const fromMs = session.startMs - 2 * reachMs;
    const near = IDBKeyRange.bound(fromMs, session.endMs + reachMs);
    const read = await byStart.getAll(near);
    const asides = await transaction.objectStore('putAside').getAll();
    const bursts = inBursts(
      withCuts(
        read,
        asides.flatMap((aside) => ('step' in aside ? [aside.step] : [])),
      ),
    );
    const own = bursts.filter((burst) => burst.some((step) => step.sessionId === session.sessionId));
    const [first, last] = [own.at(0), own.at(-1)];
    if (first === undefined || last === undefined) return [];
    // What began before the span that was read may last into it, but not longer than the longest typing run.
    const isBegun = first[0]!.startMs >= session.startMs - reachMs || fromMs <= 0;
    const isEnded = last !== bursts.at(-1) || endOf(last) + EPISODE_SILENCE_MS < session.endMs + reachMs;
    if ((isBegun && isEnded) || fromMs <= 0) return own.flat();
  }
}

/** Cut at silences, in order of time. */
function inBursts(steps: readonly QueuedStep[]): QueuedStep[][] {
  const bursts: QueuedStep[][] = [];
  let endMs = -Infinity;
  for (const step of [...steps].sort((one, other) => one.startMs - other.startMs)) {
    if (step.startMs - endMs >= EPISODE_SILENCE_MS) bursts.push([]);
    bursts.at(-1)!.push(step);
    endMs = Math.max(endMs, endMsOf(step));
  }
  return bursts;
}

function endOf(burst: readonly QueuedStep[]): number {
  return burst.reduce((last, step) => Math.max(last, endMsOf(step)), -Infinity);
}
