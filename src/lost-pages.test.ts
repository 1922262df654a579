import { fakeBrowser } from 'wxt/testing/fake-browser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { charterHash } from './charter/charter-hash.ts';
import { decide, setSiteOff } from './consent/decide.ts';
import { writeItem } from './consent/stored-items.ts';
import { mayRecord, receiveFragments, type PipelineContext } from './pipeline.ts';
import { beginRun, notePage, tellLostPages } from './lost-pages.ts';
import { closePages } from './queue/open-frames.ts';
import { openQueue, type QueueDatabase } from './queue/queue.ts';
import { receiveSensitive } from './sensitive-tab.ts';
import { aCharter, aStep, aView, NOON_MS } from './testing/builders.ts';
import { seededRandom } from './testing/seeded-random.ts';

const KEY = 'A'.repeat(43);
const URL_IN_APP = 'https://desk.example.com/tickets/7';

let queue: QueueDatabase;
let nowMs: number;
const context = (): PipelineContext => ({ queue, random: seededRandom(1), now: () => nowMs });

interface Place {
  tabId?: number;
  documentId?: string;
  frameId?: number;
}

const senderAt = ({ tabId = 1, documentId = 'first', frameId = 0 }: Place) =>
  ({
    id: 'x',
    url: URL_IN_APP,
    frameId,
    documentId,
    tab: { id: tabId, url: URL_IN_APP, incognito: false },
  }) as never;

async function agree(
  retentionDays = 30,
  scopes: readonly ('pointer' | 'workflow')[] = ['workflow'],
): Promise<void> {
  const charter = aCharter({ minContributors: 0, retentionDays });
  await writeItem('joined', { charter: JSON.stringify(charter), participantKey: KEY, hashingKey: KEY });
  const hash = await charterHash(charter);
  await decide({ charter, charterHash: hash, scopes: [...scopes], level: 'balanced' }, nowMs);
}

/** A page asks whether it may be recorded, as `background.ts` answers it. */
async function ask({ tabId = 1, documentId = 'first', frameId = 0 }: Place = {}) {
  const answer = await mayRecord(senderAt({ tabId, documentId, frameId }), context());
  if (!answer.recording || frameId !== 0) return;
  await notePage(senderAt({ tabId, documentId }), answer.permit, context());
}

/** A frame's message; each has something to tell but the last one. */
async function hear(
  frame: string,
  { number = 0, isLast, ...place }: { number?: number; isLast?: true } & Place = {},
) {
  nowMs += 1000;
  await ask(place);
  const sender = senderAt(place);
  const answer = await mayRecord(sender, context());
  const permit = answer.recording ? answer.permit : 'none';
  const message = {
    frame: frame.padEnd(22, 'F'),
    number,
    permit,
    ...(isLast && { isLast }),
    fragments: isLast ? [] : [aView({ atMs: nowMs - 20 }), aStep({ atMs: nowMs - 10 })],
  };
  return receiveFragments(message, sender, context());
}

afterEach(() => vi.restoreAllMocks());

const gaps = async () =>
  (await queue.getAll('steps')).flatMap((held) => ('view' in held && held.gap ? [held.gap] : []));

beforeEach(async () => {
  nowMs = NOON_MS;
  queue = await openQueue(`test ${Math.random()}`);
  await agree();
});

/** The extension is loaded anew, or the browser is. */
const restart = async () => {
  await fakeBrowser.storage.session.clear();
  await beginRun(context());
};
const told = async () => {
  nowMs += 6000;
  await tellLostPages(context());
  return gaps();
};
/** All steps and gaps, as they will be in an episode. */
const inOrder = async () =>
  (await queue.getAll('steps')).flatMap((held) => ('view' in held ? [held.gap ?? held.step?.action] : []));

let tabs: Set<number>;
beforeEach(() => {
  tabs = new Set([1, 2, 3]);
  // Of the browser's overloads the one with a callback is the last.
  const getTab: unknown = (id: number) =>
    tabs.has(id) ? Promise.resolve({ id }) : Promise.reject(new Error('no tab'));
  vi.spyOn(fakeBrowser.tabs, 'get').mockImplementation(getTab as never);
});

