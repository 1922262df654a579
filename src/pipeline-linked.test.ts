import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { assembleEpisodes } from './anonymize/assemble-episodes.ts';
import type { RawFragment } from './capture/fragments.ts';
import type { Charter, Scope } from './charter/charter.ts';
import { isSplitOf, splitBuckets } from './charter/split-buckets.ts';
import { readCharterInForce } from './consent/charter-in-force.ts';
import { agreeToLinked, decide } from './consent/decide.ts';
import { readItem, writeItem } from './consent/stored-items.ts';
import { mayRecord, receiveFragments, sendWhatIsDue, type PipelineContext } from './pipeline.ts';
import { openQueue, type QueueDatabase } from './queue/queue.ts';
import { summarize } from './queue/summary.ts';
import { deleteUnsent } from './queue/withdraw.ts';
import { aCharter, aMovement, aStep, aTypingRun, aView, NOON_MS } from './testing/builders.ts';
import { TraceBatch } from './trace/batch.ts';
import { cryptoRandom } from './trace/random.ts';
import type { Trace } from './trace/trace.ts';

const KEY = 'A'.repeat(43);
const URL_IN_APP = 'https://desk.example.com/tickets/7';
const HOUR_MS = 3_600_000;
const SEND_ALL = { atOnce: true, includeHeld: true };

let queue: QueueDatabase;
let nowMs: number;
let bodies: Uint8Array[];

const context = (): PipelineContext => ({
  queue,
  random: cryptoRandom,
  now: () => nowMs,
  fetchFrom: (_input, init) => {
    bodies.push(init?.body as Uint8Array);
    return Promise.resolve(new Response(null, { status: 204 }));
  },
});
const sender = { id: 'x', url: URL_IN_APP, frameId: 0, tab: { id: 1, url: URL_IN_APP } } as never;

let messages = 0;
async function receive(fragments: RawFragment[]) {
  const answer = await mayRecord(sender, context());
  const permit = answer.recording ? answer.permit : 'none';
  const message = { frame: 'F'.repeat(22), number: messages++, permit, fragments };
  return receiveFragments(message, sender, context());
}

async function volunteer(scopes: Scope[], changes: Partial<Charter> = {}) {
  const charter = aCharter({ protection: 'linked', holdHours: 24, ...changes });
  await writeItem('joined', { charter: JSON.stringify(charter), participantKey: KEY, hashingKey: KEY });
  const inForce = await readCharterInForce();
  const charterHash = inForce.kind === 'in-force' ? inForce.hash : '';
  expect(await agreeToLinked(inForce, { charterHash, scopes }, nowMs)).toBe(true);
  return { charter, charterHash };
}

const sentBatches = () => bodies.map((body) => TraceBatch.parse(JSON.parse(gunzipSync(body).toString())));
const everything: RawFragment[] = [
  aView(),
  aMovement(),
  aStep(),
  aTypingRun(40, { atMs: NOON_MS + 7000 }),
  { kind: 'gap', atMs: NOON_MS + 8000, reason: 'sensitiveField' },
];
const ALL: Scope[] = ['pointer', 'keys', 'workflow'];

beforeEach(async () => {
  nowMs = NOON_MS + 10_000;
  bodies = [];
  messages = 0;
  queue = await openQueue(`test ${Math.random()}`);
});

