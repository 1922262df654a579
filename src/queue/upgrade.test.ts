import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { NOON_MS } from '../testing/builders.ts';
import { aHeldStep, aHeldView, draw, MOTION } from '../testing/fill-queue.ts';
import { recount } from '../testing/recount.ts';
import { settleAccepted } from './batches.ts';
import { putAside, settleDeletions, undoDeletion } from './delete.ts';
import { readErasureReceipts } from './erasures.ts';
import { openQueue } from './queue.ts';
import { listSessions, readSession } from './sessions.ts';
import { sentLedger } from './sent-ledger.ts';
import { summarize } from './summary.ts';
import { deleteUnsent } from './withdraw.ts';

const HOUR_MS = 3_600_000;
const DUE_MS = NOON_MS + 24 * HOUR_MS;
const BATCH_ID = '11111111-1111-4111-8111-111111111111';
let name: string;

/** A record as version 1 kept it. */
function anOldRecord(id: number, changes: object = {}) {
  const recordId = String(id).padStart(22, '0');
  return {
    recordId,
    counter: id,
    kind: 'motion',
    state: 'waiting',
    dueAtMs: DUE_MS,
    charter: 'A'.repeat(43),
    level: 'balanced',
    collectorUrl: 'https://collector.example.com',
    record: { ...MOTION, recordId, recordedOn: '2026-11-23' },
    batchId: undefined,
    local: { app: 'desk', startMs: NOON_MS + id * 60_000 },
    ...changes,
  };
}

function anOldStep(sequence: number, changes: object = {}) {
  const { retentionDays: _retentionDays, ...step } = aHeldStep(sequence, changes);
  return step;
}

const steps = Array.from({ length: 3 }, () => ({
  action: 'click',
  view: 0,
  pauseBeforeMs: 0,
  pathFlags: [],
  scrollPosition: 'top',
  effect: 'none',
}));
const episode = { kind: 'episode', views: [aHeldView()], steps, gaps: [], outcome: 'unknown' };

beforeEach(async () => {
  name = `test ${Math.random()}`;
  const old = await openDB(name, 1, {
    upgrade(database) {
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
    },
  });
  const sending = { state: 'sending', batchId: BATCH_ID, dueAtMs: NOON_MS };
  const sent = { state: 'sent', record: undefined, dueAtMs: NOON_MS };
  for (const record of [
    anOldRecord(1),
    anOldRecord(2),
    // Two hours later: another session.
    anOldRecord(3, { local: { app: 'desk', startMs: NOON_MS + 2 * HOUR_MS } }),
    anOldRecord(4, sending),
    anOldRecord(5, sent),
    anOldRecord(6, { ...sent, kind: 'episode' }),
    anOldRecord(7, { kind: 'episode', record: episode, dueAtMs: NOON_MS }),
    anOldRecord(8, {
      kind: 'sighting',
      record: { kind: 'sighting', seen: { what: 'app', app: 'desk' } },
      local: { app: '', startMs: NOON_MS },
    }),
    anOldRecord(9, { state: 'refused' }),
  ])
    await old.put('records', record);
  for (const step of [
    anOldStep(1),
    anOldStep(2, { app: 'crm' }),
    anOldStep(3, { step: undefined, gap: 'budget' }),
  ])
    await old.put('steps', step);
  await old.put('batches', {
    batchId: BATCH_ID,
    body: new Uint8Array(1),
    collectorUrl: 'https://collector.example.com',
    recordCount: 1,
    state: 'sending',
    attempts: 3,
    nextAttemptAtMs: NOON_MS,
    refusal: undefined,
  });
  await old.put('erasures', {
    counter: 20,
    dueAtMs: NOON_MS,
    attempts: 0,
    collectorUrl: 'https://collector.example.com',
    participantKey: 'A'.repeat(43),
  });
  await old.put(
    'meta',
    {
      motion: 20,
      rhythm: 0,
      episode: 2,
      trace: 0,
      sighting: 1,
      sent: 8,
      deleted: 4,
      dropped: 2,
      leftOut: 1,
      erased: 3,
      erasedNotHeld: 1,
    },
    'totals',
  );
  await old.put('meta', 5, 'epoch');
  old.close();
});

