import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { asSent } from './as-sent.ts';
import type { RawFragment } from './capture/fragments.ts';
import { charterHash } from './charter/charter-hash.ts';
import type { Charter } from './charter/charter.ts';
import { decide, pause, withdraw } from './consent/decide.ts';
import { readItem, writeItem } from './consent/stored-items.ts';
import { createDataHandlers } from './data-operations.ts';
import type { MessageName, Messages } from './messages.ts';
import { mayRecord, receiveFragments, sendWhatIsDue, type PipelineContext } from './pipeline.ts';
import { openQueue, type QueueDatabase } from './queue/queue.ts';
import { listSessions } from './queue/sessions.ts';
import { sentLedger } from './queue/sent-ledger.ts';
import { summarize } from './queue/summary.ts';
import { deleteUnsent } from './queue/withdraw.ts';
import { aCharter, aMovement, aStep, aView, NOON_MS } from './testing/builders.ts';
import { TraceBatch } from './trace/batch.ts';
import type { Random } from './trace/random.ts';
import { seededRandom } from './testing/seeded-random.ts';

const KEY = 'A'.repeat(43);
const HOUR_MS = 3_600_000;
const LOG = { head: { number: 0, hash: '0'.repeat(64) }, entries: [] };

let queue: QueueDatabase;
let nowMs: number;
let frames: number;
let random: Random;
let requests: { path: string; method: string; headers: Headers; body: Uint8Array }[];
let answer: (path: string) => Response;

const context = (): PipelineContext => ({
  queue,
  random,
  now: () => nowMs,
  fetchFrom: (input, init) => {
    const { pathname } = new URL(input as string);
    const { method, headers, body } = init!;
    requests.push({
      path: pathname,
      method: method!,
      headers: new Headers(headers),
      body: body as Uint8Array,
    });
    return Promise.resolve(answer(pathname));
  },
});
type Data = Extract<MessageName, `data:${string}`>;
const ask = <Name extends Data>(name: Name, request: Messages[Name]['request']) =>
  createDataHandlers(async (work) => work(context()))[name](request, {});

const sender = (app = 'desk') => {
  const url = `https://${app}.example.com/tickets/7`;
  return { id: 'x', url, frameId: 0, tab: { id: app.length, url, incognito: false } } as never;
};
async function work(fragments: RawFragment[], app = 'desk') {
  const asked = await mayRecord(sender(app), context());
  const permit = asked.recording ? asked.permit : 'none';
  const message = { frame: String(++frames).padStart(22, '0'), number: 0, permit, isLast: true, fragments };
  return receiveFragments(message, sender(app), context());
}
async function consentTo(changes: Partial<Charter> = {}) {
  const apps = ['desk', 'crm'].map((label) => ({ label, matches: [`https://${label}.example.com/*`] }));
  const charter = aCharter({ minContributors: 0, apps, ...changes });
  await writeItem('joined', { charter: JSON.stringify(charter), participantKey: KEY, hashingKey: KEY });
  const scopes = ['pointer', 'keys', 'workflow'] as const;
  await decide(
    { charter, charterHash: await charterHash(charter), scopes: [...scopes], level: 'balanced' },
    nowMs,
  );
}
/** As they are on the wire: parsing would put their fields into the order of the schema. */
const sentRecords = () =>
  requests
    .filter(({ path }) => path === '/v1/batches')
    .flatMap(({ body }) => {
      const batch = JSON.parse(gunzipSync(body).toString()) as TraceBatch;
      expect(TraceBatch.parse(batch)).toEqual(batch);
      return batch.records;
    });
const accounts = async () => (await summarize(queue, nowMs)).accounts;

beforeEach(async () => {
  nowMs = NOON_MS;
  frames = 0;
  random = seededRandom(3);
  requests = [];
  answer = () => new Response(null, { status: 204 });
  queue = await openQueue(`test ${Math.random()}`);
  await consentTo();
});

