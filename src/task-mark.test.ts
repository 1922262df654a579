import { beforeEach, expect, it } from 'vitest';
import { assembleEpisodes } from './anonymize/assemble-episodes.ts';
import { charterHash } from './charter/charter-hash.ts';
import type { Scope } from './charter/charter.ts';
import { decide, pause } from './consent/decide.ts';
import { writeItem } from './consent/stored-items.ts';
import type { TaskMark } from './messages.ts';
import { mayRecord, receiveFragments, type PipelineContext } from './pipeline.ts';
import { openQueue, type QueueDatabase } from './queue/queue.ts';
import { readRunningTask } from './running-task.ts';
import { markTask } from './task-mark.ts';
import { aCharter, aStep, aView, NOON_MS } from './testing/builders.ts';
import { seededRandom } from './testing/seeded-random.ts';
import { Episode } from './trace/episode.ts';

const KEY = 'A'.repeat(43);
const PAGE_URL = 'https://desk.example.com/tickets/7';
const POPUP = { id: 'x', url: 'chrome-extension://proffer/popup.html?tab=1' } as never;

let queue: QueueDatabase;
let nowMs: number;
let messages: number;

const context = (): PipelineContext => ({ queue, random: seededRandom(1), now: () => nowMs });

async function consentTo(scopes: Scope[]) {
  const charter = aCharter({ minContributors: 0, tasks: ['refund', 'new-ticket'] });
  await writeItem('joined', { charter: JSON.stringify(charter), participantKey: KEY, hashingKey: KEY });
  await decide({ charter, charterHash: await charterHash(charter), scopes, level: 'balanced' }, nowMs);
}

const mark = (said: TaskMark, task = 'refund', changes: object = {}, sender = POPUP) =>
  markTask({ mark: said, task, tabId: 1, ...changes }, sender, context());

/** The person clicks once in the app. */
async function work() {
  const sender = { id: 'x', url: PAGE_URL, frameId: 0, tab: { id: 1, url: PAGE_URL, incognito: false } };
  const allowed = await mayRecord(sender as never, context());
  if (!allowed.recording) throw new Error('not recording');
  const fragments = [aView({ atMs: nowMs }), aStep({ atMs: nowMs })];
  const frame = String(++messages).padStart(22, '0');
  await receiveFragments({ frame, number: 0, permit: allowed.permit, fragments }, sender as never, context());
  nowMs += 1000;
}

const steps = async () => (await queue.getAll('steps')).length;

beforeEach(async () => {
  nowMs = NOON_MS;
  messages = 0;
  queue = await openQueue(`test ${Math.random()}`);
  await consentTo(['workflow']);
});

it.each([
  ['done', 'taskDone', 'done'],
  ['givenUp', 'taskGivenUp', 'givenUp'],
] as const)('a task that is begun and %s becomes an episode of its own', async (said, action, outcome) => {
  await work();
  expect(await mark('begun')).toEqual({ kind: 'done' });
  expect(await readRunningTask()).toEqual({ task: 'refund', tabId: 1 });
  nowMs += 1000;
  await work();
  expect(await mark(said)).toEqual({ kind: 'done' });
  expect(await readRunningTask()).toBeUndefined();
  nowMs += 1000;
  await work();

  const episodes = assembleEpisodes(await queue.getAll('steps'), nowMs, true).map(({ content }) => content!);
  expect(episodes.map((episode) => episode.outcome)).toEqual(['unknown', outcome, 'unknown']);
  expect(episodes[1]!.steps.map((step) => [step.action, step.task])).toEqual([
    ['taskBegun', 'refund'],
    ['click', undefined],
    [action, 'refund'],
  ]);
  const record = { ...episodes[1], recordId: 'A'.repeat(22), recordedOn: '2026-11-23' };
  expect(Episode.safeParse(record).error?.issues ?? []).toEqual([]);
});

it('a task may be ended from a page that is in no app, and not begun there', async () => {
  await work();
  expect(await mark('begun', 'refund', { tabId: 9 })).toEqual({ kind: 'no-view' });
  expect(await steps()).toBe(1);
  await mark('begun');
  expect(await mark('done', 'refund', { tabId: 9 })).toEqual({ kind: 'done' });
  expect(await steps()).toBe(3);
});

it('a mark is taken from the popup only, for tasks of the list only, and not while nothing is recorded', async () => {
  await work();
  const refused = { kind: 'not-recording' };
  expect(await mark('begun', 'gossip')).toEqual(refused);
  expect(await mark('begun', 'refund', { more: 1 })).toEqual(refused);
  for (const url of [PAGE_URL, 'chrome-extension://proffer/my-data.html'])
    expect(await mark('begun', 'refund', {}, { id: 'x', url } as never)).toEqual(refused);
  await pause(null);
  expect(await mark('begun')).toEqual(refused);
  await consentTo(['pointer']);
  expect(await mark('begun')).toEqual(refused);
  expect(await steps()).toBe(1);
  expect(await readRunningTask()).toBeUndefined();
});