describe('what a page that is gone could not hand over', () => {
  it('is told where it ends, once, when its tab shows another page', async () => {
    await hear('one');
    await hear('two', { documentId: 'second' });
    expect(await told()).toEqual(['pageGone']);
    expect(await inOrder()).toEqual(['click', 'pageGone', 'click']);
    await hear('two', { documentId: 'second', number: 1 });
    await hear('two', { documentId: 'second', number: 2, isLast: true });
    await hear('three', { documentId: 'third' });
    expect(await told()).toHaveLength(1);
  });

  it('is told when its tab is gone, though nothing comes after it', async () => {
    await hear('one');
    expect(await told()).toEqual([]);
    tabs.delete(1);
    expect(await told()).toEqual(['pageGone']);
    expect(await told()).toEqual(['pageGone']);
  });

  it('is told of every page that was open when the extension is loaded anew, before any of the next', async () => {
    await hear('one');
    await hear('two', { tabId: 2, documentId: 'second' });
    tabs.delete(2);
    await restart();
    await hear('three');
    expect(await inOrder()).toEqual(['click', 'workerUnreachable', 'click', 'pageGone', 'click']);
    await beginRun(context());
    expect(await told()).toHaveLength(2);
  });

  it('is told where a page had asked and was not heard of yet', async () => {
    await ask({ tabId: 3, documentId: 'elsewhere' });
    await restart();
    expect(await gaps()).toEqual(['workerUnreachable']);
    await hear('one', { tabId: 3, documentId: 'elsewhere' });
    expect(await inOrder()).toEqual(['workerUnreachable', 'click']);
  });

  it('is told once of a page that was agreed to anew', async () => {
    await hear('one');
    await agree(29);
    await ask();
    await restart();
    expect(await gaps()).toEqual(['workerUnreachable']);
  });

  it('is told once of a page that had asked again', async () => {
    await hear('one');
    await ask();
    await restart();
    expect(await gaps()).toHaveLength(1);
  });

  it('is nothing where its last message came', async () => {
    await hear('one');
    await hear('one', { number: 1, isLast: true });
    await hear('two', { documentId: 'second', isLast: true });
    await restart();
    expect(await told()).toEqual([]);
  });

  it('is nothing where the last message comes a little after the first of the next page', async () => {
    await hear('one');
    await hear('two', { documentId: 'second' });
    await tellLostPages(context());
    await hear('one', { number: 1, isLast: true });
    expect(await told()).toEqual([]);
  });

  it('may be something again when a page goes on that was hidden', async () => {
    await hear('one', { isLast: true });
    await hear('one', { number: 1 });
    tabs.delete(1);
    expect(await told()).toEqual(['pageGone']);
  });

  it('is no matter of frames within a page', async () => {
    await hear('one', { isLast: true });
    await hear('inner', { frameId: 5 });
    await restart();
    expect(await told()).toEqual([]);
  });

  it('is not told under another agreement', async () => {
    await hear('one');
    await agree(29);
    await restart();
    expect(await told()).toEqual([]);
  });

  it('is not told where only the pointer is recorded', async () => {
    await agree(30, ['pointer']);
    await hear('one');
    await restart();
    expect(await queue.count('steps')).toBe(0);
  });

  it('is not told once more where recording was ended: for a pause, a sensitive page, a site switched off', async () => {
    await hear('one');
    await closePages(queue);
    await restart();
    expect(await gaps()).toEqual([]);
    await hear('two', { documentId: 'second' });
    const answer = await mayRecord(senderAt({}), context());
    const permit = answer.recording ? answer.permit : 'none';
    const news = { permit, dropped: 0, isLeaving: true };
    await receiveSensitive(news, senderAt({ documentId: 'second' }), context());
    await restart();
    expect(await gaps()).toEqual(['excluded']);
    await hear('three', { documentId: 'third' });
    await setSiteOff('desk.example.com', true);
    await mayRecord(senderAt({ documentId: 'third' }), context());
    await setSiteOff('desk.example.com', false);
    await restart();
    expect(await gaps()).toEqual(['excluded']);
  });
});
