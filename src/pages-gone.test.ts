import { fakeBrowser } from 'wxt/testing/fake-browser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { charterHash } from './charter/charter-hash.ts';
import { decide, setSiteOff } from './consent/decide.ts';
import { writeItem } from './consent/stored-items.ts';
import { mayRecord, receiveFragments, type PipelineContext } from './pipeline.ts';
import { closeFrames, openPage } from './queue/open-frames.ts';
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

async function agree(retentionDays = 30): Promise<void> {
  const charter = aCharter({ minContributors: 0, retentionDays });
  await writeItem('joined', { charter: JSON.stringify(charter), participantKey: KEY, hashingKey: KEY });
  const hash = await charterHash(charter);
  await decide({ charter, charterHash: hash, scopes: ['workflow'], level: 'balanced' }, nowMs);
}

/** A frame's message; each has something to tell but the last one. */
async function hear(
  frame: string,
  { number = 0, isLast, ...place }: { number?: number; isLast?: true } & Place = {},
) {
  nowMs += 1000;
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

describe('what a page that is gone could not hand over', () => {
  it('is told where the next page of its tab begins, once', async () => {
    await hear('one');
    await hear('two', { documentId: 'second' });
    expect(await gaps()).toEqual(['pageGone']);
    await hear('two', { documentId: 'second', number: 1 });
    await hear('two', { documentId: 'second', number: 2, isLast: true });
    await hear('three', { documentId: 'third' });
    expect(await gaps()).toEqual(['pageGone']);
  });

  it('is nothing where the page has said that this was all', async () => {
    await hear('one');
    await hear('one', { number: 1, isLast: true });
    await hear('two', { documentId: 'second' });
    expect(await gaps()).toEqual([]);
  });

  it('may be something again when a page goes on that was hidden', async () => {
    await hear('one', { isLast: true });
    await hear('one', { number: 1 });
    await hear('two', { documentId: 'second' });
    expect(await gaps()).toEqual(['pageGone']);
  });

  it('is told as what it was where the page is there and its recorder is another one', async () => {
    await hear('one');
    await hear('two');
    expect(await gaps()).toEqual(['workerUnreachable']);
  });

  it('is told by another tab where its own tab is gone, and not while that is there', async () => {
    const tabs = new Set([1, 2, 3]);
    // Of the browser's overloads the one with a callback is the last.
    const getTab: unknown = (id: number) =>
      tabs.has(id) ? Promise.resolve({ id }) : Promise.reject(new Error('no tab'));
    vi.spyOn(fakeBrowser.tabs, 'get').mockImplementation(getTab as never);
    await hear('one', { tabId: 1 });
    await hear('two', { tabId: 2, documentId: 'second' });
    expect(await gaps()).toEqual([]);
    tabs.delete(1);
    await hear('three', { tabId: 3, documentId: 'third' });
    await hear('four', { tabId: 4, documentId: 'fourth' });
    expect(await gaps()).toEqual(['pageGone']);
  });

  it('is told of a page that was gone before it was heard of, and not of one that was', async () => {
    const asks = async (documentId: string) => {
      const answer = await mayRecord(senderAt({ documentId }), context());
      const permit = answer.recording ? answer.permit : 'none';
      await openPage(queue, { tabId: 1, documentId, permit }, nowMs);
    };
    await asks('first');
    await hear('one', { documentId: 'first' });
    await hear('one', { documentId: 'first', number: 1, isLast: true });
    await asks('second');
    await asks('second');
    await hear('two', { documentId: 'second', isLast: true });
    expect(await gaps()).toEqual([]);
    await asks('third');
    await asks('fourth');
    await hear('four', { documentId: 'fourth' });
    expect(await gaps()).toEqual(['pageGone']);
  });

  it('is no matter of frames within a page', async () => {
    await hear('one', { number: 0, isLast: true });
    await hear('inner', { frameId: 5 });
    await hear('two', { documentId: 'second' });
    expect(await gaps()).toEqual([]);
  });

  it('is not told under another agreement', async () => {
    await hear('one');
    await agree(29);
    await hear('two', { documentId: 'second' });
    expect(await gaps()).toEqual([]);
  });

  it('is not told once more where recording was ended: for a pause, a sensitive page, a site switched off', async () => {
    await hear('one');
    await closeFrames(queue);
    await hear('two', { documentId: 'second' });
    expect(await gaps()).toEqual([]);
    const answer = await mayRecord(senderAt({}), context());
    const permit = answer.recording ? answer.permit : 'none';
    const news = { permit, dropped: 0, isLeaving: true };
    await receiveSensitive(news, senderAt({ documentId: 'second' }), context());
    await hear('three', { documentId: 'third' });
    expect(await gaps()).toEqual(['excluded']);
    await setSiteOff('desk.example.com', true);
    await mayRecord(senderAt({ documentId: 'third' }), context());
    await setSiteOff('desk.example.com', false);
    await hear('four', { documentId: 'fourth' });
    expect(await gaps()).toEqual(['excluded']);
  });
});