describe('at level linked', () => {
  it('everything is held together on the device, and no record is made before the hold is over', async () => {
    await volunteer(ALL);
    await receive(everything);
    expect(await summarize(queue, nowMs)).toMatchObject({ held: { records: 0, steps: 4 }, due: 0 });
    await sendWhatIsDue(context(), { atOnce: true, includeHeld: false });
    expect(bodies).toEqual([]);
  });

  it('nothing finer than the grids is on the disk', async () => {
    await volunteer(ALL);
    await receive([
      aView(),
      aMovement({ atMs: NOON_MS + 1234.5, timeMs: [0, 51, 103, 149], xPx: [11, 42, 83, 101] }),
      aStep({ atMs: NOON_MS + 1234.5 }),
      aTypingRun(3, { atMs: NOON_MS + 4321.5, downMs: [0, 137, 261] }),
    ]);
    const held = await queue.getAll('steps');
    expect(held).toHaveLength(3);
    for (const item of held) expect(item.startMs % 50).toBe(0);
    // When it may leave is drawn by chance, and may have any digits.
    const text = JSON.stringify(held.map(({ dueAtMs: _chance, ...item }) => item));
    for (const raw of ['1234', '4321', '137', '261', 'holdMs', 'downMs', 'timeMs', 'atMs']) {
      expect(text).not.toContain(raw);
    }
  });

  it('what leaves is exactly what a review of the held items shows, and traces alone', async () => {
    await volunteer(ALL);
    await receive(everything);
    const shown = assembleEpisodes(await queue.getAll('steps'), nowMs, true).map(({ content }) => content);
    nowMs += 48 * HOUR_MS;
    await sendWhatIsDue(context(), { atOnce: true, includeHeld: false });
    const [batch, ...others] = sentBatches();
    expect(others).toEqual([]);
    expect(batch!.level).toBe('linked');
    const contents = batch!.records.map(({ recordId: _id, recordedOn: _day, ...content }) => content);
    expect(contents).toEqual(JSON.parse(JSON.stringify(shown)));
    expect(contents).toMatchObject([
      { kind: 'trace', steps: [{ action: 'click' }], gaps: [{ reason: 'sensitiveField' }] },
    ]);
    expect((contents[0] as Trace).motions).toHaveLength(1);
    expect((contents[0] as Trace).rhythms).toHaveLength(1);
    expect(await summarize(queue, nowMs)).toMatchObject({
      held: { records: 0, steps: 0 },
      sent: 1,
      totals: { trace: 1, motion: 0, rhythm: 0, episode: 0, sighting: 0 },
    });
  });

  it('what comes in while the person sends everything stays on hold, and keeps nothing back', async () => {
    await volunteer(ALL);
    await receive(everything);
    const [early] = await queue.getAll('steps');
    // Stored just when the held items are read to be sent.
    const meanwhile = new Proxy(queue, {
      get: (target, name: keyof QueueDatabase) => {
        const method = (target[name] as (...given: unknown[]) => unknown).bind(target);
        if (name !== 'get') return method;
        return async (store: string, key: string) => {
          const late = { ...early!, sequence: 99, dueAtMs: nowMs + HOUR_MS };
          if (key === 'epoch') await target.put('steps', late);
          return method(store, key);
        };
      },
    });
    await sendWhatIsDue({ ...context(), queue: meanwhile }, SEND_ALL);
    expect(sentBatches().flatMap(({ records }) => records)).toHaveLength(1);
    expect((await queue.getAllKeys('steps')).map(String)).toEqual(['99']);
  });

  it('no sightings are made, whatever minimum the charter has', async () => {
    await volunteer(ALL, { minContributors: 10 });
    await receive(everything);
    nowMs += 10 * 24 * HOUR_MS;
    await sendWhatIsDue(context(), SEND_ALL);
    expect(sentBatches().flatMap(({ records }) => records.map(({ kind }) => kind))).toEqual(['trace']);
    expect(await queue.count('sightings')).toBe(0);
  });

  it('only what was allowed goes in', async () => {
    await volunteer(['pointer', 'keys']);
    await receive(everything);
    await sendWhatIsDue(context(), SEND_ALL);
    expect(sentBatches()[0]!.records).toMatchObject([{ kind: 'trace', views: [], steps: [], gaps: [] }]);
  });

  it('a part that is switched off is deleted from what is held, and a trace that has it with it', async () => {
    const { charterHash } = await volunteer(ALL);
    await receive(everything);
    await agreeToLinked(await readCharterInForce(), { charterHash, scopes: ['pointer', 'workflow'] }, nowMs);
    const decision = (await readItem('decision'))!;
    await deleteUnsent(queue, decision.scopes, decision.level);
    expect((await queue.getAll('steps')).some((item) => 'rhythm' in item)).toBe(false);
    expect(await queue.count('steps')).toBe(3);

    await receive([aMovement(), aStep()]);
    await sendWhatIsDue(
      { ...context(), fetchFrom: () => Promise.reject(new TypeError('offline')) },
      SEND_ALL,
    );
    await queue.clear('batches');
    for (const record of await queue.getAll('records'))
      await queue.put('records', { ...record, state: 'waiting', batchId: undefined });
    expect(await queue.count('records')).toBe(1);
    await deleteUnsent(queue, ['workflow'], 'linked');
    expect(await queue.count('records')).toBe(0);
  });
});

