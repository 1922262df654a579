/**
 * What a person can point at in their own data, and the rows that are meant.
 *
 * Background only, inside the transaction of a change. What was sent has no content any more and is never meant.
 */
import { z } from 'zod';
import { endMsOf } from '../trace/held-step.ts';
import { EPISODE_SILENCE_MS } from '../trace/limits.ts';
import type { Books } from './books.ts';
import type { QueuedRecord, QueuedStep } from './queue-schema.ts';
import { readItems } from './session-rows.ts';
import { RecordId } from '../trace/primitives.ts';

const EpochMs = z.number().min(0);

/** Times are epoch ms, both ends included. */
export const Selection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('range'), fromMs: EpochMs, toMs: EpochMs }),
  z.strictObject({ kind: z.literal('app'), app: z.string().max(100) }),
  z.strictObject({ kind: z.literal('session'), sessionId: z.int().min(0) }),
  z.strictObject({
    kind: z.literal('records'),
    recordIds: z.array(RecordId).max(1_000_000),
    sequences: z.array(z.number()).max(1_000_000),
  }),
]);
export type Selection = z.infer<typeof Selection>;

export interface Selected {
  records: QueuedRecord[];
  steps: QueuedStep[];
}

/** An episode is meant as a whole with any part of it: it cannot be cut once it is made. */
export async function select(books: Books, selection: Selection): Promise<Selected> {
  const { records, steps } = await rowsOf(books, selection);
  return { records: records.filter(({ state }) => state !== 'sent'), steps };
}

async function rowsOf(books: Books, selection: Selection): Promise<Selected> {
  switch (selection.kind) {
    case 'all':
      return { records: await unsentRecords(books), steps: await books.store('steps').getAll() };
    case 'records': {
      const records = await Promise.all(selection.recordIds.map((id) => books.store('records').get(id)));
      const steps = await Promise.all(selection.sequences.map((number) => books.store('steps').get(number)));
      return {
        records: records.filter((record) => record !== undefined),
        steps: steps.filter((step) => step !== undefined),
      };
    }
    case 'session':
      return ofSessions(books, [selection.sessionId]);
    case 'app': {
      const { app } = selection;
      const sessions = books.store('sessions').index('by-app');
      return ofSessions(
        books,
        await sessions.getAllKeys(IDBKeyRange.bound([app, -Infinity], [app, Infinity])),
      );
    }
    case 'range': {
      const { fromMs, toMs } = selection;
      const lies = (startMs: number, endMs: number) => startMs <= toMs && endMs >= fromMs;
      // An episode lasts over a silence in which none of its sessions does.
      const ended = IDBKeyRange.lowerBound(fromMs - EPISODE_SILENCE_MS);
      const sessions = await books.store('sessions').index('by-end').getAll(ended);
      const near = sessions.filter((session) => session.startMs <= toMs + EPISODE_SILENCE_MS);
      const rows = await ofSessions(
        books,
        near.map(({ sessionId }) => sessionId),
      );
      return {
        records: rows.records.filter(({ local }) => lies(local.startMs, local.endMs ?? local.startMs)),
        steps: rows.steps.filter((step) => lies(step.startMs, endMsOf(step))),
      };
    }
  }
}

async function unsentRecords(books: Books): Promise<QueuedRecord[]> {
  const byState = books.store('records').index('by-state');
  const found = (['waiting', 'sending', 'refused'] as const).map((state) =>
    byState.getAll(IDBKeyRange.bound([state, -Infinity], [state, Infinity])),
  );
  return (await Promise.all(found)).flat();
}

async function ofSessions(books: Books, sessionIds: readonly number[]): Promise<Selected> {
  const records = new Map<string, QueuedRecord>();
  const steps: QueuedStep[] = [];
  for (const sessionId of sessionIds) {
    const items = await readItems(books.store, sessionId);
    // An episode may be part of several.
    for (const record of items.records) records.set(record.recordId, record);
    steps.push(...items.steps);
  }
  return { records: [...records.values()], steps };
}
