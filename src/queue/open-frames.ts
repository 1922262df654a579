/**
 * Which pages may have something that they have not handed over: if one is found gone, a loss has to be told.
 *
 * Background only. A page is open from when it may record until its top frame says that a message was the last; a
 * crash, a kill or a reload of the extension leaves it open for ever.
 */
import type { Store } from './books.ts';
import type { QueueDatabase } from './queue.ts';
import type { FrameRow, RecordedPage } from './queue-schema.ts';

type DocumentOfTab = Pick<RecordedPage, 'tabId' | 'documentId'>;
export type OpenFrame = FrameRow & { page: RecordedPage };

/** Nothing has come of the page yet; a message of its frame will say more. */
export async function openPage(queue: QueueDatabase, page: RecordedPage, nowMs: number): Promise<void> {
  const frame = askedBy(page);
  await queue.put('frames', { frame, lastNumber: -1, seenAtMs: nowMs, openSinceMs: nowMs, page });
}

/** What a page has until its frame is heard of. */
export function askedBy({ tabId, documentId }: DocumentOfTab): string {
  return `tab ${tabId} ${documentId}`;
}

export async function openFrames(queue: QueueDatabase): Promise<OpenFrame[]> {
  const rows = await queue.getAllFromIndex('frames', 'by-open');
  return rows.flatMap((row) => (row.page ? [{ ...row, page: row.page }] : []));
}

/** The last words of a page that was left may come after those of the next one. */
const LATE_MS = 5000;

/** Whether the frame's tab shows another page, for long enough, that has asked or was heard of later. */
export function isReplaced(
  { page, seenAtMs }: OpenFrame,
  open: readonly OpenFrame[],
  nowMs: number,
): boolean {
  return open.some(
    (other) =>
      other.page.tabId === page.tabId &&
      other.page.documentId !== page.documentId &&
      other.seenAtMs > seenAtMs &&
      seenAtMs <= nowMs - LATE_MS,
  );
}

/**
 * Recording has been ended by a decision or a rule, which is told otherwise: nothing is missing without a reason.
 *
 * @param page undefined for all of them.
 */
export async function closePages(queue: QueueDatabase, page?: DocumentOfTab): Promise<void> {
  const transaction = queue.transaction('frames', 'readwrite');
  for (const open of await transaction.store.index('by-open').getAll()) {
    const isMeant = page === undefined || (open.page && askedBy(open.page) === askedBy(page));
    if (isMeant) await transaction.store.put(closed(open));
  }
  await transaction.done;
}

export async function closeFrame(frames: Store<'frames'>, frame: string): Promise<void> {
  const row = await frames.get(frame);
  if (row !== undefined) await frames.put(closed(row));
}

function closed({ openSinceMs: _open, ...row }: FrameRow): FrameRow {
  return row;
}
