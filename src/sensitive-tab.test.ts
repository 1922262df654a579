import { isStep } from './trace/held-step.ts';
import { beforeEach, expect, it } from 'vitest';
import { charterHash } from './charter/charter-hash.ts';
import { readCharterInForce } from './consent/charter-in-force.ts';
import { agreeToLinked, decide } from './consent/decide.ts';
import { writeItem } from './consent/stored-items.ts';
import { isSensitiveTab } from './consent/sensitive-tabs.ts';
import type { RawFragment } from './capture/fragments.ts';
import type { Charter, Level, Scope } from './charter/charter.ts';
import { splitBuckets } from './charter/split-buckets.ts';
import { assembleEpisodes } from './anonymize/assemble-episodes.ts';
import { mayRecord, receiveFragments, type PipelineContext } from './pipeline.ts';
import { openQueue, type QueueDatabase } from './queue/queue.ts';
import { summarize } from './queue/summary.ts';
import { endSensitive, receiveSensitive } from './sensitive-tab.ts';
import { aCharter, aMovement, aStep, aTypingRun, aView, NOON_MS } from './testing/builders.ts';
import { seededRandom } from './testing/seeded-random.ts';
import type { Random } from './trace/random.ts';

const KEY = 'A'.repeat(43);
const PAGE_URL = 'https://desk.example.com/tickets/7';
const everything: RawFragment[] = [aView(), aStep(), aMovement(), aTypingRun(40)];

let queue: QueueDatabase;
let nowMs: number;
let frames: number;
/** The same in each run: how many records a long run is cut into depends on it. */
let random: Random;

const context = (): PipelineContext => ({ queue, random, now: () => nowMs });
const sender = (tabId = 1, frameId = 0) =>
  ({ id: 'x', url: PAGE_URL, frameId, tab: { id: tabId, url: PAGE_URL, incognito: false } }) as never;

async function permit(): Promise<string> {
  const answer = await mayRecord(sender(), context());
  return answer.recording ? answer.permit : 'none';
}

/** Each from a frame of its own. */
const receive = async (fragments: RawFragment[], from = sender()) =>
  receiveFragments(
    { frame: String(++frames).padStart(22, '0'), number: 0, permit: await permit(), isLast: true, fragments },
    from,
    context(),
  );
const tell = async (changes: object = {}, from = sender()) =>
  receiveSensitive({ permit: await permit(), dropped: 0, isLeaving: false, ...changes }, from, context());
const held = async () => (await summarize(queue, nowMs)).held;
const gaps = async () => (await queue.getAll('steps')).filter(isStep).flatMap((step) => step.gap ?? []);

async function consentTo(scopes: Scope[], changes: Partial<Charter> = {}, level: Level = 'balanced') {
  const charter = aCharter({ minContributors: 0, ...changes });
  await writeItem('joined', { charter: JSON.stringify(charter), participantKey: KEY, hashingKey: KEY });
  const hash = await charterHash(charter);
  if (level === 'linked')
    await agreeToLinked(await readCharterInForce(), { charterHash: hash, scopes }, nowMs);
  else await decide({ charter, charterHash: hash, scopes, level }, nowMs);
}

beforeEach(async () => {
  nowMs = NOON_MS;
  frames = 0;
  random = seededRandom(1);
  queue = await openQueue(`test ${Math.random()}`);
  await consentTo(['pointer', 'keys', 'workflow']);
});

it('drops what the tab has handed over in the last minute, states it as a gap and counts it', async () => {
  await receive(everything);
  expect(await held()).toEqual({ records: 2, steps: 1 });
  nowMs += 59_000;
  expect(await tell({ dropped: 4 })).toBe(1);
  expect(await held()).toEqual({ records: 0, steps: 1 });
  expect(await gaps()).toEqual(['excluded']);
  expect((await summarize(queue, nowMs)).totals.dropped).toBe(7);
  expect(await queue.get('tabViews', 1)).toBeUndefined();
});

it('leaves what is older, and what other tabs have handed over', async () => {
  await receive(everything);
  nowMs += 61_000;
  await receive(everything, sender(2));
  await tell();
  expect((await held()).records).toBe(4);
  expect((await queue.getAll('steps')).filter((step) => isStep(step) && step.step)).toHaveLength(2);
});

it('judges the minute by when it was handed over: the clock of a page may be behind', async () => {
  await receive(everything.map((fragment) => ({ ...fragment, atMs: NOON_MS - 3_600_000 })));
  await tell();
  expect((await held()).records).toBe(0);
});