describe('the bucket of a trace', () => {
  const MANY = { expectedParticipants: 500 };
  const DRAWN = { motion: 1, rhythm: 2, episode: 3, trace: 7 };
  const draw = () => queue.put('meta', { buckets: splitBuckets(MANY), splits: DRAWN }, 'splits');

  it('is the one drawn for traces, on the trace alone and on none of its parts', async () => {
    await draw();
    await volunteer(ALL, MANY);
    await receive(everything);
    for (const { split, ...content } of await queue.getAll('steps')) {
      expect(split).toBe(DRAWN.trace);
      expect(JSON.stringify(content)).not.toContain('split');
    }
    await sendWhatIsDue(context(), SEND_ALL);
    const [trace, ...others] = sentBatches()[0]!.records as Trace[];
    expect(others).toEqual([]);
    const { split, ...content } = trace!;
    expect(split).toBe(DRAWN.trace);
    expect(content.motions.length * content.rhythms.length * content.steps.length).toBe(1);
    expect(JSON.stringify(content)).not.toContain('split');
  });

  it('is the same on all traces of one person, whichever parts they hold', async () => {
    for (const scopes of [ALL, ['pointer'], ['keys'], ['workflow']] satisfies Scope[][]) {
      await volunteer(scopes, MANY);
      await receive(everything);
      await sendWhatIsDue(context(), SEND_ALL);
    }
    const traces = sentBatches().flatMap((batch) => batch.records as Trace[]);
    expect(traces).toHaveLength(4);
    expect(new Set(traces.map(({ split }) => split)).size).toBe(1);
    expect(isSplitOf(traces[0]!.split, MANY)).toBe(true);
  });

  it('is absent where the charter expects too few people', async () => {
    await volunteer(ALL, { expectedParticipants: 99 });
    await receive(everything);
    await sendWhatIsDue(context(), SEND_ALL);
    expect(sentBatches()[0]!.records).toHaveLength(1);
    expect(JSON.stringify(sentBatches())).not.toContain('split');
  });

  it('says nothing of what the same person records at another level', async () => {
    await draw();
    const { charter, charterHash } = await volunteer(ALL, MANY);
    await decide({ charter, charterHash, scopes: ALL, level: 'balanced' }, nowMs);
    await receive(everything);
    await sendWhatIsDue(context(), SEND_ALL);
    const borne = sentBatches().flatMap(({ records }) =>
      records.flatMap((record) => (record.kind === 'sighting' ? [] : [[record.kind, record.split]])),
    );
    expect(Object.fromEntries(borne)).toEqual({ motion: 1, rhythm: 2, episode: 3 });
  });
});

describe('from linked to a stricter level', () => {
  it('nothing linked is left unsent, and what is recorded then stands alone', async () => {
    const { charter, charterHash } = await volunteer(ALL);
    await receive(everything);
    await decide({ charter, charterHash, scopes: ALL, level: 'balanced' }, nowMs);
    const decision = (await readItem('decision'))!;
    await deleteUnsent(queue, decision.scopes, decision.level);
    expect(await summarize(queue, nowMs)).toMatchObject({ held: { records: 0, steps: 0 } });
    await receive(everything);
    await sendWhatIsDue(context(), SEND_ALL);
    const [batch] = sentBatches();
    expect(batch!.level).toBe('balanced');
    expect(batch!.records.map(({ kind }) => kind).sort()).toEqual(['episode', 'motion', 'rhythm']);
  });

  it('what a page captured at linked is not taken any more, and the other way round', async () => {
    const { charter, charterHash } = await volunteer(ALL);
    const linked = await mayRecord(sender, context());
    await decide({ charter, charterHash, scopes: ALL, level: 'balanced' }, nowMs);
    const balanced = await mayRecord(sender, context());
    const send = (answer: typeof linked, number: number) =>
      receiveFragments(
        {
          frame: 'G'.repeat(22),
          number,
          permit: answer.recording ? answer.permit : '',
          fragments: everything,
        },
        sender,
        context(),
      );
    expect(await send(linked, 0)).toEqual({ kind: 'stop' });
    await agreeToLinked(await readCharterInForce(), { charterHash, scopes: ALL }, nowMs);
    expect(await send(balanced, 0)).toEqual({ kind: 'stop' });
    expect(await send(linked, 0)).toEqual({ kind: 'stored' });
  });
});