describe('deleting', () => {
  it('keeps what was deleted from ever being sent, and sends what was brought back', async () => {
    await work([aView(), aStep(), aMovement()]);
    await work([aMovement()], 'crm');
    const one = await ask('data:delete', { selection: { kind: 'app', app: 'desk' } });
    expect(one).toMatchObject({ kind: 'done', fragments: 2 });
    const other = await ask('data:delete', { selection: { kind: 'app', app: 'crm' } });
    expect(await ask('data:undo', { deletionId: other.deletionId })).toEqual({ kind: 'done', fragments: 1 });
    await ask('data:settle', {});
    expect(await ask('data:undo', { deletionId: one.deletionId })).toEqual({ kind: 'gone' });
    await ask('data:send-now', {});
    expect(sentRecords().map(({ kind }) => kind)).toEqual(['motion']);
    expect(await accounts()).toMatchObject({ captured: 3, sent: 1, deleted: 2 });
  });

  it('of a time, for good, takes what a page hands over of it afterwards too', async () => {
    await work([aMovement()]);
    nowMs += 60_000;
    const range = { kind: 'range', fromMs: nowMs - 5 * 60_000, toMs: nowMs + HOUR_MS } as const;
    expect(await ask('data:delete', { selection: range, undoable: false })).toMatchObject({ fragments: 1 });
    const late = nowMs - 1000;
    const gap: RawFragment = { kind: 'gap', atMs: late, reason: 'budget' };
    expect(
      await work([aView({ atMs: late }), aStep({ atMs: late }), aMovement({ atMs: late }), gap]),
    ).toEqual({
      kind: 'stored',
    });
    expect(await accounts()).toMatchObject({ captured: 3, held: 0, deleted: 3 });
    expect(await queue.count('steps')).toBe(0);
    // What is done from now on is not meant, though the span was said to last longer.
    nowMs += 1000;
    await work([aStep({ atMs: nowMs }), aMovement({ atMs: nowMs })]);
    expect(await accounts()).toMatchObject({ captured: 5, held: 2, deleted: 3 });
  });

  it('takes only what it can read', async () => {
    await expect(ask('data:delete', { selection: { kind: 'everything' } as never })).rejects.toThrow();
    await expect(ask('data:undo', { deletionId: 'x' })).rejects.toThrow();
  });
});

describe('what would be sent', () => {
  it('is what is sent, whole episodes of several apps with what was deleted left out', async () => {
    const at = (index: number) => ({ atMs: NOON_MS + index * 10_000 });
    for (let index = 0; index < 12; index += 1)
      await work([aView(at(index)), aStep(at(index))], index % 3 === 2 ? 'crm' : 'desk');
    const steps = await queue.getAllKeys('steps');
    await ask('data:delete', { selection: { kind: 'records', recordIds: [], sequences: [steps[5]!] } });
    const [crm, desk] = await listSessions(queue);
    const shown = await asSent(queue, desk!);
    expect(shown.map(({ sequences }) => sequences.length)).toEqual([5, 6]);
    expect(await asSent(queue, crm!)).toEqual(shown);
    await ask('data:settle', {});
    expect(await asSent(queue, desk!)).toEqual(shown);
    await ask('data:send-now', {});
    const sent = sentRecords().map(({ recordId: _recordId, ...record }) => record);
    const inOrder = (records: object[]) =>
      records.map((record) => JSON.stringify(Object.entries(record).sort())).sort();
    expect(inOrder(sent)).toEqual(inOrder(shown.map(({ record }) => record)));
  });

  it('tells nothing of a deletion: no gap, no pause, nothing but an episode that ends', async () => {
    for (let index = 0; index < 3; index += 1) await work([aStep({ atMs: NOON_MS + index * 4000 })]);
    const [, middle] = await queue.getAllKeys('steps');
    await ask('data:delete', { selection: { kind: 'records', recordIds: [], sequences: [middle!] } });
    await ask('data:send-now', {});
    for (const record of sentRecords())
      expect(record).toMatchObject({ kind: 'episode', gaps: [], steps: [{ pauseBeforeMs: 0 }] });
    expect(sentRecords()).toHaveLength(2);
  });
});

describe('sending early', () => {
  it('sends what was selected and leaves the rest on hold', async () => {
    await work([aView(), aStep(), aMovement()]);
    nowMs += HOUR_MS;
    await work([aView({ atMs: nowMs }), aStep({ atMs: nowMs })], 'crm');
    expect(await ask('data:send-now', { selection: { kind: 'app', app: 'desk' } })).toEqual({
      kind: 'accepted',
    });
    expect(
      sentRecords()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['episode', 'motion']);
    expect(await accounts()).toMatchObject({ sent: 2, held: 1, due: 0 });
  });

  it('never tears an episode: one with a step that was not selected waits', async () => {
    await work([aView(), aStep()]);
    await work([aView({ atMs: NOON_MS + 1000 }), aStep({ atMs: NOON_MS + 1000 })], 'crm');
    await ask('data:send-now', { selection: { kind: 'app', app: 'desk' } });
    expect(sentRecords()).toEqual([]);
    await ask('data:send-now', {});
    expect(sentRecords()).toMatchObject([{ kind: 'episode', steps: [{}, {}, {}] }]);
  });

  it('is counted in what was drawn today, and not held to the budget', async () => {
    await work([aMovement()]);
    await ask('data:send-now', {});
    expect((await summarize(queue, nowMs)).bytesToday).toBe(4096);
    expect((await summarize(queue, nowMs + 24 * HOUR_MS)).bytesToday).toBe(0);
  });
});

