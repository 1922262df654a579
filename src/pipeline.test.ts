import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { charterHash } from './charter/charter-hash.ts';
import type { Charter, Scope } from './charter/charter.ts';
import { decide, pause, setSiteOff, withdraw } from './consent/decide.ts';
import { writeItem } from './consent/stored-items.ts';
import type { RawFragment } from './capture/fragments.ts';
import { mayRecord, receiveFragments, sendWhatIsDue, type PipelineContext } from './pipeline.ts';
import { openQueue, type QueueDatabase } from './queue/queue.ts';
import { summarize } from './queue/summary.ts';
import { deleteUnsent } from './queue/withdraw.ts';
import { aCharter, aMovement, aStep, aTypingRun, aView, NOON_MS } from './testing/builders.ts';
import { TraceBatch } from './trace/batch.ts';
import { appOf } from './trace/held-step.ts';
import { KEPT_A_DAY } from './trace/limits.ts';
import type { Sighting } from './trace/sighting.ts';
import { seededRandom } from './testing/seeded-random.ts';
import type { Random } from './trace/random.ts';

const KEY = 'A'.repeat(43);
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const FRAME = 'F'.repeat(22);
const URL_IN_APP = 'https://desk.example.com/tickets/7';

let queue: QueueDatabase;
/** The same in each run: how many records a long run is cut into depends on it. */
let random: Random;
let nowMs: number;
let requests: { url: string; body: Uint8Array; headers: Headers }[];
let answers: (() => Response | Promise<Response>)[];

const context = (): PipelineContext => ({
  queue,
  random,
  now: () => nowMs,
  fetchFrom: async (input, init) => {
    requests.push({
      url: input as string,
      body: init?.body as Uint8Array,
      headers: new Headers(init?.headers),
    });
    return (answers.shift() ?? (() => new Response(null, { status: 204 })))();
  },
});

const sender = (url = URL_IN_APP, changes: object = {}) =>
  ({ id: 'x', url, frameId: 0, tab: { id: 1, url, incognito: false, ...changes } }) as never;

/** What the frame would be told it may record under. */
async function permit(): Promise<string> {
  const answer = await mayRecord(sender(), context());
  return answer.recording ? answer.permit : 'none';
}

const receive = async (fragments: RawFragment[], number = 0, from = sender()) =>
  receiveFragments({ frame: FRAME, number, permit: await permit(), fragments }, from, context());

async function consentTo(charter: Charter, scopes: Scope[]) {
  await writeItem('joined', { charter: JSON.stringify(charter), participantKey: KEY, hashingKey: KEY });
  await decide({ charter, charterHash: await charterHash(charter), scopes, level: 'balanced' }, nowMs);
}

const sentBatch = (index: number) =>
  TraceBatch.parse(JSON.parse(gunzipSync(requests[index]!.body).toString()));
/** Without a minimum of contributors no sightings are made, which most tests here are not about. */
const plain = (changes: Partial<Charter> = {}) => aCharter({ minContributors: 0, ...changes });
const everything: RawFragment[] = [aView(), aStep(), aMovement(), aTypingRun(40)];

beforeEach(async () => {
  nowMs = NOON_MS;
  random = seededRandom(1);
  requests = [];
  answers = [];
  queue = await openQueue(`test ${Math.random()}`);
});

