/**
 * Erasing at the collector: requests, one a record, and what is kept of its answers.
 *
 * Background only; each function is one transaction. Answers are kept as counts and as the collector's own signed
 * words, which name no record (docs/decisions/0022).
 */
import type { ErasureAnswer, SignedErasureAnswer } from '../trace/collector-api.ts';
import { changeQueue, type Books } from './books.ts';
import { lineOf } from './book-entry.ts';
import { LONGEST_WAIT_MS } from './is-time.ts';
import type { QueueDatabase } from './queue.ts';
import type { ErasureReceipt, LineKey, QueuedErasure, QueuedRecord } from './queue-schema.ts';
import { tidyAfterWithdrawal } from './tidy.ts';

/** With which key, and when each request may go: at random times, unless the person wants it at once. */
export interface ErasureTerms {
  participantKey: string;
  /** Epoch ms; called for each request. */
  dueAtMs: () => number;
}

/** What of the sent records is to be erased: whole lines of the ledger, or everything. */
export type ErasedLines = 'all' | LineKey[];

/**
 * Turns sent records into erasure requests, to the collector that each was sent to.
 *
 * @returns how many requests there are now.
 */
export function requestErasures(
  queue: QueueDatabase,
  terms: ErasureTerms,
  lines: ErasedLines = 'all',
): Promise<number> {
  return changeQueue(queue, async (books) => {
    for (const record of await sentRecords(books, lines)) {
      const line = lineOf(record);
      addErasure(books, terms, { record, line });
      books.removeRecord(record);
      // Until it is answered it is in the ledger still.
      const { fragments, sizeBytes = 0 } = record;
      if (line) books.changeLine(line, { records: 1, fragments, sizeBytes, erasing: 1 });
    }
    return books.store('erasures').count();
  });
}

async function sentRecords(books: Books, lines: ErasedLines): Promise<QueuedRecord[]> {
  const records = books.store('records');
  if (lines === 'all')
    return records.index('by-state').getAll(IDBKeyRange.bound(['sent', -Infinity], ['sent', Infinity]));
  const found: QueuedRecord[] = [];
  for (const line of lines) found.push(...(await records.index('by-line').getAll(line)));
  return found;
}

/** @param of `line` is undefined for what counts as deleted and is asked for only in case that it arrived. */
export function addErasure(
  books: Books,
  { participantKey, dueAtMs }: ErasureTerms,
  { record, line }: { record: QueuedRecord; line: LineKey | undefined },
): void {
  const { counter, collectorUrl, fragments, sizeBytes = 0, kind } = record;
  const erasure: QueuedErasure = {
    counter,
    dueAtMs: dueAtMs(),
    attempts: 0,
    collectorUrl,
    participantKey,
    ...(line && { line }),
    isSighting: kind === 'sighting',
    fragments: record.state === 'sent' ? Math.max(fragments, Number(kind === 'sighting')) : 0,
    sizeBytes,
  };
  books.write(books.store('erasures').put(erasure));
}

/** Erasure requests whose time has come. */
export async function dueErasures(
  queue: QueueDatabase,
  nowMs: number,
  limit: number,
): Promise<QueuedErasure[]> {
  const past = IDBKeyRange.upperBound(nowMs);
  const tooFarAhead = IDBKeyRange.lowerBound(nowMs + LONGEST_WAIT_MS, true);
  const due = await Promise.all(
    [past, tooFarAhead].map((range) => queue.getAllFromIndex('erasures', 'by-due', range, limit)),
  );
  return due.flat().slice(0, limit);
}

/** @param signed its own words; undefined where nothing is kept of them. */
export function settleErasure(
  queue: QueueDatabase,
  counter: number,
  answer: ErasureAnswer,
  signed?: SignedErasureAnswer,
): Promise<void> {
  return changeQueue(queue, async (books) => {
    const erasure = await books.store('erasures').get(counter);
    if (erasure === undefined) return;
    await books.store('erasures').delete(counter);
    const { line, fragments, sizeBytes, isSighting } = erasure;
    if (line)
      books.changeLine(line, { records: -1, fragments: -fragments, sizeBytes: -sizeBytes, erasing: -1 });
    books.correct((accounts) => {
      const tally = isSighting ? accounts.sightings : accounts.fragments;
      if (answer.result === 'erased') tally.erased += fragments;
      else tally.erasedNotHeld += fragments;
    });
    const receipts = books.store('erasureReceipts');
    await receipts.put(withAnswer(await receipts.get(answer.answeredOn), answer, signed));
    await tidyAfterWithdrawal(books);
  });
}

/** Different words that are kept of one day; they differ only by release and number of readers. */
const MOST_SIGNED_A_DAY = 100;

function withAnswer(
  known: ErasureReceipt | undefined,
  answer: ErasureAnswer,
  words: SignedErasureAnswer | undefined,
): ErasureReceipt {
  const { answeredOn: day, result, release, pulledBy } = answer;
  const receipt = known ?? { day, erased: 0, notHeld: 0, publishedIn: {}, pulledBy: 0, signed: [] };
  const { publishedIn, signed } = receipt;
  const same = signed.find((each) => each.answer === words?.answer);
  const others = signed.filter((each) => each !== same);
  return {
    day,
    erased: receipt.erased + Number(result === 'erased'),
    notHeld: receipt.notHeld + Number(result === 'not-held'),
    publishedIn:
      release === null ? publishedIn : { ...publishedIn, [release]: (publishedIn[release] ?? 0) + 1 },
    pulledBy: Math.max(receipt.pulledBy, pulledBy),
    signed: words
      ? [...others, { ...words, count: (same?.count ?? 0) + 1 }].slice(-MOST_SIGNED_A_DAY)
      : signed,
  };
}

export async function postponeErasure(
  queue: QueueDatabase,
  erasure: QueuedErasure,
  dueAtMs: number,
): Promise<void> {
  const transaction = queue.transaction('erasures', 'readwrite', { durability: 'strict' });
  if ((await transaction.store.get(erasure.counter)) !== undefined) {
    await transaction.store.put({ ...erasure, dueAtMs, attempts: erasure.attempts + 1 });
  }
  await transaction.done;
}

/** Forgets which records were sent: they can then no longer be erased at the collector. */
export function forgetSent(queue: QueueDatabase): Promise<void> {
  return changeQueue(queue, async (books) => {
    for (const record of await sentRecords(books, 'all')) books.removeRecord(record);
    await tidyAfterWithdrawal(books);
  });
}

/** Forgets what the collector keeps no longer: its retention is over, and it has deleted it by itself. */
export async function forgetExpired(queue: QueueDatabase, today: string): Promise<void> {
  const expired = IDBKeyRange.upperBound(today);
  if ((await queue.countFromIndex('records', 'by-forget', expired)) === 0) return;
  await changeQueue(queue, async (books) => {
    for (const record of await books.store('records').index('by-forget').getAll(expired))
      books.removeRecord(record);
    await tidyAfterWithdrawal(books);
  });
}

/** What the collector has answered, newest day first. */
export async function readErasureReceipts(queue: QueueDatabase): Promise<ErasureReceipt[]> {
  return (await queue.getAll('erasureReceipts')).reverse();
}
