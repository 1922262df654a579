import { beforeEach, describe, expect, it } from 'vitest';
import { NOON_MS } from '../testing/builders.ts';
import { add, addMotions, addSteps, aQueue, draw, drawAndAccept } from '../testing/fill-queue.ts';
import { dueRecordIds, settleAccepted, settleRefused } from './batches.ts';
import { putAside, settleDeletions, undoDeletion } from './delete.ts';
import { dueErasures, settleErasure } from './erasures.ts';
import { makeDue } from './hold.ts';
import { numberRecords } from './number-records.ts';
import type { QueueDatabase } from './queue.ts';
import type { Selection } from './selection.ts';
import { listSessions, readSession } from './sessions.ts';
import { summarize } from './summary.ts';

const HOUR_MS = 3_600_000;
const TERMS = { participantKey: 'A'.repeat(43), dueAtMs: () => NOON_MS };
const ANSWER = { result: 'erased', answeredOn: '2026-11-24', release: null, pulledBy: 0 } as const;

let queue: QueueDatabase;
beforeEach(async () => {
  queue = await aQueue();
});

const these = (recordIds: string[], sequences: number[] = []): Selection => ({
  kind: 'records',
  recordIds,
  sequences,
});
const accounts = async () => (await summarize(queue, NOON_MS)).accounts;
const ids = async () => (await queue.getAllKeys('records')).sort();

describe('what is deleted', () => {
  it('is neither drawn nor assembled nor made due, and is back as it was when that is undone', async () => {
    await addMotions(queue, 3, { dueAtMs: NOON_MS + HOUR_MS });
    await addSteps(queue, 2);
    const before = [await queue.getAll('records'), await queue.getAll('steps')];
    const { deletionId, fragments } = await putAside(queue, { kind: 'all' });
    expect(fragments).toBe(5);
    await makeDue(queue, NOON_MS);
    expect(await dueRecordIds(queue, NOON_MS + 99 * HOUR_MS, ['motion'])).toEqual([]);
    expect(await queue.count('steps')).toBe(0);
    expect(await accounts()).toMatchObject({ captured: 5, held: 0, due: 0, deleted: 5 });
    expect(await undoDeletion(queue, deletionId)).toBe(5);
    expect([await queue.getAll('records'), await queue.getAll('steps')]).toEqual(before);
    expect(await accounts()).toMatchObject({ captured: 5, held: 5, deleted: 0 });
  });

  it('cannot be brought back once it is settled, and nothing of it is left', async () => {
    await addMotions(queue, 3);
    const { deletionId } = await putAside(queue, { kind: 'all' });
    await settleDeletions(queue, TERMS);
    expect(await undoDeletion(queue, deletionId)).toBeUndefined();
    for (const store of ['records', 'steps', 'putAside', 'sessions', 'erasures'] as const)
      expect(await queue.count(store), store).toBe(0);
    expect(await accounts()).toMatchObject({ captured: 3, deleted: 3 });
  });

  it('is what was selected: a time, an app, a session, single things', async () => {
    const [early] = await addMotions(queue, 1, { startMs: NOON_MS });
    const [late] = await addMotions(queue, 1, { startMs: NOON_MS + HOUR_MS });
    const [other] = await addMotions(queue, 1, { startMs: NOON_MS, app: 'crm' });
    const left = async (selection: Selection) => {
      const { deletionId } = await putAside(queue, selection);
      const kept = await ids();
      await undoDeletion(queue, deletionId);
      return kept;
    };
    const sorted = (...some: (string | undefined)[]) => some.map(String).sort();
    expect(await left({ kind: 'range', fromMs: NOON_MS - 1, toMs: NOON_MS + 1 })).toEqual(sorted(late));
    expect(await left({ kind: 'range', fromMs: NOON_MS + 1, toMs: NOON_MS + HOUR_MS })).toEqual(
      sorted(early, other),
    );
    expect(await left({ kind: 'app', app: 'desk' })).toEqual(sorted(other));
    const [newest] = await listSessions(queue);
    expect(await left({ kind: 'session', sessionId: newest!.sessionId })).toEqual(sorted(early, other));
    expect(await left(these([early!]))).toEqual(sorted(late, other));
  });

  it('takes an episode with any part of it: with an app it has a step in, with a time that it lasted into', async () => {
    const contents = {
      content: { kind: 'episode', views: [], steps: [], gaps: [], outcome: 'unknown' } as never,
      app: 'desk',
      startMs: NOON_MS,
      endMs: NOON_MS + 1000,
      dueAtMs: NOON_MS,
    };
    await addSteps(queue, 1);
    await addSteps(queue, 1, { app: 'crm' });
    const steps = await queue.getAll('steps');
    const parts = steps.map(({ sessionId }) => ({ sessionId, fragments: 1 }));
    const origin = { charter: 'c', level: 'balanced', collectorUrl: '', retentionDays: 1 } as const;
    const records = await numberRecords(queue, [{ ...contents, parts }], origin);
    await add(queue, { records, consumedSequences: steps.map(({ sequence }) => sequence) });
    for (const selection of [
      { kind: 'app', app: 'crm' },
      { kind: 'range', fromMs: NOON_MS + 500, toMs: NOON_MS + 900 },
    ] satisfies Selection[]) {
      const { deletionId, fragments } = await putAside(queue, selection);
      expect(fragments).toBe(2);
      await undoDeletion(queue, deletionId);
    }
  });

  it('stays in its session, marked, until it is settled', async () => {
    const [first] = await addMotions(queue, 2);
    await putAside(queue, these([first!]));
    const [session] = await listSessions(queue);
    expect(session).toMatchObject({ counts: { motion: 2 }, unsent: 1, deleted: 1 });
    const content = await readSession(queue, session!.sessionId, NOON_MS - 1);
    expect(content?.items.map(({ state }) => state).sort()).toEqual(['deleted', 'held']);
    await settleDeletions(queue, TERMS);
    expect(await listSessions(queue)).toMatchObject([{ counts: { motion: 1 }, unsent: 1, deleted: 0 }]);
  });

  it('leaves no sign of how long the work lasted', async () => {
    await addMotions(queue, 1, { startMs: NOON_MS });
    await addMotions(queue, 1, { startMs: NOON_MS + 600_000 });
    await putAside(queue, { kind: 'range', fromMs: NOON_MS + 1, toMs: Number.MAX_SAFE_INTEGER });
    await settleDeletions(queue, TERMS);
    expect(await listSessions(queue)).toMatchObject([{ startMs: NOON_MS, endMs: NOON_MS }]);
  });

  it('takes the sightings of its session along; met again they are sighted again', async () => {
    const content = { kind: 'sighting', scope: 'workflow', seen: { what: 'app', app: 'desk' } } as const;
    const links = { sightedKey: 'app desk' };
    await addMotions(queue, 1, { content, links, sightedKeys: ['app desk'] });
    const deletion = await putAside(queue, { kind: 'app', app: 'desk' });
    expect(deletion.fragments).toBe(0);
    expect((await accounts()).sightings).toMatchObject({ captured: 1, held: 0, due: 0, deleted: 1 });
    expect(await queue.count('sightings')).toBe(0);
    await addMotions(queue, 1, { content, links, sightedKeys: ['app desk'] });
    // It was met again: the first sighting must not count it once more.
    await undoDeletion(queue, deletion.deletionId);
    expect(await queue.count('records')).toBe(1);
    expect((await accounts()).sightings).toMatchObject({ captured: 2, due: 1, deleted: 1 });
  });
});

