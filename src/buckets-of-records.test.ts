import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { charterHash } from './charter/charter-hash.ts';
import type { Charter } from './charter/charter.ts';
import { isSplitOf } from './charter/split-buckets.ts';
import { decide } from './consent/decide.ts';
import { writeItem } from './consent/stored-items.ts';
import { mayRecord, receiveFragments, sendWhatIsDue, type PipelineContext } from './pipeline.ts';
import { openQueue, type QueueDatabase } from './queue/queue.ts';
import { aCharter, aMovement, aStep, aTypingRun, aView, NOON_MS } from './testing/builders.ts';
import { TraceBatch } from './trace/batch.ts';
import { cryptoRandom } from './trace/random.ts';

const KEY = 'A'.repeat(43);
const WEEK_MS = 7 * 24 * 3_600_000;
const url = 'https://desk.example.com/tickets/7';
const sender = { id: 'x', url, frameId: 0, tab: { id: 1, url, incognito: false } } as never;

let queue: QueueDatabase;
let nowMs: number;
let messages: number;
let batches: TraceBatch[];

const context = (): PipelineContext => ({
  queue,
  random: cryptoRandom,
  now: () => nowMs,
  fetchFrom: (_input, init) => {
    batches.push(TraceBatch.parse(JSON.parse(gunzipSync(init?.body as Uint8Array).toString())));
    return Promise.resolve(new Response(null, { status: 204 }));
  },
});

async function workUnder(charter: Charter): Promise<void> {
  await writeItem('joined', { charter: JSON.stringify(charter), participantKey: KEY, hashingKey: KEY });
  await decide(
    {
      charter,
      charterHash: await charterHash(charter),
      scopes: ['pointer', 'keys', 'workflow'],
      level: 'balanced',
    },
    nowMs,
  );
  const answer = await mayRecord(sender, context());
  if (!answer.recording) throw new Error('may not record');
  await receiveFragments(
    {
      frame: 'F'.repeat(22),
      number: messages,
      permit: answer.permit,
      fragments: [aView(), aStep({ atMs: nowMs }), aMovement(), aTypingRun(40)],
    },
    sender,
    context(),
  );
  messages += 1;
  nowMs += 10 * 60_000;
}

async function sendAll(): Promise<void> {
  await sendWhatIsDue(context(), { atOnce: true, includeHeld: true });
  nowMs += 2 * WEEK_MS;
  for (let minute = 0; minute < 30; minute += 1) {
    nowMs += 60_000;
    await sendWhatIsDue(context());
  }
}

const sent = () => batches.flatMap((batch) => batch.records);
const bucketsOf = (kind: 'motion' | 'rhythm' | 'episode') =>
  sent().flatMap((record) => (record.kind === kind ? [record.split] : []));
const bucketsContributed = (scope: string) =>
  sent().flatMap((record) =>
    record.kind === 'sighting' && record.scope === scope && record.seen.what === 'contributed'
      ? [record.seen.split]
      : [],
  );

beforeEach(async () => {
  [nowMs, messages, batches] = [NOON_MS, 0, []];
  queue = await openQueue(`test ${Math.random()}`);
});

describe('the bucket of what one person sends', () => {
  it('is the same on every record of a kind, week after week, and on its contributions', async () => {
    const charter = aCharter({ expectedParticipants: 500 });
    for (let week = 0; week < 3; week += 1) {
      await workUnder(charter);
      await sendAll();
    }
    for (const [kind, scope] of [
      ['motion', 'pointer'],
      ['rhythm', 'keys'],
      ['episode', 'workflow'],
    ] as const) {
      expect(bucketsOf(kind)).toHaveLength(3);
      expect(new Set([...bucketsOf(kind), ...bucketsContributed(scope)]).size).toBe(1);
      expect(bucketsContributed(scope)).toHaveLength(3);
      expect(isSplitOf(bucketsOf(kind)[0], charter)).toBe(true);
    }
  });

  it('is absent where the charter expects too few people', async () => {
    await workUnder(aCharter({ expectedParticipants: 99 }));
    await sendAll();
    expect(sent().length).toBeGreaterThan(5);
    expect(JSON.stringify(sent())).not.toContain('split');
  });

  it('is never on what was met for the first time', async () => {
    await workUnder(aCharter({ expectedParticipants: 500 }));
    await sendAll();
    const met = sent().filter((record) => record.kind === 'sighting' && record.seen.what !== 'contributed');
    expect(met).toHaveLength(3);
    expect(JSON.stringify(met)).not.toContain('split');
  });

  it('fits the charter that a record was made under, whatever is in force when it is sent', async () => {
    const charters = [500, 100, 99, 150, 500].map((expectedParticipants) =>
      aCharter({ expectedParticipants }),
    );
    for (const charter of charters) await workUnder(charter);
    await sendAll();
    const byHash = new Map<string, Charter>();
    for (const charter of charters) byHash.set(await charterHash(charter), charter);
    expect(new Set(batches.map((batch) => batch.charter)).size).toBe(4);
    for (const batch of batches) {
      for (const record of batch.records) {
        if (record.kind === 'sighting') continue;
        expect(isSplitOf(record.split, byHash.get(batch.charter)!)).toBe(true);
      }
    }
    expect(bucketsOf('episode')).toHaveLength(5);
  });
});
