import { KEPT_A_DAY } from './trace/limits.ts';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleEpisodes } from './anonymize/assemble-episodes.ts';
import type { RawFragment } from './capture/fragments.ts';
import { charterHash } from './charter/charter-hash.ts';
import type { Charter, Level } from './charter/charter.ts';
import { decide } from './consent/decide.ts';
import { writeItem } from './consent/stored-items.ts';
import {
  mayRecord,
  receiveFragments,
  sendWhatIsDue,
  type PipelineContext,
  type SendRequest,
} from './pipeline.ts';
import { withDay } from './queue/number-records.ts';
import { summarize } from './queue/summary.ts';
import { openQueue, type QueueDatabase } from './queue/queue.ts';
import { aCharter, aMovement, aStep, aView, NOON_MS } from './testing/builders.ts';
import { anyGap, anyMovement, anyStep, anyTypingRun, anyView } from './testing/raw-arbitraries.ts';
import { TraceBatch } from './trace/batch.ts';
import { cryptoRandom } from './trace/random.ts';
import type { TraceRecord } from './trace/record.ts';

const KEY = 'A'.repeat(43);
const HOUR_MS = 3_600_000;
const url = 'https://desk.example.com/tickets/7';
const sender = { id: 'x', url, frameId: 0, tab: { id: 1, url, incognito: false } } as never;

/** A person at work: what the queue holds can be looked at, and what is sent is kept. */
async function aPerson(statuses: readonly number[] = []) {
  const queue: QueueDatabase = await openQueue(`test ${Math.random()}`);
  const answers = [...statuses];
  const person = {
    queue,
    nowMs: NOON_MS,
    batches: [] as TraceBatch[],
    agreedTo: async (charter: Charter, level: Level) => {
      await writeItem('joined', { charter: JSON.stringify(charter), participantKey: KEY, hashingKey: KEY });
      const scopes = ['pointer', 'keys', 'workflow'] as const;
      await decide(
        { charter, charterHash: await charterHash(charter), scopes: [...scopes], level },
        person.nowMs,
      );
    },
    works: async (number: number, fragments: RawFragment[]) => {
      const allowed = await mayRecord(sender, context);
      if (!allowed.recording) throw new Error('may not record');
      const message = { frame: 'F'.repeat(22), number, permit: allowed.permit, fragments };
      expect(await receiveFragments(message, sender, context)).toEqual({ kind: 'stored' });
    },
    sends: (request?: SendRequest) => sendWhatIsDue(context, request),
  };
  const context: PipelineContext = {
    queue,
    random: cryptoRandom,
    now: () => person.nowMs,
    fetchFrom: (_input, init) => {
      // As it is on the wire: parsing would put the fields into the order of the schema.
      const batch = JSON.parse(gunzipSync(init?.body as Uint8Array).toString()) as TraceBatch;
      expect(TraceBatch.parse(batch)).toEqual(batch);
      person.batches.push(batch);
      const status = answers.shift() ?? 204;
      return Promise.resolve(new Response(null, { status }));
    },
  };
  return person;
}

/** One line for each thing that a person sees: under which charter and level, and the record, byte for byte. */
const line = (of: { charter: string; level: string }, record: object) =>
  JSON.stringify([of.charter, of.level, record]);
const withoutId = ({ recordId: _recordId, ...rest }: TraceRecord) => sorted(rest);
/** A preview knows no id; all else is compared in one order of fields. */
const sorted = (fields: object) => Object.fromEntries(Object.entries(fields).sort());

/** What is on hold: records as they are, and steps as the episodes that they would become. */
async function shown(queue: QueueDatabase, nowMs: number) {
  const records = await queue.getAll('records');
  const steps = await queue.getAll('steps');
  const bySequence = new Map(steps.map((step) => [step.sequence, step]));
  return {
    records: records.map((queued) => line(queued, queued.record!)),
    episodes: assembleEpisodes(steps, nowMs, true).flatMap(({ content, startMs, sequences }) =>
      content ? [line(bySequence.get(sequences[0]!)!, sorted(withDay(content, startMs)))] : [],
    ),
  };
}

function sent(batches: readonly TraceBatch[]) {
  const records = batches.flatMap((batch) => batch.records.map((record) => ({ batch, record })));
  const isEpisode = ({ record }: { record: TraceRecord }) => record.kind === 'episode';
  return {
    records: records.filter((each) => !isEpisode(each)).map(({ batch, record }) => line(batch, record)),
    episodes: records.filter(isEpisode).map(({ batch, record }) => line(batch, withoutId(record))),
  };
}

const anyMessage = fc
  .array(fc.tuple(fc.oneof(anyMovement, anyTypingRun, anyStep, anyStep, anyView, anyGap), fc.nat(90_000)), {
    minLength: 1,
    maxLength: 12,
  })
  .map((fragments) => ({ fragments, lastsMs: fragments.reduce((sum, [, ms]) => sum + ms, 0) }));
/** Work under charters with and without buckets, at two levels, changing while steps are held. */
const anyDay = fc.array(
  fc.record({
    message: anyMessage,
    expectedParticipants: fc.constantFrom(20, 500),
    level: fc.constantFrom('balanced' as const, 'strict' as const),
  }),
  { minLength: 1, maxLength: 6 },
);

/** What is not among the others. */
const missing = (lines: readonly string[], among: readonly string[]) =>
  lines.filter((each) => !among.includes(each));

type Day = typeof anyDay extends fc.Arbitrary<infer Drawn> ? Drawn : never;

