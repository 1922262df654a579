/**
 * Deleting what has not been sent: put aside at once, brought back if the person wants, else destroyed.
 *
 * Background only; each function is one transaction. What is put aside is in a store of its own, so that nothing that
 * draws, assembles or counts what may leave can meet it.
 */
import { dissolveBatch, withoutContent } from './batches.ts';
import { changeQueue, type Books } from './books.ts';
import { addErasure, type ErasureTerms } from './erasures.ts';
import { cutPoints } from './held-steps.ts';
import type { QueueDatabase } from './queue.ts';
import type { PutAside, QueuedRecord, QueuedStep, Span } from './queue-schema.ts';
import { select, type Selection } from './selection.ts';

export interface Deletion {
  deletionId: string;
  /** How many movements, typing runs' records and steps it has. */
  fragments: number;
}

/**
 * Puts aside what is selected.
 *
 * A record that was drawn into a batch may have arrived, whatever becomes of the batch: the batch is dissolved, what
 * else was in it waits again, and the record is asked back when the deletion is settled.
 */
export function putAside(queue: QueueDatabase, selection: Selection): Promise<Deletion> {
  const deletionId = crypto.randomUUID();
  return changeQueue(queue, async (books) => {
    const { records, steps } = await select(books, selection);
    const dissolved = new Set<string>();
    for (const record of records) {
      if (record.batchId !== undefined) dissolved.add(record.batchId);
      await putRecordAside(books, record, deletionId);
    }
    for (const batchId of dissolved) await dissolveBatch(books, batchId);
    for (const step of steps) {
      books.removeStep(step);
      const { sequence, sessionId } = step;
      const key = `step ${sequence}`;
      books.addAside({ key, deletionId, sessionIds: [sessionId], step, mayHaveArrived: false });
    }
    const fragments = [...records, ...steps].reduce((sum, each) => sum + each.fragments, 0);
    return { deletionId, fragments };
  });
}

async function putRecordAside(books: Books, record: QueuedRecord, deletionId: string): Promise<void> {
  const { recordId, state, local } = record;
  if (record.record === undefined) return;
  books.removeRecord(record);
  // Met again it is sighted again.
  if (local.sightedKey !== undefined) await books.store('sightings').delete(local.sightedKey);
  const { batchId: _dissolved, ...content } = record;
  books.addAside({
    key: recordId,
    deletionId,
    sessionIds: local.parts.map((part) => part.sessionId),
    record: {
      ...content,
      record: record.record,
      batchId: undefined,
      state: state === 'refused' ? 'refused' : 'waiting',
    },
    mayHaveArrived: state === 'sending',
  });
}

/**
 * Brings back what a deletion has put aside.
 *
 * @returns how many fragments; undefined where there is nothing to bring back any more.
 */
export function undoDeletion(queue: QueueDatabase, deletionId: string): Promise<number | undefined> {
  return changeQueue(queue, async (books) => {
    const asides = await asidesOf(books, deletionId);
    if (asides.length === 0) return undefined;
    let fragments = 0;
    for (const aside of asides) {
      books.removeAside(aside);
      if ('step' in aside) books.addStep(aside.step);
      else if (!(await isSightedAnew(books, aside.record))) books.addRecord(aside.record);
      else books.count(aside, 'deleted');
      fragments += 'step' in aside ? aside.step.fragments : aside.record.fragments;
    }
    return fragments;
  });
}

/** A key that was met again meanwhile has another sighting already. Counts it as met if it was not. */
async function isSightedAnew(books: Books, { local }: QueuedRecord): Promise<boolean> {
  if (local.sightedKey === undefined) return false;
  const sightings = books.store('sightings');
  if ((await sightings.getKey(local.sightedKey)) !== undefined) return true;
  await sightings.put({ key: local.sightedKey });
  return false;
}

/**
 * Destroys what deletions have put aside, and asks the collector for what may have arrived.
 *
 * @param terms where nobody can be asked now, what may have arrived is remembered as sent, so that it can be later.
 * @param deletionId undefined for all there are.
 */
export function settleDeletions(
  queue: QueueDatabase,
  terms: ErasureTerms | undefined,
  deletionId?: string,
): Promise<void> {
  return changeQueue(queue, (books) => destroyAsides(books, terms, deletionId));
}

export async function destroyAsides(
  books: Books,
  terms: ErasureTerms | undefined,
  deletionId?: string,
): Promise<void> {
  const asides = await asidesOf(books, deletionId);
  const destroyed: QueuedStep[] = [];
  for (const aside of asides) {
    books.removeAside(aside);
    if (aside.mayHaveArrived && terms === undefined) {
      books.addRecord(withoutContent(aside.record));
      continue;
    }
    books.count(aside, 'deleted');
    if (aside.mayHaveArrived && terms !== undefined)
      addErasure(books, terms, { record: aside.record, line: undefined });
    if ('step' in aside) destroyed.push(aside.step);
  }
  await cutAround(books, destroyed);
  for (const sessionId of asides.flatMap(({ sessionIds }) => sessionIds)) books.shrinkSession(sessionId);
}

/** Notes at what stood before them that nothing may follow it in one episode: they are forgotten from now on. */
async function cutAround(books: Books, destroyed: readonly QueuedStep[]): Promise<void> {
  if (destroyed.length === 0) return;
  const held = await books.store('steps').getAll();
  const aside = (await books.store('putAside').getAll()).filter((each) => 'step' in each);
  const around = [...held, ...aside.map(({ step }) => step)];
  const cuts = cutPoints(around, destroyed);
  for (const step of held) {
    if (cuts.has(step.sequence) && !step.cutAfter) books.changeStep(step, { ...step, cutAfter: true });
  }
  for (const each of aside) {
    if (!cuts.has(each.step.sequence) || each.step.cutAfter) continue;
    books.removeAside(each);
    books.addAside({ ...each, step: { ...each.step, cutAfter: true } });
  }
}

function asidesOf(books: Books, deletionId: string | undefined): Promise<PutAside[]> {
  const asides = books.store('putAside');
  return deletionId === undefined ? asides.getAll() : asides.index('by-deletion').getAll(deletionId);
}

/**
 * Notes that a span of time is to be forgotten: what pages hand over of it later is not stored either.
 *
 * Only the latest is remembered; pages hand over within seconds.
 */
export async function noteForgotten(queue: QueueDatabase, span: Span): Promise<void> {
  await queue.put('meta', span, 'forgotten');
}

/** Whether something done then (epoch ms) is to be forgotten. */
export async function forgottenAt(queue: QueueDatabase): Promise<(atMs: number) => boolean> {
  const span = (await queue.get('meta', 'forgotten')) as Span | undefined;
  return (atMs) => span !== undefined && atMs >= span.fromMs && atMs <= span.toMs;
}
