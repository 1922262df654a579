import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { toBase64Url } from './charter/base64url.ts';
import { readCharterInForce } from './consent/charter-in-force.ts';
import { agreeToLinked, decide, withdraw } from './consent/decide.ts';
import { writeItem } from './consent/stored-items.ts';
import { createDataHandlers } from './data-operations.ts';
import type { Messages } from './messages.ts';
import { mayRecord, receiveFragments, sendWhatIsDue, type PipelineContext } from './pipeline.ts';
import { readAccountsOf } from './queue/accounts.ts';
import { makeRoom } from './queue/make-room.ts';
import { openQueue, type QueueDatabase } from './queue/queue.ts';
import type { LossReason } from './queue/queue-schema.ts';
import { listSessions } from './queue/sessions.ts';
import { sentLedger } from './queue/sent-ledger.ts';
import { summarize } from './queue/summary.ts';
import { deleteUnsent } from './queue/withdraw.ts';
import { receiveSensitive } from './sensitive-tab.ts';
import { aCharter, aMovement, aStep, aTypingRun, aView, NOON_MS } from './testing/builders.ts';
import { recount, type Recount } from './testing/recount.ts';
import { seededRandom } from './testing/seeded-random.ts';
import type { RawFragment } from './capture/fragments.ts';
import type { Level } from './charter/charter.ts';
import type { TraceBatch } from './trace/batch.ts';
import { endSensitive } from './sensitive-tab.ts';

const KEY = 'A'.repeat(43);
const HOUR_MS = 3_600_000;
const APPS = ['desk', 'crm'] as const;
const SCOPES = ['pointer', 'keys', 'workflow'] as const;

/** What a person, their browser and a collector do, one after the other. */
type Deed =
  | { kind: 'work'; app: 0 | 1; movements: number; steps: number; gaps: number }
  | { kind: 'wait'; hours: number }
  | { kind: 'alarm'; status: number }
  | { kind: 'send-now'; status: number; which: number | undefined }
  | {
      kind: 'delete';
      what: 'all' | 'range' | 'app' | 'session' | 'records';
      which: number;
      undoable: boolean;
    }
  | { kind: 'delete-in-flight'; which: number }
  | { kind: 'undo'; which: number }
  | { kind: 'settle' }
  | { kind: 'erase'; which: number | undefined; result: 'erased' | 'not-held' }
  | { kind: 'lengthen'; hours: number }
  | { kind: 'sensitive'; dropped: number }
  | { kind: 'make-room' }
  | { kind: 'switch-off' }
  | { kind: 'withdraw' };

const which = fc.nat(20);
const status = fc.constantFrom(204, 204, 503, 422);
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('work' as const),
      app: fc.constantFrom(0 as const, 1 as const),
      movements: fc.oneof(fc.nat(5), fc.constant(25)),
      steps: fc.nat(4),
      gaps: fc.nat(1),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      hours: fc.constantFrom(0.01, 0.1, 1, 30, 400),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('alarm' as const), status }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('send-now' as const),
      status,
      which: fc.option(which, { nil: undefined }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('delete' as const),
      what: fc.constantFrom('all', 'range', 'app', 'session', 'records'),
      which,
      undoable: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete-in-flight' as const), which }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo' as const), which }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'settle' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('erase' as const),
      which: fc.option(which, { nil: undefined }),
      result: fc.constantFrom('erased', 'not-held'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('lengthen' as const), hours: fc.constantFrom(0, 24, 168) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sensitive' as const), dropped: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'make-room' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'switch-off' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'withdraw' as const }) },
);