describe('receiving fragments', () => {
  it('stores nothing and stops the frame while nobody has decided', async () => {
    await writeItem('joined', { charter: JSON.stringify(plain()), participantKey: KEY, hashingKey: KEY });
    expect(await mayRecord(sender(), context())).toEqual({ recording: false, elsewhere: false });
    expect(await receive(everything)).toEqual({ kind: 'stop' });
    expect(await summarize(queue, nowMs)).toMatchObject({ held: { records: 0, steps: 0 }, due: 0 });
  });

  it('answers "stored" once protected records and steps are in the queue, on hold', async () => {
    await consentTo(plain(), ['pointer', 'keys', 'workflow']);
    expect(await mayRecord(sender(), context())).toMatchObject({
      recording: true,
      scopes: ['pointer', 'keys', 'workflow'],
    });
    expect(await receive(everything)).toEqual({ kind: 'stored' });
    expect(await summarize(queue, nowMs)).toMatchObject({
      held: { records: 2, steps: 1 },
      due: 0,
      totals: { motion: 1, rhythm: 1 },
    });
  });

  it('takes a repeated message once, and none before the one that precedes it', async () => {
    await consentTo(plain(), ['pointer']);
    expect(await receive([aMovement()], 1)).toEqual({ kind: 'try-later' });
    expect(await receive([aMovement()], 0)).toEqual({ kind: 'stored' });
    expect(await receive([aMovement()], 0)).toEqual({ kind: 'stored' });
    expect(await receive([aMovement()], 1)).toEqual({ kind: 'stored' });
    expect((await summarize(queue, nowMs)).held.records).toBe(2);
  });

  it('takes nothing that was captured before a withdrawal, even after a new consent', async () => {
    await consentTo(plain(), ['pointer']);
    const message = { frame: FRAME, number: 0, permit: await permit(), fragments: [aMovement()] };
    await withdraw(nowMs);
    await deleteUnsent(queue);
    await consentTo(plain(), ['pointer']);
    expect(await receiveFragments(message, sender(), context())).toEqual({ kind: 'stop' });
    expect((await summarize(queue, nowMs)).held.records).toBe(0);
  });

  it('takes nothing once the charter has widened, from the first message on, whatever permit it bears', async () => {
    await consentTo(plain({ retentionDays: 30 }), ['pointer']);
    const oldPermit = await permit();
    const wider = plain({ retentionDays: 31 });
    await writeItem('joined', { charter: JSON.stringify(wider), participantKey: KEY, hashingKey: KEY });
    expect(await mayRecord(sender(), context())).toMatchObject({ recording: false });
    const permitOfWider = oldPermit.replace(/[0-9a-f]{64}/, await charterHash(wider));
    for (const claimed of [oldPermit, permitOfWider]) {
      const message = { frame: FRAME, number: 0, permit: claimed, fragments: [aMovement()] };
      expect(await receiveFragments(message, sender(), context())).toEqual({ kind: 'stop' });
    }
    expect((await summarize(queue, nowMs)).held.records).toBe(0);
  });

  it('judges a page that is being left by its own address, not by the one that its tab shows already', async () => {
    const apps = [
      { label: 'desk', matches: ['https://desk.example.com/*'] },
      { label: 'crm', matches: ['https://crm.example.com/*'] },
    ];
    await consentTo(plain({ apps }), ['workflow']);
    await receive([aStep()], 0, sender(URL_IN_APP, { url: 'https://crm.example.com/' }));
    expect((await queue.getAll('steps')).map(appOf)).toEqual(['desk']);
  });

  it('tells a page that another address of the same document may be recorded', async () => {
    await consentTo(plain(), ['pointer']);
    const asked = await mayRecord(sender('https://desk.example.com/login'), context());
    expect(asked).toEqual({ recording: false, elsewhere: true });
  });

  it('drops what belongs to a scope that is off', async () => {
    await consentTo(plain(), ['workflow']);
    await receive(everything);
    expect((await summarize(queue, nowMs)).held).toEqual({ records: 0, steps: 1 });
  });

  it('stops frames that are paused, switched off, sensitive, kept out, incognito or in no app', async () => {
    const charter = plain({ neverRecord: ['https://desk.example.com/private/*'] });
    await consentTo(charter, ['pointer']);
    const stopped = async (from = sender()) => (await receive([aMovement()], 9, from)).kind === 'stop';
    expect(await stopped(sender('https://desk.example.com/private/1'))).toBe(true);
    expect(await stopped(sender('https://desk.example.com/login'))).toBe(true);
    expect(await stopped(sender('https://elsewhere.example.com/'))).toBe(true);
    expect(await stopped(sender(URL_IN_APP, { incognito: true }))).toBe(true);
    const inUnknownTab = { ...(sender(URL_IN_APP, { url: undefined }) as object), frameId: 3 } as never;
    expect(await stopped(inUnknownTab)).toBe(true);
    const framed = {
      ...(sender('https://elsewhere.example.com/') as object),
      url: URL_IN_APP,
      frameId: 3,
    } as never;
    expect(await stopped(framed)).toBe(true);
    await setSiteOff('desk.example.com', true);
    expect(await stopped()).toBe(true);
    await setSiteOff('desk.example.com', false);
    await pause(nowMs + 60_000);
    expect(await stopped()).toBe(true);
    nowMs += 60_001;
    expect(await stopped()).toBe(false);
  });

  it('stops a frame whose message cannot be parsed, and stores nothing of it', async () => {
    await consentTo(plain(), ['pointer', 'workflow']);
    const withText = { ...aStep(), text: 'canary' } as unknown as RawFragment;
    expect(await receive([aMovement(), withText])).toEqual({ kind: 'stop' });
    expect((await summarize(queue, nowMs)).held).toEqual({ records: 0, steps: 0 });
  });

  it('stores nothing that was captured before a withdrawal and arrives after it', async () => {
    await consentTo(plain(), ['pointer']);
    // The withdrawal happens just after consent has been checked, while the message is being worked on.
    const get = async (...about: Parameters<QueueDatabase['get']>) => {
      if (about[0] === 'tabViews') {
        await withdraw(nowMs);
        await deleteUnsent(queue);
      }
      return queue.get(...about);
    };
    const interrupted = new Proxy(queue, {
      get: (target, name) => {
        const value = Reflect.get(target, name) as unknown;
        if (name === 'get') return get;
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const message = { frame: FRAME, number: 0, permit: await permit(), fragments: [aMovement()] };
    const late = await receiveFragments(message, sender(), { ...context(), queue: interrupted });
    expect(late).toEqual({ kind: 'stop' });
    expect(await receiveFragments(message, sender(), context())).toEqual({ kind: 'stop' });
    const { held, due } = await summarize(queue, nowMs);
    expect(held.records + due).toBe(0);
  });

  it('gives the step of a child frame the view that its tab shows', async () => {
    await consentTo(plain(), ['workflow']);
    await receive([aView({ routeShape: '/help' })]);
    const child = { ...(sender() as object), frameId: 7, url: 'about:blank' } as never;
    await receiveFragments(
      { frame: 'G'.repeat(22), number: 0, permit: await permit(), fragments: [aView(), aStep()] },
      child,
      context(),
    );
    const [step] = await queue.getAll('steps');
    const tabView = await queue.get('tabViews', 1);
    expect(tabView?.viewId).toBeDefined();
    expect(step).toMatchObject({ viewId: tabView?.viewId });
  });
});

describe('sightings', () => {
  const sightings = async () =>
    (await queue.getAll('records')).filter((record) => record.kind === 'sighting');

  it('count each key and each week of contributing once, at random times within the week after the hold', async () => {
    await consentTo(aCharter({ holdHours: 24 }), ['pointer', 'workflow']);
    await receive(everything, 0);
    await receive(everything, 1);
    const made = await sightings();
    expect(made.map((record) => (record.record as Sighting).seen.what).sort()).toEqual([
      'app',
      'contributed',
      'contributed',
      'element',
      'view',
    ]);
    for (const { dueAtMs } of made) {
      expect(dueAtMs).toBeGreaterThanOrEqual(nowMs + 24 * 3_600_000);
      expect(dueAtMs).toBeLessThanOrEqual(nowMs + 8 * 24 * 3_600_000);
    }
  });

  it('count contributing anew under a new charter, and what was met only once', async () => {
    await consentTo(aCharter(), ['pointer', 'workflow']);
    await receive(everything, 0);
    await consentTo(aCharter({ retentionDays: 30 }), ['pointer', 'workflow']);
    await receive(everything, 1);
    const what = (await sightings()).map((record) => (record.record as Sighting).seen.what);
    expect(what.filter((name) => name === 'contributed')).toHaveLength(4);
    expect(what.filter((name) => name !== 'contributed')).toHaveLength(3);
  });

  it('travel alone, and not when the person sends everything now', async () => {
    await consentTo(aCharter(), ['pointer', 'workflow']);
    await receive(everything);
    await sendWhatIsDue(context(), { atOnce: true, includeHeld: true });
    expect(sentBatch(0).records.map((record) => record.kind)).not.toContain('sighting');
    nowMs += 9 * 24 * 3_600_000;
    requests = [];
    for (let minute = 0; minute < 6; minute += 1) await sendWhatIsDue(context());
    expect(requests).toHaveLength(5);
    for (const index of requests.keys()) expect(sentBatch(index).records).toHaveLength(1);
  });

  it('are not made where the charter has no minimum that they would serve', async () => {
    await consentTo(aCharter({ minContributors: 0 }), ['pointer', 'workflow']);
    await receive(everything);
    expect(await sightings()).toEqual([]);
  });
});

describe('sending', () => {
  const atOnce = { atOnce: true, includeHeld: true };

  it('sends nothing while it is on hold, and everything once when the hold is over', async () => {
    await consentTo(plain({ holdHours: 24 }), ['pointer', 'keys', 'workflow']);
    await receive(everything);
    nowMs += 24 * 3_600_000 - 1;
    expect(await sendWhatIsDue(context(), { atOnce: true, includeHeld: false })).toBeUndefined();
    // Each leaves by chance within as long again.
    nowMs += 24 * 3_600_000 + 1;
    expect(await sendWhatIsDue(context(), { atOnce: true, includeHeld: false })).toEqual({
      kind: 'accepted',
    });
    expect(await sendWhatIsDue(context(), { atOnce: true, includeHeld: false })).toBeUndefined();
    expect(requests).toHaveLength(1);
    expect(
      sentBatch(0)
        .records.map((record) => record.kind)
        .sort(),
    ).toEqual(['episode', 'motion', 'rhythm']);
    expect(await summarize(queue, nowMs)).toMatchObject({
      held: { records: 0, steps: 0 },
      due: 0,
      sent: 3,
      totals: { sent: 3 },
    });
  });

  it('sends a padded batch with the key, to the collector of the charter, and nothing else', async () => {
    await consentTo(plain(), ['pointer']);
    await receive([aMovement()]);
    await sendWhatIsDue(context(), { atOnce: true, includeHeld: true });
    expect(requests[0]).toMatchObject({ url: 'https://collector.example.com/v1/batches' });
    expect(requests[0]!.body.length).toBe(4096);
    expect(Object.fromEntries(requests[0]!.headers)).toEqual({
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/gzip',
    });
    expect(sentBatch(0).charter).toBe(await charterHash(plain()));
  });

  it('keeps no content of what was sent', async () => {
    await consentTo(plain(), ['pointer']);
    await receive([aMovement()]);
    await sendWhatIsDue(context(), { atOnce: true, includeHeld: true });
    expect((await queue.getAll('records'))[0]).toMatchObject({ state: 'sent', record: undefined });
    expect(await queue.count('batches')).toBe(0);
  });

  it.each([
    [401, 'key'],
    [403, 'key'],
    [410, 'charter'],
  ] as const)(
    'stops for an hour after %i, says why since when, and goes on once it is put right',
    async (status, kind) => {
      await consentTo(plain({ holdHours: 0 }), ['pointer']);
      await sendWhatIsDue(context());
      await receive([aMovement()], 0);
      const sinceMs = nowMs;
      answers = [() => new Response(null, { status }), () => new Response(null, { status })];
      expect(await sendWhatIsDue(context(), atOnce)).toMatchObject({ kind: 'stopped' });
      await receive([aMovement()], 1);
      nowMs += HOUR_MS - 1;
      expect(await sendWhatIsDue(context())).toBeUndefined();
      expect((await summarize(queue, nowMs)).troubles).toMatchObject([{ kind, sinceMs }]);
      nowMs += 1;
      expect(await sendWhatIsDue(context())).toMatchObject({ kind: 'stopped' });
      expect((await summarize(queue, nowMs)).troubles).toMatchObject([{ kind, sinceMs }]);
      expect(requests).toHaveLength(2);
      nowMs += HOUR_MS;
      expect(await sendWhatIsDue(context())).toMatchObject({ kind: 'accepted' });
      expect((await summarize(queue, nowMs)).troubles).toEqual([]);
    },
  );

  it('puts a batch aside whole where the collector has something else under its id, and goes on saying so', async () => {
    await consentTo(plain({ holdHours: 0 }), ['pointer']);
    await receive([aMovement(), aMovement()], 0);
    answers = [
      () => Response.json({ error: 'batch-different', message: '' }, { status: 409 }),
      () => new Response(null, { status: 401 }),
    ];
    expect(await sendWhatIsDue(context(), atOnce)).toMatchObject({ kind: 'conflict' });
    await receive([aMovement()], 1);
    expect(await sendWhatIsDue(context(), atOnce)).toMatchObject({ kind: 'stopped' });
    nowMs += HOUR_MS;
    expect(await sendWhatIsDue(context(), atOnce)).toMatchObject({ kind: 'accepted' });
    const { refused, sent, troubles } = await summarize(queue, nowMs);
    expect({ refused, sent, kinds: troubles.map(({ kind }) => kind) }).toEqual({
      refused: 2,
      sent: 1,
      kinds: ['conflict'],
    });
  });

  it('notes nothing of an answer that comes after a withdrawal', async () => {
    for (const status of [401, 409]) {
      await consentTo(plain({ holdHours: 0 }), ['pointer']);
      await receive([aMovement()], 0);
      answers = [
        async () => {
          await withdraw(nowMs);
          await deleteUnsent(queue);
          return new Response(null, { status });
        },
      ];
      await sendWhatIsDue(context(), atOnce);
      expect((await summarize(queue, nowMs)).troubles).toEqual([]);
    }
  });

  it('does not go on by itself where the collector could not be reached', async () => {
    await consentTo(plain({ holdHours: 0 }), ['pointer']);
    await receive([aMovement()], 0);
    answers = [() => new Response(null, { status: 503 })];
    await sendWhatIsDue(context(), atOnce);
    expect(await queue.get('meta', 'sendsAll')).toBeUndefined();
  });

  it('sends ten batches at once at most, and the rest by itself, one a minute', async () => {
    await consentTo(plain({ holdHours: 0 }), ['pointer']);
    for (let number = 0; number < 12; number += 1) {
      await consentTo(plain({ holdHours: 0, retentionDays: 30 + number }), ['pointer']);
      await receive([aMovement()], number);
    }
    // Each has a charter of its own, so that none travels with another.
    expect(await sendWhatIsDue(context(), atOnce)).toMatchObject({ kind: 'try-later', reason: 'pace' });
    expect(requests).toHaveLength(10);
    nowMs += 59_000;
    await sendWhatIsDue(context());
    expect(requests).toHaveLength(10);
    nowMs += 1000;
    await sendWhatIsDue(context());
    expect(requests).toHaveLength(11);
    nowMs += 60_000;
    await sendWhatIsDue(context());
    expect(await summarize(queue, nowMs)).toMatchObject({ sent: 12, due: 0, sending: 0 });
    expect(await queue.get('meta', 'sendsAll')).toBeUndefined();
  });

  it('does not wait until a clock that ran ahead has come right', async () => {
    await consentTo(plain({ holdHours: 0 }), ['pointer']);
    await receive([aMovement()]);
    for (const [index, aheadMs] of [2 * DAY_MS, HOUR_MS].entries()) {
      nowMs += aheadMs;
      answers = [() => new Response(null, { status: 503 })];
      await receive([aMovement()], index + 1);
      expect(await sendWhatIsDue(context(), atOnce)).toMatchObject({ kind: 'try-later' });
      nowMs -= aheadMs;
      expect(await sendWhatIsDue(context(), atOnce)).toMatchObject({ kind: 'accepted' });
    }
  });

  it('sends the same bytes again after no answer, a 503 and a 429, when their time has come', async () => {
    await consentTo(plain(), ['pointer']);
    await receive([aMovement()]);
    answers = [
      () => Promise.reject(new TypeError('network')),
      () => new Response(null, { status: 503 }),
      () => new Response(null, { status: 429, headers: { 'retry-after': '120' } }),
    ];
    expect(await sendWhatIsDue(context(), atOnce)).toMatchObject({ kind: 'try-later' });
    nowMs += 5_000;
    expect(await sendWhatIsDue(context(), atOnce)).toMatchObject({ kind: 'try-later', reason: 'status-503' });
    nowMs += 10_000;
    expect(await sendWhatIsDue(context(), atOnce)).toMatchObject({ kind: 'try-later', afterMs: 120_000 });
    nowMs += 119_000;
    expect(await sendWhatIsDue(context(), atOnce)).toBeUndefined();
    nowMs += 1_000;
    expect(await sendWhatIsDue(context(), atOnce)).toEqual({ kind: 'accepted' });
    expect(requests).toHaveLength(4);
    expect(new Set(requests.map((request) => Buffer.from(request.body).toString('hex'))).size).toBe(1);
  });

  it('sends a batch that was drawn before along with what is drawn now', async () => {
    await consentTo(plain(), ['pointer']);
    await receive([aMovement()], 0);
    answers = [() => new Response(null, { status: 503 })];
    await sendWhatIsDue(context(), { atOnce: true, includeHeld: true });
    await receive([aMovement()], 1);
    nowMs += 5_000;
    await sendWhatIsDue(context(), { atOnce: true, includeHeld: true });
    expect(await summarize(queue, nowMs)).toMatchObject({ sent: 2, sending: 0, due: 0 });
  });

  it('stops sending when consent is withdrawn while a batch is on its way', async () => {
    await consentTo(plain({ holdHours: 0 }), ['pointer']);
    const dayMs = 24 * 3_600_000;
    for (let day = 0; day < 20; day += 1) {
      const aDaysShare = Array.from({ length: KEPT_A_DAY.motion }, () =>
        aMovement({ atMs: NOON_MS + day * dayMs }),
      );
      await receive(aDaysShare, day);
    }
    answers = [() => withdraw(nowMs).then(() => new Response(null, { status: 204 }))];
    await sendWhatIsDue(context(), { atOnce: true, includeHeld: false });
    expect(requests).toHaveLength(1);
  });

  it('loses one bad record, not the good ones that travelled with it', async () => {
    await consentTo(plain({ holdHours: 0 }), ['pointer']);
    await receive(Array.from({ length: 20 }, () => aMovement()));
    const bad = (await queue.getAll('records'))[7]!.recordId;
    const judge = () => {
      const refused = sentBatch(requests.length - 1).records.some((record) => record.recordId === bad);
      return refused
        ? Response.json({ error: 'day-out-of-range', message: '' }, { status: 422 })
        : new Response(null, { status: 204 });
    };
    answers = Array.from({ length: 40 }, () => judge);
    for (let time = 0; time < 3; time += 1)
      await sendWhatIsDue(context(), { atOnce: true, includeHeld: false });
    expect(await summarize(queue, nowMs)).toMatchObject({ sent: 19, refused: 1, due: 0, sending: 0 });
  });

  it('puts a refused batch aside, counted, with its code', async () => {
    await consentTo(plain(), ['pointer']);
    await receive([aMovement()]);
    answers = [() => Response.json({ error: 'schema-invalid', message: '' }, { status: 422 })];
    expect(await sendWhatIsDue(context(), { atOnce: true, includeHeld: true })).toEqual({
      kind: 'refused',
      reason: 'schema-invalid',
    });
    expect(await summarize(queue, nowMs)).toMatchObject({ refused: 1, due: 0, sending: 0 });
    expect((await queue.getAll('batches'))[0]).toMatchObject({ state: 'refused', refusal: 'schema-invalid' });
    nowMs += 10 * 24 * 3_600_000;
    expect(await sendWhatIsDue(context(), { atOnce: true, includeHeld: true })).toBeUndefined();
  });

  it('never mixes two charters in a batch', async () => {
    await consentTo(plain(), ['pointer']);
    await receive([aMovement()], 0);
    await consentTo(plain({ retentionDays: 30 }), ['pointer']);
    await receive([aMovement()], 1);
    await sendWhatIsDue(context(), { atOnce: true, includeHeld: true });
    expect(requests).toHaveLength(2);
    expect(new Set([sentBatch(0).charter, sentBatch(1).charter]).size).toBe(2);
  });

  it('draws in random order', async () => {
    await consentTo(plain({ holdHours: 0 }), ['pointer']);
    for (let number = 0; number < 40; number += 1) {
      nowMs += 1000;
      await receive([aMovement()], number);
    }
    const stored = await queue.getAll('records');
    const inOrder = stored.sort((one, other) => one.counter - other.counter).map((record) => record.recordId);
    await sendWhatIsDue(context(), { atOnce: true, includeHeld: false });
    const sent = sentBatch(0).records.map((record) => record.recordId);
    expect([...sent].sort()).toEqual([...inOrder].sort());
    expect(sent).not.toEqual(inOrder);
  });

  it('draws by itself at random times, and on one day no more than the budget', async () => {
    const budget = { mainThreadMsPerMinute: 50, bytesPerDay: 10_000 };
    await consentTo(plain({ holdHours: 0, budget }), ['pointer']);
    await sendWhatIsDue(context());
    for (let number = 0; number < 12; number += 1) {
      await receive([aMovement()], number);
      // Nothing is sent at the moment it was recorded; within the quarter of an hour after it is.
      const sentBefore = requests.length;
      nowMs += 15 * 60_000;
      await sendWhatIsDue(context());
      if (number === 0) expect(requests.length).toBe(sentBefore + 1);
    }
    expect(requests).toHaveLength(3);
    nowMs += 24 * 3_600_000;
    await sendWhatIsDue(context());
    expect(requests).toHaveLength(4);
    expect((await summarize(queue, nowMs)).sent).toBe(12);
  });

  it('keeps what compresses well below what the collector inflates', async () => {
    await consentTo(plain({ holdHours: 0 }), ['workflow']);
    const alike = Array.from({ length: 200 }, () => aStep());
    for (let number = 0; number < 40; number += 1) await receive([aView(), ...alike.slice(1)], number);
    await sendWhatIsDue(context(), { atOnce: true, includeHeld: true });
    const sizes = requests.map((request) => gunzipSync(request.body).length);
    expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(2 * 1024 * 1024);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2 * 1024 * 1024);
  });

  it('puts aside a record that fits no batch, and sends the others', async () => {
    await consentTo(plain({ holdHours: 0 }), ['pointer']);
    await receive([aMovement(), aMovement()]);
    const [first] = await queue.getAll('records');
    const noise = Array.from({ length: 200_000 }, () => Math.floor(Math.random() * 20_000));
    const swollen = { ...first!.record, path: { dtMs: noise, dxPx: noise, dyPx: noise } };
    await queue.put('records', { ...first!, record: swollen as never });
    for (let time = 0; time < 3; time += 1)
      await sendWhatIsDue(context(), { atOnce: true, includeHeld: true });
    expect(await summarize(queue, nowMs)).toMatchObject({ refused: 1, sent: 1, due: 0, sending: 0 });
  });

  it('splits what does not fit one batch', async () => {
    await consentTo(plain(), ['pointer']);
    const dayMs = 24 * 3_600_000;
    for (let day = 0; day < 20; day += 1) {
      const aDaysShare = Array.from({ length: KEPT_A_DAY.motion }, () =>
        aMovement({ atMs: NOON_MS + day * dayMs }),
      );
      await receive(aDaysShare, day);
    }
    await sendWhatIsDue(context(), { atOnce: true, includeHeld: true });
    expect(requests.length).toBeGreaterThan(1);
    expect((await summarize(queue, nowMs)).sent).toBe(20 * KEPT_A_DAY.motion);
    for (const request of requests) expect(request.body.length).toBeLessThanOrEqual(65_536);
  });
});