describe('a queue of version 1', () => {
  it('keeps its rows, and has accounts that add up', async () => {
    const queue = await openQueue(name);
    const { accounts, totals, sent } = await summarize(queue, NOON_MS);
    // Two that were sent are known still, one is being erased, five were forgotten or erased.
    expect(accounts).toMatchObject({
      // Three motions and three steps, of which an episode of three is due.
      held: 3 + 2,
      due: 3,
      sending: 1,
      sent: 8,
      refused: 1,
      deleted: 4,
      lost: { dropped: 2 },
      leftOut: 1,
      erased: 3,
      erasedNotHeld: 1,
      erasuresPending: 1,
      sightings: { captured: 1, held: 1 },
    });
    expect(accounts.captured).toBe(5 + 3 + 1 + 8 + 1 + 4 + 2 + 1);
    expect(totals).toMatchObject({ motion: 20, episode: 2, sent: 8, erased: 3, erasedNotHeld: 1 });
    expect(sent).toBe(2);
    expect(await readErasureReceipts(queue)).toMatchObject([{ erased: 3, notHeld: 1 }]);
    expect(await queue.get('meta', 'epoch')).toBe(5);
  });

  it('has sessions and a ledger as if they had been kept from the beginning', async () => {
    const queue = await openQueue(name);
    const { sessions, ledger } = await recount(queue);
    expect(await listSessions(queue)).toEqual(sessions);
    expect(sessions.map(({ app, unsent, sent }) => [app, unsent, sent])).toEqual([
      ['desk', 1, 0],
      ['crm', 1, 0],
      // Two motions on hold, one on its way, an episode of three, one refused, a step.
      ['desk', 2 + 1 + 3 + 1 + 1, 2],
    ]);
    expect(await sentLedger(queue)).toEqual(ledger);
    expect(ledger.map(({ day, app, kind, records }) => [day, app, kind, records])).toEqual([
      ['2026-11-23', 'desk', 'motion', 1],
      ['2026-11-23', 'desk', 'episode', 1],
    ]);
    const content = await readSession(queue, sessions[2]!.sessionId, NOON_MS);
    expect(content?.items.map(({ state }) => state).sort()).toEqual(
      ['due', 'held', 'held', 'held', 'held', 'refused', 'sending'].sort(),
    );
  });

  it('goes on: what was drawn is settled, what waits is drawn, deleted, brought back and withdrawn', async () => {
    const queue = await openQueue(name);
    await settleAccepted(queue, BATCH_ID);
    expect(await draw(queue, 'new', [anOldRecord(1).recordId])).toBe(true);
    await settleAccepted(queue, 'new');
    const { deletionId } = await putAside(queue, { kind: 'app', app: 'desk' });
    expect((await summarize(queue, NOON_MS)).accounts).toMatchObject({ sent: 10, held: 1, due: 0 });
    await undoDeletion(queue, deletionId);
    const rows = await recount(queue);
    expect(await listSessions(queue)).toEqual(rows.sessions);
    await putAside(queue, { kind: 'all' });
    await settleDeletions(queue, undefined);
    await deleteUnsent(queue);
    expect((await queue.getAll('records')).map(({ state }) => state)).toEqual([
      'sent',
      'sent',
      'sent',
      'sent',
    ]);
    expect((await summarize(queue, NOON_MS)).accounts).toMatchObject({ captured: 5, sent: 5 });
  });

  it('keeps no time of what was sent but its day', async () => {
    const queue = await openQueue(name);
    const sent = (await queue.getAll('records')).filter(({ state }) => state === 'sent');
    expect(sent.map(({ local, dueAtMs }) => [local.startMs, dueAtMs])).toEqual(
      sent.map(() => [Date.UTC(2026, 10, 23), Date.UTC(2026, 10, 23)]),
    );
  });
});