it('takes nothing more from any frame of the tab, and tells other frames to wait', async () => {
  await tell();
  expect(await receive(everything)).toEqual({ kind: 'sensitive' });
  expect(await receive(everything, sender(1, 3))).toEqual({ kind: 'sensitive' });
  expect(await mayRecord(sender(1, 3), context())).toEqual({ recording: false, elsewhere: true });
  expect((await held()).records).toBe(0);
  expect(await receive(everything, sender(2))).toEqual({ kind: 'stored' });
});

it('is over when the top frame asks for another view, not when a child does or the view is the same', async () => {
  await tell({}, sender(1, 3));
  expect(await endSensitive({ isMuted: false }, sender(1, 3))).toBe(false);
  expect(await endSensitive({ isMuted: true }, sender())).toBe(false);
  expect(await endSensitive({}, sender())).toBe(false);
  expect(await isSensitiveTab(1)).toBe(true);
  expect(await endSensitive({ isMuted: false }, sender())).toBe(true);
  expect(await endSensitive({ isMuted: false }, sender())).toBe(false);
  expect(await receive(everything)).toEqual({ kind: 'stored' });
});

it('marks no tab whose page is being left, but drops its last minute', async () => {
  await receive(everything);
  expect(await tell({ isLeaving: true })).toBeUndefined();
  expect((await held()).records).toBe(0);
  expect(await isSensitiveTab(1)).toBe(false);
});

it('drops the sightings of that minute too, so that what was met there is met anew', async () => {
  await consentTo(['pointer', 'workflow'], { minContributors: 10 });
  await receive([aView({ routeShape: '/help' }), aStep()]);
  nowMs += 61_000;
  await receive([aView({ routeShape: '/help' }), aStep(), aView({ routeShape: '/edit' }), aStep()]);
  const seen = async () => (await queue.getAll('records')).filter((record) => record.kind === 'sighting');
  const before = (await seen()).length;
  await tell();
  expect((await seen()).length).toBe(before - 1);
  const known = (await queue.getAllKeys('sightings')).length;
  expect(known).toBe(before - 1);
  await endSensitive({ isMuted: false }, sender());
  await receive([aView({ routeShape: '/edit' }), aStep()]);
  expect((await seen()).length).toBe(before);
});

it.each([
  ['balanced', 'episode', 3],
  ['linked', 'trace', 7],
] as const)(
  'at %s the gap bears the bucket of its %s, and tears none in two',
  async (level, kind, bucket) => {
    const charter = { expectedParticipants: 500, protection: level } as const;
    const splits = { motion: 1, rhythm: 2, episode: 3, trace: 7 };
    await queue.put('meta', { buckets: splitBuckets(charter), splits }, 'splits');
    await consentTo(['pointer', 'keys', 'workflow'], charter, level);
    await receive(everything, sender(2));
    nowMs += 10_000;
    await receive(everything.map((fragment) => ({ ...fragment, atMs: nowMs })));
    await tell();
    const held = await queue.getAll('steps');
    expect(held.filter((item) => isStep(item) && item.gap)).toMatchObject([{ split: bucket, level }]);
    expect(held.filter((item) => item.taken?.tabId === 1)).toEqual([]);
    const [whole, ...others] = assembleEpisodes(held, nowMs, true);
    expect(others).toEqual([]);
    expect(whole!.content).toMatchObject({ kind, split: bucket, gaps: [{ reason: 'excluded' }] });
  },
);

it('at linked, movements and typing of that minute are dropped with the steps, older ones stay', async () => {
  await consentTo(['pointer', 'keys', 'workflow'], { protection: 'linked' }, 'linked');
  const kinds = async () =>
    (await queue.getAll('steps')).map((item) =>
      isStep(item) ? (item.gap ?? 'step') : 'motion' in item ? 'motion' : 'rhythm',
    );
  await receive(everything);
  nowMs += 61_000;
  await receive(everything);
  expect(await kinds()).toHaveLength(6);
  await tell({ dropped: 2 });
  expect((await kinds()).sort()).toEqual(['excluded', 'motion', 'rhythm', 'step']);
  expect((await summarize(queue, nowMs)).totals.dropped).toBe(5);
});

it('states no gap where no steps are recorded', async () => {
  await consentTo(['pointer']);
  await receive(everything);
  await tell();
  expect(await held()).toEqual({ records: 0, steps: 0 });
});

it('does nothing for who may not record, under an old permit, or with what it cannot read', async () => {
  await receive(everything);
  for (const changes of [{ permit: 'old' }, { dropped: -1 }, { text: 'secret' }])
    expect(await tell(changes)).toBeUndefined();
  const elsewhere = {
    id: 'x',
    url: 'https://x.example/',
    frameId: 0,
    tab: { id: 1, url: 'https://x.example/' },
  };
  expect(await tell({}, elsewhere as never)).toBeUndefined();
  expect((await held()).records).toBe(2);
});