describe('a deleted record that was drawn', () => {
  it('dissolves its batch: the others wait again, it is asked back when the deletion is settled', async () => {
    const [deleted, ...others] = await addMotions(queue, 3);
    await draw(queue, 'first', [deleted!, ...others]);
    await putAside(queue, these([deleted!]));
    expect(await queue.count('batches')).toBe(0);
    expect((await queue.getAll('records')).map(({ state, batchId }) => [state, batchId])).toEqual([
      ['waiting', undefined],
      ['waiting', undefined],
    ]);
    expect(await dueErasures(queue, NOON_MS, 9)).toEqual([]);
    await settleDeletions(queue, TERMS);
    const [erasure] = await dueErasures(queue, NOON_MS, 9);
    expect(erasure).toMatchObject({ counter: 0, fragments: 0 });
    expect(await accounts()).toMatchObject({ captured: 3, due: 2, deleted: 1, erasuresPending: 1 });
    await settleErasure(queue, erasure!.counter, ANSWER);
    // It counts as deleted, not as sent.
    expect(await accounts()).toMatchObject({ sent: 0, deleted: 1, erased: 0, erasuresPending: 0 });
  });

  it('is not brought about by the answer to the batch, whatever it is', async () => {
    for (const settle of [settleAccepted, (...of: [QueueDatabase, string]) => settleRefused(...of, 'x')]) {
      queue = await aQueue();
      const [deleted, other] = await addMotions(queue, 2);
      await draw(queue, 'batch', [deleted!, other!]);
      await putAside(queue, these([deleted!]));
      await settle(queue, 'batch');
      expect(await queue.getAll('records')).toMatchObject([{ recordId: other, state: 'waiting' }]);
      expect(await queue.count('putAside')).toBe(1);
    }
  });

  it('waits again when it is brought back', async () => {
    const [drawn] = await addMotions(queue, 1);
    await draw(queue, 'batch', [drawn!]);
    const { deletionId } = await putAside(queue, { kind: 'all' });
    await undoDeletion(queue, deletionId);
    expect(await draw(queue, 'next', [drawn!])).toBe(true);
  });

  it('counts as sent where nobody can be asked for it, so that it can be later', async () => {
    const [drawn] = await addMotions(queue, 1);
    await draw(queue, 'batch', [drawn!]);
    await putAside(queue, { kind: 'all' });
    await settleDeletions(queue, undefined);
    expect(await queue.getAll('records')).toMatchObject([{ state: 'sent', record: undefined }]);
    expect(await accounts()).toMatchObject({ captured: 1, sent: 1, deleted: 0 });
  });

  it('leaves no copy in a batch that was refused', async () => {
    const [refused] = await addMotions(queue, 1);
    await draw(queue, 'batch', [refused!]);
    await settleRefused(queue, 'batch', 'schema-invalid');
    expect(await queue.count('batches')).toBe(1);
    await putAside(queue, { kind: 'all' });
    expect(await queue.count('batches')).toBe(0);
  });
});

it('what was sent is not deleted but erased', async () => {
  await drawAndAccept(queue, await addMotions(queue, 2));
  expect((await putAside(queue, { kind: 'all' })).fragments).toBe(0);
  expect(await queue.count('records')).toBe(2);
});

it('an episode is not stored once one of its steps was deleted', async () => {
  const sequences = await addSteps(queue, 2);
  await putAside(queue, these([], [sequences[0]!]));
  expect(await add(queue, { consumedSequences: sequences })).toBe('deleted');
  expect(await queue.count('steps')).toBe(1);
});
