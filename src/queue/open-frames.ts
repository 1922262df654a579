/**
 * Which top frames may have something that they have not handed over: if one is found gone, a loss has to be told.
 *
 * Background only. A page is open from when it may record until its frame says that a message was the last; a crash, a
 * kill or a reload of the extension leaves it open for ever.
 */
import type { GapReason } from '../trace/limits.ts';
import type { Store } from './books.ts';
import type { QueueDatabase } from './queue.ts';
import type { FrameRow, RecordedPage } from './queue-schema.ts';

export interface FoundLoss {
  reason: GapReason;
  frames: string[];
}

/**
 * What a top frame's first message has to tell of frames before it.
 *
 * Those of its own tab are gone, since there is one at a time; others are where their tab is. What was lost under
 * another agreement is not told: that would tell of the decision between.
 *
 * @param isThere whether a tab is there still.
 */
export async function findLoss(
  queue: QueueDatabase,
  { frame, page }: { frame: string; page: RecordedPage },
  isThere: (tabId: number) => Promise<boolean>,
): Promise<FoundLoss | undefined> {
  const frames: string[] = [];
  let isDocumentGone = false;
  for (const open of await queue.getAllFromIndex('frames', 'by-open')) {
    if (open.frame === frame || open.frame === askedBy(page) || open.page?.permit !== page.permit) continue;
    const isOwn = open.page.tabId === page.tabId;
    if (!isOwn && (await isThere(open.page.tabId))) continue;
    frames.push(open.frame);
    isDocumentGone ||= !isOwn || open.page.documentId !== page.documentId;
  }
  if (frames.length === 0) return undefined;
  // The document is there still, and its recorder is another one: the extension was loaded anew.
  return { reason: isDocumentGone ? 'pageGone' : 'workerUnreachable', frames };
}

/** Nothing has come of the page yet; a message of its frame will say more. */
export async function openPage(queue: QueueDatabase, page: RecordedPage, nowMs: number): Promise<void> {
  const frame = askedBy(page);
  await queue.put('frames', { frame, lastNumber: -1, seenAtMs: nowMs, openSinceMs: nowMs, page });
}

/** What a page has until its frame is heard of. */
export function askedBy({ tabId, documentId }: RecordedPage): string {
  return `tab ${tabId} ${documentId}`;
}

/** Recording has been ended by a decision or a rule, which is told otherwise: nothing is missing without a reason. */
export async function closeFrames(queue: QueueDatabase, tabId?: number): Promise<void> {
  const transaction = queue.transaction('frames', 'readwrite');
  for (const open of await transaction.store.index('by-open').getAll()) {
    if (tabId === undefined || open.page?.tabId === tabId) await transaction.store.put(closed(open));
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