describe('a longer hold', () => {
  const dueTimes = async () => [
    ...(await queue.getAll('records')).map(({ dueAtMs }) => dueAtMs),
    ...(await queue.getAll('steps')).map(({ dueAtMs }) => dueAtMs),
  ];

  it('applies to what is on hold and to what comes, and can be taken back down to the charter’s', async () => {
    await work([aView(), aStep(), aMovement()]);
    const before = await dueTimes();
    await ask('data:lengthen-hold', { hours: 48 });
    expect(await dueTimes()).toEqual(before.map((dueAtMs) => dueAtMs + 48 * HOUR_MS));
    await work([aView(), aStep(), aMovement()]);
    for (const dueAtMs of await dueTimes()) expect(dueAtMs).toBeGreaterThanOrEqual(NOON_MS + 72 * HOUR_MS);
    await ask('data:lengthen-hold', { hours: 168 });
    await ask('data:lengthen-hold', { hours: 0 });
    expect((await dueTimes()).filter((dueAtMs) => before.includes(dueAtMs))).toHaveLength(2);
    for (const dueAtMs of await dueTimes()) {
      expect(dueAtMs).toBeGreaterThanOrEqual(NOON_MS + 24 * HOUR_MS);
      expect(dueAtMs).toBeLessThanOrEqual(NOON_MS + 48 * HOUR_MS);
    }
    expect(await readItem('extraHoldHours')).toBe(0);
  });

  it('leaves what is due already', async () => {
    await work([aMovement()]);
    nowMs += 48 * HOUR_MS;
    await ask('data:lengthen-hold', { hours: 24 });
    expect(await accounts()).toMatchObject({ due: 1, held: 0 });
  });

  it('is a week at most, and gone with a withdrawal', async () => {
    await expect(ask('data:lengthen-hold', { hours: 169 })).rejects.toThrow();
    await expect(ask('data:lengthen-hold', { hours: -1 })).rejects.toThrow();
    await ask('data:lengthen-hold', { hours: 168 });
    await withdraw(nowMs);
    expect(await readItem('extraHoldHours')).toBeUndefined();
  });
});

describe('erasing what was sent', () => {
  beforeEach(async () => {
    await work([aMovement()]);
    await work([aMovement()], 'crm');
    await ask('data:send-now', {});
    requests = [];
  });

  it('asks for the lines that were chosen, at once if the person wants', async () => {
    const lines = await sentLedger(queue);
    const chosen = lines.filter(({ app }) => app === 'crm').map(({ day, app, kind }) => ({ day, app, kind }));
    expect(await ask('data:erase', { lines: chosen, atOnce: true })).toEqual({ requested: 1 });
    expect(requests.map(({ path }) => path)).toEqual(['/v1/erasures']);
  });

  it('is spread over a day else, and sends nothing new', async () => {
    await work([aMovement()]);
    nowMs += 48 * HOUR_MS;
    expect(await ask('data:erase', { lines: 'all', atOnce: false })).toEqual({ requested: 2 });
    expect(requests).toEqual([]);
    const dueTimes = (await queue.getAll('erasures')).map(({ dueAtMs }) => dueAtMs - nowMs);
    for (const inMs of dueTimes) expect(inMs).toBeLessThan(24 * HOUR_MS);
    expect(new Set(dueTimes).size).toBe(2);
  });

  it('is forgotten by itself when the collector’s retention is over', async () => {
    nowMs += 368 * 24 * HOUR_MS;
    await sendWhatIsDue(context());
    expect(await sentLedger(queue)).toEqual([]);
  });
});

describe('who has read it', () => {
  it('is asked with the participant key, and only while consent is given', async () => {
    answer = () => Response.json(LOG);
    expect(await ask('data:access-log', {})).toEqual({ kind: 'read', log: LOG });
    expect(requests).toMatchObject([{ path: '/v1/access-log', method: 'GET' }]);
    expect(requests[0]!.headers.get('authorization')).toBe(`Bearer ${KEY}`);
    await pause(null);
    expect(await ask('data:access-log', {})).toMatchObject({ kind: 'read' });
    await withdraw(nowMs);
    expect(await ask('data:access-log', {})).toEqual({ kind: 'off' });
    expect(requests).toHaveLength(2);
  });

  it('is unreachable where the answer cannot be understood', async () => {
    for (const unclear of [Response.json({}), new Response('garbage'), new Response(null, { status: 403 })]) {
      answer = () => unclear;
      expect(await ask('data:access-log', {})).toEqual({ kind: 'unreachable' });
    }
  });
});

describe('who withdraws and comes back', () => {
  const sightings = async () =>
    (await queue.getAll('records')).filter(({ kind }) => kind === 'sighting').length;
  const working = () => work([aView({ atMs: nowMs }), aStep({ atMs: nowMs }), aMovement({ atMs: nowMs })]);
  async function comeBack() {
    await withdraw(nowMs);
    await deleteUnsent(queue);
    await consentTo({ minContributors: 10 });
  }

  it('leaves nothing behind that the alarms after it would make anew', async () => {
    await working();
    await withdraw(nowMs);
    await deleteUnsent(queue);
    await sendWhatIsDue(context());
    expect(await queue.getAllKeys('meta')).toEqual(['epoch']);
  });

  it('is not counted again in that week, and as anybody in the next', async () => {
    await consentTo({ minContributors: 10 });
    await working();
    expect(await sightings()).toBeGreaterThan(2);
    await comeBack();
    await working();
    expect(await sightings()).toBe(0);
    nowMs += 7 * 24 * HOUR_MS;
    await working();
    expect(await sightings()).toBeGreaterThan(2);
  });
});
