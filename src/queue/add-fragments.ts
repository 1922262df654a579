/**
 * Protected records and steps -> the queue, in one transaction with the number of the message they came in.
 *
 * Background only. A message that was already taken changes nothing; one captured before a withdrawal that has
 * happened meanwhile is not stored.
 */
import { changeQueue, type Books } from './books.ts';
import { addWithinShare } from './daily-share.ts';
import type { QueueDatabase } from './queue.ts';
import { isOutOfSpace, makeRoom, makeRoomIfFull } from './make-room.ts';
import { askedBy, closeFrame } from './open-frames.ts';
import type { NewStep, QueuedRecord, QueuedStep, RecordedPage } from './queue-schema.ts';
import type { View } from '../trace/episode.ts';
import { appOf, endMsOf, isFragment } from '../trace/held-step.ts';
import { cryptoRandom, type Random } from '../trace/random.ts';

export interface Addition {
  /** The message it comes from; undefined for what the background makes itself. */
  message: TakenMessage | undefined;
  /** `epoch` as it was when consent was checked. */
  epoch: number;
  records: QueuedRecord[];
  steps: NewStep[];
  tabView: { tabId: number; viewId: string; view: View } | undefined;
  /** Keys that count as met from now on. */
  sightedKeys: string[];
  /** Steps that became part of one of the records. */
  consumedSequences: number[];
  /** The step on hold after which the consumed ones come: what is held behind them must not follow it in one episode. */
  cutAfterSequence?: number | undefined;
  /** Fragments that came too late to be stored: the person has had their time forgotten meanwhile. */
  forgotten?: number;
  /** The frame whose loss one of the steps tells: it is told of once. */
  lostFrame?: string;
  nowMs: number;
}

export interface TakenMessage {
  frame: string;
  number: number;
  /** Of a top frame. */
  page?: RecordedPage;
  /** The frame has handed over all that it had. */
  isLast?: boolean;
}

/**
 * `too-early`: the message before it has not arrived; taken now, that one would later count as a repeat.
 * `deleted`: a step that was to be consumed is no longer there.
 */
export type AddOutcome = 'added' | 'repeated' | 'too-early' | 'withdrawn' | 'deleted';

export async function addToQueue(
  queue: QueueDatabase,
  addition: Addition,
  random: Random = cryptoRandom,
): Promise<AddOutcome> {
  try {
    return await add(queue, addition, random);
  } catch (error) {
    if (!isOutOfSpace(error)) throw error;
    await makeRoom(queue);
    return add(queue, addition, random);
  }
}

function add(queue: QueueDatabase, addition: Addition, random: Random): Promise<AddOutcome> {
  return changeQueue(queue, async (books) => {
    const meta = books.store('meta');
    if (((await meta.get('epoch')) ?? 0) !== addition.epoch) return 'withdrawn';
    const consumed: QueuedStep[] = [];
    for (const sequence of addition.consumedSequences) {
      const step = await books.store('steps').get(sequence);
      if (step === undefined) return 'deleted';
      consumed.push(step);
    }
    const repetition = addition.message && (await noteMessage(books, addition.message, addition.nowMs));
    if (repetition !== undefined) return repetition;
    await meta.delete('withdrawn');
    if (addition.message !== undefined) await makeRoomIfFull(books);
    for (const step of consumed) books.removeStep(step);
    await cutAfter(books, addition.cutAfterSequence);
    for (const record of addition.records) await addRecord(books, record, consumed.length > 0, random);
    for (const step of addition.steps) await addStep(books, step);
    for (const key of addition.sightedKeys) await books.store('sightings').put({ key });
    if (addition.tabView !== undefined) await books.store('tabViews').put(addition.tabView);
    const { forgotten = 0, lostFrame } = addition;
    if (lostFrame !== undefined) await closeFrame(books.store('frames'), lostFrame);
    if (forgotten > 0)
      books.correct(({ fragments }) => {
        fragments.captured += forgotten;
        fragments.deleted += forgotten;
      });
    return 'added';
  });
}

async function cutAfter(books: Books, sequence: number | undefined): Promise<void> {
  const before = sequence === undefined ? undefined : await books.store('steps').get(sequence);
  if (before && !before.cutAfter) books.changeStep(before, { ...before, cutAfter: true });
}

async function noteMessage(
  books: Books,
  { frame, number, page, isLast = false }: TakenMessage,
  nowMs: number,
): Promise<'repeated' | 'too-early' | undefined> {
  const frames = books.store('frames');
  const lastNumber = (await frames.get(frame))?.lastNumber ?? -1;
  if (number <= lastNumber) return 'repeated';
  if (number > lastNumber + 1) return 'too-early';
  await frames.put({
    frame,
    lastNumber: number,
    seenAtMs: nowMs,
    ...(page && { page, ...(!isLast && { openSinceMs: nowMs }) }),
  });
  if (page) await frames.delete(askedBy(page));
  return undefined;
}

/** @param isMadeOfSteps what it is made from was captured before. */
async function addRecord(
  books: Books,
  record: QueuedRecord,
  isMadeOfSteps: boolean,
  random: Random,
): Promise<void> {
  const { app, startMs, endMs, parts } = record.local;
  const isPlaced = parts.length > 0 || app === '';
  const own = isPlaced ? parts : [partOf(await books.sessionOf(app, startMs, endMs), record)];
  const placed = { ...record, local: { ...record.local, parts: own } };
  if (!isMadeOfSteps) books.count(placed, 'captured');
  books.correct(({ made }) => (made[record.kind] += 1));
  await addWithinShare(placed, books, random);
}

function partOf(sessionId: number, { fragments }: QueuedRecord) {
  return { sessionId, fragments };
}

/** Adds a step to the session that it belongs to. */
export async function addStep(books: Books, step: NewStep): Promise<void> {
  const sessionId = await books.sessionOf(appOf(step), step.startMs, endMsOf(step));
  const queued: QueuedStep = { ...step, sessionId, fragments: isFragment(step) ? 1 : 0 };
  books.count(queued, 'captured');
  books.addStep(queued);
}

/** Longer than a page is left open without a single action; one that is begins anew when it is loaded again. */
const FRAME_MEMORY_MS = 30 * 24 * 3_600_000;

export async function forgetOldFrames(queue: QueueDatabase, nowMs: number): Promise<void> {
  const transaction = queue.transaction('frames', 'readwrite');
  const old = IDBKeyRange.upperBound(nowMs - FRAME_MEMORY_MS);
  for (const frame of await transaction.store.index('by-seen').getAllKeys(old))
    await transaction.store.delete(frame);
  await transaction.done;
}