async function spendDay(person: Awaited<ReturnType<typeof aPerson>>, day: Day, firstNumber = 0) {
  for (const [index, { message, expectedParticipants, level }] of day.entries()) {
    await person.agreedTo(aCharter({ expectedParticipants }), level);
    let atMs = person.nowMs;
    person.nowMs += message.lastsMs;
    await person.works(
      firstNumber + index,
      message.fragments.map(([fragment, pauseMs]) => ({ ...fragment, atMs: (atMs += pauseMs) })),
    );
  }
}

describe('what a person is shown', () => {
  it('is what is sent, byte for byte, when its hold is over', async () => {
    const anyStatuses = fc.array(fc.constantFrom(204, 503, 422), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(anyDay, anyStatuses, async (day, statuses) => {
        const person = await aPerson(statuses);
        await spendDay(person, day);
        // Nothing more is done, so that the last episode is over; then the hold and the sightings' week pass.
        const held = await shown(person.queue, person.nowMs);
        person.nowMs += 24 * HOUR_MS;
        for (let minute = 0; minute < 4; minute += 1) {
          await person.sends({ atOnce: true, includeHeld: false });
          person.nowMs += HOUR_MS;
        }
        person.nowMs += 8 * 24 * HOUR_MS;
        for (let minute = 0; minute < 120; minute += 1) {
          await person.sends();
          const left = await person.queue.getAll('records');
          if (left.every((queued) => queued.state === 'sent' || queued.state === 'refused')) break;
          person.nowMs += HOUR_MS;
        }
        const { records, episodes } = sent(person.batches);
        // A record that was answered 503 or 422 travels again, and is the same.
        expect(missing(records, held.records)).toEqual([]);
        expect(missing(episodes, held.episodes)).toEqual([]);
        if (statuses.includes(422)) return;
        expect(new Set(records)).toEqual(new Set(held.records));
        expect(new Set(episodes)).toEqual(new Set(held.episodes));
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('is what is sent when the person sends it before its time, the episode that goes on included', async () => {
    await fc.assert(
      fc.asyncProperty(anyDay, async (day) => {
        const person = await aPerson();
        await spendDay(person, day);
        const held = await shown(person.queue, person.nowMs);
        await person.sends({ atOnce: true, includeHeld: true });
        const { records, episodes } = sent(person.batches);
        expect(episodes.sort()).toEqual(held.episodes.sort());
        // Sightings keep their own time.
        expect(records.sort()).toEqual(held.records.filter((each) => !each.includes('"sighting"')).sort());
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('does not grow together when what lay between has left: work under another level', async () => {
    const person = await aPerson();
    for (const [number, level] of (['strict', 'balanced', 'strict'] as const).entries()) {
      await person.agreedTo(aCharter(), level);
      person.nowMs += 10_000;
      await person.works(number, [aView({ atMs: person.nowMs }), aStep({ atMs: person.nowMs })]);
    }
    const { episodes: held } = await shown(person.queue, person.nowMs);
    expect(held).toHaveLength(3);
    const steps = await person.queue.getAll('steps');
    const sequences = steps.filter(({ level }) => level === 'balanced').map(({ sequence }) => sequence);
    const selection = { kind: 'records' as const, recordIds: [], sequences };
    await person.sends({ atOnce: true, includeHeld: true, selection });
    expect(sent(person.batches).episodes).toHaveLength(1);
    await person.sends({ atOnce: true, includeHeld: true });
    expect(sent(person.batches).episodes.sort()).toEqual(held.sort());
  });

  it('does not change while it is held, but may be left out for a later record of its day', async () => {
    await fc.assert(
      fc.asyncProperty(anyDay, anyDay, async (before, after) => {
        const person = await aPerson();
        await spendDay(person, before);
        const heldIds = await person.queue.getAllKeys('records');
        const first = await shown(person.queue, person.nowMs);
        // Longer than the silence that ends an episode.
        person.nowMs += 300_000;
        await spendDay(person, after, before.length);
        const later = await shown(person.queue, person.nowMs);
        const stillHeld = new Set(await person.queue.getAllKeys('records'));
        const goneIds = heldIds.filter((recordId) => !stillHeld.has(recordId));
        expect(goneIds.length).toBeLessThanOrEqual((await summarize(person.queue, 0)).accounts.leftOut);
        expect(missing(first.records, later.records)).toHaveLength(goneIds.length);
        expect(missing(first.episodes, later.episodes)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

it('the order of records in a batch says nothing of the order in which they were made', async () => {
  const person = await aPerson();
  await person.agreedTo(aCharter({ minContributors: 0 }), 'balanced');
  await person.works(
    0,
    Array.from({ length: KEPT_A_DAY.motion }, () => aMovement()),
  );
  const numberOf = new Map(
    (await person.queue.getAll('records')).map(({ recordId, counter }) => [recordId, counter]),
  );
  await person.sends({ atOnce: true, includeHeld: true });
  const order = person.batches[0]!.records.map((record) => numberOf.get(record.recordId)!);
  expect(order).toHaveLength(KEPT_A_DAY.motion);
  const rising = order.filter((number, place) => place > 0 && number > order[place - 1]!).length;
  // Of 29 neighbours about 14.5 rise by chance, standard deviation 1.6; all or none when made in order.
  expect(rising).toBeGreaterThan(4);
  expect(rising).toBeLessThan(25);
  const ids = person.batches[0]!.records.map((record) => record.recordId);
  expect(ids).not.toEqual(ids.toSorted());
});
