import { isStep } from './trace/held-step.ts';
import { beforeEach, expect, it } from 'vitest';
import { charterHash } from './charter/charter-hash.ts';
import { decide } from './consent/decide.ts';
import { writeItem } from './consent/stored-items.ts';
import { isSensitiveTab } from './consent/sensitive-tabs.ts';
import type { RawFragment } from './capture/fragments.ts';
import type { Scope } from './charter/charter.ts';
import { mayRecord, receiveFragments, type PipelineContext } from './pipeline.ts';
import { openQueue, type QueueDatabase } from './queue/queue.ts';
import { summarize } from './queue/summary.ts';
import { endSensitive, receiveSensitive } from './sensitive-tab.ts';
import { aCharter, aMovement, aStep, aTypingRun, aView, NOON_MS } from './testing/builders.ts';
import { cryptoRandom } from './trace/random.ts';

const KEY = 'A'.repeat(43);
const PAGE_URL = 'https://desk.example.com/tickets/7';
const everything: RawFragment[] = [aView(), aStep(), aMovement(), aTypingRun(40)];

let queue: QueueDatabase;
let nowMs: number;
let frames: number;

const context = (): PipelineContext => ({ queue, random: cryptoRandom, now: () => nowMs });
const sender = (tabId = 1, frameId = 0) =>
  ({ id: 'x', url: PAGE_URL, frameId, tab: { id: tabId, url: PAGE_URL, incognito: false } }) as never;

async function permit(): Promise<string> {
  const answer = await mayRecord(sender(), context());
  return answer.recording ? answer.permit : 'none';
}

/** Each from a frame of its own. */
const receive = async (fragments: RawFragment[], from = sender()) =>
  receiveFragments(
    { frame: String(++frames).padStart(22, '0'), number: 0, permit: await permit(), fragments },
    from,
    context(),
  );
const tell = async (changes: object = {}, from = sender()) =>
  receiveSensitive({ permit: await permit(), dropped: 0, isLeaving: false, ...changes }, from, context());
const held = async () => (await summarize(queue, nowMs)).held;
const gaps = async () => (await queue.getAll('steps')).filter(isStep).flatMap((step) => step.gap ?? []);

async function consentTo(scopes: Scope[], minContributors = 0) {
  const charter = aCharter({ minContributors });
  await writeItem('joined', { charter: JSON.stringify(charter), participantKey: KEY, hashingKey: KEY });
  await decide({ charter, charterHash: await charterHash(charter), scopes, level: 'balanced' }, nowMs);
}

beforeEach(async () => {
  nowMs = NOON_MS;
  frames = 0;
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
  await consentTo(['pointer', 'workflow'], 10);
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
