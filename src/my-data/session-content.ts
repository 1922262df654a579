/**
 * A session's content -> what the page shows of it: each record as it would be sent, and a replay of all.
 *
 * Steps on hold are shown as the episodes that they would become now, put together by the same function as what is sent;
 * such an episode is shown whole, with what was done in other apps in between.
 */
import { asSent, type ShownAsSent } from '../as-sent.ts';
import type { QueueDatabase } from '../queue/queue.ts';
import { readSession, type SessionContent, type SessionItem } from '../queue/sessions.ts';
import { piecesOfHeld, piecesOfRecord } from '../replay/pieces.ts';
import { createReplay, type Replay } from '../replay/replay.ts';
import type { ShownRecord } from './record-words.ts';

/** A session with the episodes that its steps on hold would become. */
export interface OpenedSession extends SessionContent {
  episodes: ShownAsSent[];
}

export interface ShownItem {
  /** The same for the same item as long as it exists. */
  id: string;
  startMs: number;
  record: ShownRecord;
  state: SessionItem['state'];
  dueAtMs: number;
  /** What to delete to delete it. */
  recordIds: string[];
  sequences: number[];
}

/** @returns undefined where there is no such session any more. */
export async function openSession(
  queue: QueueDatabase,
  sessionId: number,
): Promise<OpenedSession | undefined> {
  const content = await readSession(queue, sessionId);
  return content && { ...content, episodes: await asSent(queue, content.session) };
}

/** Everything that would be sent, in order of time; what is deleted and can be undone is left out. */
export function itemsAsSent({ items, episodes }: OpenedSession): ShownItem[] {
  const heldSteps = new Map(
    items.flatMap((item) => ('item' in item ? [[item.sequence, item] as const] : [])),
  );
  const made = items.flatMap((item): ShownItem[] => {
    if (!('record' in item) || item.state === 'deleted') return [];
    const { recordId, record, state, startMs, dueAtMs } = item;
    return [{ id: recordId, startMs, record, state, dueAtMs, recordIds: [recordId], sequences: [] }];
  });
  const toBeMade = episodes.map(({ record, sequences, startMs }): ShownItem => {
    const own = sequences.flatMap((sequence) => heldSteps.get(sequence) ?? []);
    return {
      id: `steps ${sequences[0]!}`,
      startMs,
      record,
      state: own.every((item) => item.state === 'due') ? 'due' : 'held',
      // It leaves when all of its steps may.
      dueAtMs: Math.max(...own.map((item) => item.dueAtMs)),
      recordIds: [],
      sequences,
    };
  });
  return [...made, ...toBeMade].sort((one, other) => one.startMs - other.startMs);
}

export function replayOf({ items }: SessionContent): Replay {
  return createReplay(
    items
      .filter((item) => item.state !== 'deleted')
      .flatMap((item) =>
        'item' in item ? piecesOfHeld(item.item) : piecesOfRecord(item.record, item.startMs),
      ),
  );
}

/** Whether its movements are kept as they were, and not turned. */
export function isLinked({ items }: SessionContent): boolean {
  return items.some((item) => ('item' in item ? item.item.level === 'linked' : item.record.kind === 'trace'));
}

/** The record as it is written on the wire, but laid out to be read. */
export function jsonOf(record: ShownRecord): string {
  return JSON.stringify(record, null, 2);
}

export function sizeOf(record: ShownRecord): number {
  return new TextEncoder().encode(JSON.stringify(record)).length;
}