/** Chance alone seldom brings about what these begin with: something on its way, at the collector, or made of steps. */
const someWork: Deed = { kind: 'work', app: 0, movements: 4, steps: 3, gaps: 0 };
const workElsewhere: Deed = { ...someWork, app: 1 };
const sendAll = (status: number): Deed => ({ kind: 'send-now', status, which: undefined });
const aWhile: Deed = { kind: 'wait', hours: 1 };
const anyScene: fc.Arbitrary<Deed[]> = fc.oneof(
  { weight: 6, arbitrary: anyDeed.map((deed) => [deed]) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Deed[]>(
      [someWork, sendAll(503)],
      [someWork, workElsewhere, aWhile, sendAll(503)],
      [someWork, workElsewhere, aWhile, sendAll(204)],
      [someWork, aWhile, { kind: 'delete-in-flight', which: 1 }, { kind: 'settle' }],
      [someWork, aWhile, sendAll(204), { kind: 'erase', which: 0, result: 'erased' }],
      [someWork, aWhile, sendAll(204), { kind: 'erase', which: undefined, result: 'not-held' }],
      [{ ...someWork, movements: 1, steps: 0 }, sendAll(422)],
      [someWork, { kind: 'switch-off' }],
    ),
  },
);

let signing: { keys: CryptoKeyPair; publicKey: string };
beforeEach(async () => {
  const keys = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey));
  signing = { keys, publicKey: toBase64Url(raw) };
});

/** A person's device and the collector that it talks to, with what should have come of everything. */
async function aWorld(level: Level) {
  const queue: QueueDatabase = await openQueue(`test ${Math.random()}`);
  const random = seededRandom(7);
  let nowMs = NOON_MS;
  let frames = 0;
  let batchStatus = 204;
  let erasureResult: 'erased' | 'not-held' = 'erased';
  let whileInFlight: (() => Promise<unknown>) | undefined;
  const deletions: string[] = [];
  /** Since a withdrawal nothing has been captured. */
  let isNobodyBack = false;
  /** Records that the person has deleted and not brought back. */
  const deletedIds = new Set<string>();
  const idsOfDeletion = new Map<string, string[]>();
  const charter = aCharter({
    holdHours: 24,
    protection: level === 'linked' ? 'linked' : 'balanced',
    apps: APPS.map((label) => ({ label, matches: [`https://${label}.example.com/*`] })),
  });
  /** Everything that no row tells of, as it should be. */
  const expected = {
    captured: 0,
    deleted: 0,
    dropped: 0,
    storageFull: 0,
    leftOut: 0,
    sent: 0,
    erased: 0,
    erasedNotHeld: 0,
  };

  const context: PipelineContext = {
    queue,
    random,
    now: () => nowMs,
    fetchFrom: async (input, init) => {
      const url = input as string;
      if (url.endsWith('/v1/batches')) return answerBatch(init?.body as Uint8Array);
      if (url.endsWith('/v1/erasures')) return answerErasure();
      return Response.json({ product: 'proffer', charter: '0'.repeat(64), publicKey: signing.publicKey });
    },
  };

  async function answerBatch(body: Uint8Array): Promise<Response> {
    for (const recordId of idsIn(body))
      expect(deletedIds.has(recordId), 'a deleted record is sent').toBe(false);
    const status = batchStatus;
    const meanwhile = whileInFlight;
    whileInFlight = undefined;
    await meanwhile?.();
    return new Response(null, { status });
  }

  async function answerErasure(): Promise<Response> {
    const answer = JSON.stringify({
      result: erasureResult,
      answeredOn: '2026-11-24',
      release: 3,
      pulledBy: 1,
    });
    const signature = await crypto.subtle.sign(
      'Ed25519',
      signing.keys.privateKey,
      new TextEncoder().encode(answer),
    );
    return Response.json({ answer, signature: toBase64Url(new Uint8Array(signature)) });
  }

  async function agree(scopes: readonly (typeof SCOPES)[number][] = SCOPES) {
    await writeItem('joined', { charter: JSON.stringify(charter), participantKey: KEY, hashingKey: KEY });
    const inForce = await readCharterInForce();
    const charterHash = inForce.kind === 'in-force' ? inForce.hash : '';
    if (level === 'linked') await agreeToLinked(inForce, { charterHash, scopes: [...scopes] }, nowMs);
    else await decide({ charter, charterHash, scopes: [...scopes], level }, nowMs);
  }

  const sender = (app: 0 | 1) => {
    const url = `https://${APPS[app]}.example.com/tickets`;
    return { id: 'x', url, frameId: 0, tab: { id: app + 1, url, incognito: false } } as never;
  };
  async function permit(): Promise<string> {
    const answer = await mayRecord(sender(0), context);
    return answer.recording ? answer.permit : 'none';
  }

  const handlers = createDataHandlers((work) => work(context));
  const ask = <Name extends keyof typeof handlers>(name: Name, request: Messages[Name]['request']) =>
    handlers[name](request, sender(0));

  /** What is on the device and can be deleted. */
  async function unsentIds() {
    const records = await queue.getAll('records');
    return records.filter(({ state }) => state !== 'sent').map(({ recordId }) => recordId);
  }

  async function work({ app, movements, steps, gaps }: Deed & { kind: 'work' }) {
    const before = await recount(queue);
    const fragments: RawFragment[] = [aView({ atMs: nowMs })];
    for (let index = 0; index < movements; index += 1) fragments.push(aMovement({ atMs: nowMs }));
    for (let index = 0; index < steps; index += 1) fragments.push(aStep({ atMs: nowMs + index * 700 }));
    for (let index = 0; index < gaps; index += 1)
      fragments.push({ kind: 'gap', atMs: nowMs, reason: 'budget' });
    if (level === 'linked') fragments.push(aTypingRun(12, { atMs: nowMs }));
    const message = {
      frame: String(++frames).padStart(22, '0'),
      number: 0,
      permit: await permit(),
      fragments,
    };
    await endSensitive({ isMuted: false }, sender(app));
    expect(await receiveFragments(message, sender(app), context)).toEqual({ kind: 'stored' });
    isNobodyBack = false;
    const captured = movements + steps + (level === 'linked' ? 1 : 0);
    expected.captured += captured;
    expected.leftOut += captured - (unsentOf(await recount(queue)) - unsentOf(before));
  }

  async function selectionOf({ what, which }: { what: string; which: number }) {
    const sessions = await listSessions(queue);
    const session = sessions[which % Math.max(1, sessions.length)];
    const ids = await unsentIds();
    const steps = await queue.getAllKeys('steps');
    switch (what) {
      case 'range':
        return { kind: 'range', fromMs: nowMs - which * HOUR_MS, toMs: nowMs + 2000 } as const;
      case 'app':
        return { kind: 'app', app: APPS[which % 2]! } as const;
      case 'session':
        return { kind: 'session', sessionId: session?.sessionId ?? 0 } as const;
      case 'records':
        return {
          kind: 'records',
          recordIds: ids.filter((_id, index) => index % 3 === which % 3),
          sequences: steps.filter((_step, index) => index % 3 === which % 3),
        } as const;
      default:
        return { kind: 'all' } as const;
    }
  }

  async function remove(deed: { what: string; which: number; undoable: boolean }) {
    const { undoable } = deed;
    const before = await recount(queue);
    const idsBefore = await unsentIds();
    const { deletionId, fragments } = await ask('data:delete', {
      selection: await selectionOf(deed),
      undoable,
    });
    const left = new Set(await unsentIds());
    const gone = idsBefore.filter((recordId) => !left.has(recordId));
    for (const recordId of gone) deletedIds.add(recordId);
    idsOfDeletion.set(deletionId, gone);
    deletions.push(deletionId);
    expect(unsentOf(before) - unsentOf(await recount(queue))).toBe(fragments);
    if (!undoable) expected.deleted += fragments;
    // What has begun at the very moment is forgotten with it.
    nowMs += 5000;
  }

  async function send(deed: Deed & { kind: 'alarm' | 'send-now' }) {
    batchStatus = deed.status;
    const before = await recount(queue);
    if (deed.kind === 'alarm') await sendWhatIsDue(context);
    else {
      const selection =
        deed.which !== undefined && (await selectionOf({ what: 'session', which: deed.which }));
      await ask('data:send-now', selection ? { selection } : {});
    }
    const after = await recount(queue);
    expected.sent += sentNow(after) - sentNow(before);
    noteAnswers(before.erasing, after.erasing);
  }

  /** Erasures that were on the way are answered with whatever the collector answers now. */
  function noteAnswers(before: number, after: number) {
    expected[erasureResult === 'erased' ? 'erased' : 'erasedNotHeld'] += before - after;
  }

  async function perform(deed: Deed): Promise<void> {
    const before = await recount(queue);
    switch (deed.kind) {
      case 'work':
        return work(deed);
      case 'wait':
        nowMs += Math.round(deed.hours * HOUR_MS);
        return;
      case 'alarm':
      case 'send-now':
        return send(deed);
      case 'delete':
        return remove(deed);
      case 'delete-in-flight':
        whileInFlight = () => remove({ what: 'records', which: deed.which, undoable: true });
        await send({ kind: 'send-now', status: 204, which: undefined });
        whileInFlight = undefined;
        return;
      case 'undo': {
        const deletionId = deletions[deed.which % Math.max(1, deletions.length)] ?? crypto.randomUUID();
        const undone = await ask('data:undo', { deletionId });
        if (undone.kind === 'gone') return;
        for (const recordId of idsOfDeletion.get(deletionId) ?? []) deletedIds.delete(recordId);
        expect(unsentOf(await recount(queue)) - unsentOf(before)).toBe(undone.fragments);
        return;
      }
      case 'settle':
        expected.deleted += before.fragments.putAside;
        await ask('data:settle', {});
        return;
      case 'erase': {
        erasureResult = deed.result;
        const lines = await sentLedger(queue);
        const line = lines[(deed.which ?? 0) % Math.max(1, lines.length)];
        const chosen = deed.which === undefined ? ('all' as const) : line ? [line] : [];
        await ask('data:erase', {
          lines: chosen === 'all' ? chosen : chosen.map(({ day, app, kind }) => ({ day, app, kind })),
          atOnce: true,
        });
        noteAnswers(before.erasable, (await recount(queue)).erasable);
        return;
      }
      case 'lengthen':
        await ask('data:lengthen-hold', { hours: deed.hours });
        return;
      case 'sensitive': {
        const news = { permit: await permit(), dropped: deed.dropped, isLeaving: false };
        await receiveSensitive(news, sender(0), context);
        const after = await recount(queue);
        isNobodyBack = false;
        expected.captured += deed.dropped;
        const asideGone = before.fragments.putAside - after.fragments.putAside;
        expected.dropped += deed.dropped + unsentOf(before) - unsentOf(after) + asideGone;
        return;
      }
      case 'make-room':
        await makeRoom(queue);
        expected.storageFull += unsentOf(before) - unsentOf(await recount(queue));
        return;
      case 'switch-off': {
        await agree(['workflow']);
        await deleteUnsent(queue, ['workflow'], level);
        const after = await recount(queue);
        const arrived = sentNow(after) - sentNow(before);
        expected.sent += arrived;
        expected.deleted += unsentOf(before) - unsentOf(after) + before.fragments.putAside - arrived;
        await agree();
        return;
      }
      case 'withdraw': {
        await withdraw(nowMs);
        await deleteUnsent(queue);
        const after = await recount(queue);
        const known = sentNow(after) + after.erasingFragments;
        const none = { deleted: 0, dropped: 0, storageFull: 0, leftOut: 0, erased: 0, erasedNotHeld: 0 };
        Object.assign(expected, { ...none, captured: known, sent: known });
        isNobodyBack = true;
        await agree();
      }
    }
  }

  /** With the last of what a withdrawal left, its counts are gone. */
  async function forgetWithLast(): Promise<void> {
    const left = (await queue.count('records')) + (await queue.count('erasures'));
    if (!isNobodyBack || left > 0) return;
    for (const name of Object.keys(expected) as (keyof typeof expected)[]) expected[name] = 0;
  }

  async function check(): Promise<void> {
    await forgetWithLast();
    const { accounts } = await summarize(queue, nowMs);
    const rows = await recount(queue);
    for (const account of [accounts, accounts.sightings]) {
      const { captured, held, due, sending, sent, refused, deleted, lost, leftOut, erased, erasedNotHeld } =
        account;
      const sum = held + due + sending + sent + refused + deleted + sumOf(lost) + leftOut;
      expect(captured, 'captured is the sum of all that became of it').toBe(sum);
      expect(erased + erasedNotHeld).toBeLessThanOrEqual(sent);
      for (const count of [held, due, sending, sent, refused, deleted, leftOut, erased, erasedNotHeld])
        expect(count).toBeGreaterThanOrEqual(0);
    }
    expect(accounts.held + accounts.due).toBe(rows.fragments.waiting);
    expect(accounts.due).toBe(rows.dueFragments(nowMs));
    expect(accounts.sending).toBe(rows.fragments.sending);
    expect(accounts.refused).toBe(rows.fragments.refused);
    expect({
      captured: accounts.captured,
      deleted: accounts.deleted - rows.fragments.putAside,
      dropped: accounts.lost.dropped ?? 0,
      storageFull: accounts.lost.storageFull ?? 0,
      leftOut: accounts.leftOut,
      sent: accounts.sent,
      erased: accounts.erased + accounts.sightings.erased,
      erasedNotHeld: accounts.erasedNotHeld + accounts.sightings.erasedNotHeld,
    }).toEqual({
      captured: expected.captured,
      deleted: expected.deleted,
      dropped: expected.dropped,
      storageFull: expected.storageFull,
      leftOut: expected.leftOut,
      sent: expected.sent,
      erased: expected.erased,
      erasedNotHeld: expected.erasedNotHeld,
    });
    expect((await readAccountsOf(queue)).onDevice).toEqual(rows.onDevice);
    expect(await listSessions(queue)).toEqual(rows.sessions);
    expect(await sentLedger(queue)).toEqual(rows.ledger);
    for (const { body, batchId } of await queue.getAll('batches')) {
      const ids = idsIn(body);
      for (const recordId of ids)
        expect(deletedIds.has(recordId), 'a deleted record is in a batch').toBe(false);
      const inBatch = await queue.getAllKeysFromIndex('records', 'by-batch', batchId);
      expect([...inBatch].sort()).toEqual([...ids].sort());
    }
  }

  await agree();
  return { perform, check };
}

function sumOf(lost: Partial<Record<LossReason, number>>): number {
  return Object.values(lost).reduce((sum, count) => sum + count, 0);
}

/** Fragments that may still leave. */
function unsentOf({ fragments }: Recount): number {
  return fragments.waiting + fragments.sending + fragments.refused;
}

function sentNow({ fragments }: Recount): number {
  return fragments.sent;
}

function idsIn(body: Uint8Array): string[] {
  return (JSON.parse(gunzipSync(body).toString()) as TraceBatch).records.map((record) => record.recordId);
}

describe('the accounts', () => {
  it.each(['balanced', 'linked'] as const)(
    'add up after each thing that happens, and what was deleted is in no batch (%s)',
    async (level) => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyScene, { minLength: 1, maxLength: 16 }), async (scenes) => {
          const world = await aWorld(level);
          for (const deed of scenes.flat()) {
            await world.perform(deed);
            await world.check();
          }
        }),
        { numRuns: 60 },
      );
    },
    120_000,
  );
});
