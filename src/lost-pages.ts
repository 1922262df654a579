/**
 * Pages that are gone without a last word -> a gap where what they told ends.
 *
 * Background only. A crash, a kill of the browser or a reload of the extension takes what a page had not handed over:
 * a few seconds at most, which nobody can bring back, and which must not look as if nothing had happened.
 */
import { browser, type Browser } from 'wxt/browser';
import { readCurrentState } from './consent/current-state.ts';
import { createGapMaker, viewOfApp } from './gap-step.ts';
import { allowedFor, permitOf, type PipelineContext } from './pipeline.ts';
import { addToQueue } from './queue/add-fragments.ts';
import { readNumber, reserve } from './queue/counters.ts';
import {
  askedBy,
  closePages,
  isReplaced,
  openFrames,
  openPage,
  type OpenFrame,
} from './queue/open-frames.ts';
import type { QueueDatabase } from './queue/queue.ts';
import type { NewStep } from './queue/queue-schema.ts';
import type { GapReason } from './trace/limits.ts';

/**
 * There from a run's first page that may be recorded, whatever becomes of the worker; gone with a reload, an update, or
 * the browser.
 */
const RUN = 'run';

type LostPage = OpenFrame & { reason: GapReason };
type Context = Pick<PipelineContext, 'queue' | 'now' | 'random'>;

/** The top frame of a page may record from now on. */
export async function notePage(
  sender: Browser.runtime.MessageSender,
  permit: string,
  context: Context,
): Promise<void> {
  await inRun(context, () => browser.storage.session.set({ [RUN]: true }));
  const { queue, now } = context;
  const allowed = allowedFor(sender, await readCurrentState(now()));
  if (allowed === undefined) return;
  const { tabId, app } = allowed;
  await openPage(queue, { tabId, documentId: sender.documentId, app, permit }, now());
}

/** As early as can be in a run: every page that was open before has lost its recorder. */
export function beginRun(context: Context): Promise<void> {
  return inRun(context, () => Promise.resolve());
}

/** Whether there is nothing of the run before to look for. */
export async function hasBegun(): Promise<boolean> {
  return (await browser.storage.session.get(RUN))[RUN] === true;
}

/** With a withdrawal: no page is open any more, and the mark would tell that one was. */
export async function forgetRun(): Promise<void> {
  await browser.storage.session.remove(RUN);
}

/** @param mark is called once nothing of the run before is left to tell. */
function inRun(context: Context, mark: () => Promise<void>): Promise<void> {
  return navigator.locks.request('proffer run', async () => {
    if (await hasBegun()) return;
    const lost: LostPage[] = [];
    for (const open of await openFrames(context.queue)) {
      // Its document is there still, and will have a recorder again.
      const isThere = await isTabThere(open.page.tabId);
      lost.push({ ...open, reason: isThere ? 'workerUnreachable' : 'pageGone' });
    }
    await tell(context, lost);
    await mark();
  });
}

/** Now and then: pages whose tab is closed, or shows another page. */
export async function tellLostPages(context: Context): Promise<void> {
  const open = await openFrames(context.queue);
  const lost: LostPage[] = [];
  for (const frame of open) {
    const isLost = isReplaced(frame, open, context.now()) || !(await isTabThere(frame.page.tabId));
    if (isLost) lost.push({ ...frame, reason: 'pageGone' });
  }
  await tell(context, lost);
}

/** What was lost under another agreement is not told: that would tell of the decision between. */
async function tell(context: Context, lost: readonly LostPage[]): Promise<void> {
  if (lost.length === 0) return;
  const { queue, now } = context;
  const { state } = await readCurrentState(now());
  if (state.kind !== 'on') {
    await closePages(queue);
    return;
  }
  const epoch = await readNumber(queue, 'epoch');
  const permit = permitOf(epoch, state.terms);
  const makeGap = await createGapMaker(context, state.terms);
  const told = new Set<string>();
  for (const { frame, page, seenAtMs, reason } of lost) {
    const steps: NewStep[] = [];
    if (makeGap && page.permit === permit && !told.has(askedBy(page))) {
      told.add(askedBy(page));
      const last = (await queue.get('tabViews', page.tabId)) ?? viewOfApp(page.app);
      steps.push(makeGap({ last, sequence: await sequenceAt(queue, seenAtMs), atMs: seenAtMs, reason }));
    }
    await addToQueue(queue, {
      message: undefined,
      epoch,
      records: [],
      steps,
      tabView: undefined,
      sightedKeys: [],
      consumedSequences: [],
      lostFrame: frame,
      nowMs: now(),
    });
  }
}

/** A number before everything that was done later. */
async function sequenceAt(queue: QueueDatabase, atMs: number): Promise<number> {
  const steps = queue.transaction('steps').store;
  const later = await steps.index('by-start').openCursor(IDBKeyRange.lowerBound(atMs, true));
  if (later === null) return reserve(queue, 'sequence', 1);
  const above = later.value.sequence;
  const before = await steps.openKeyCursor(IDBKeyRange.upperBound(above, true), 'prev');
  return before === null ? above - 1 : (before.key + above) / 2;
}

async function isTabThere(tabId: number): Promise<boolean> {
  return (await browser.tabs.get(tabId).catch(() => undefined)) !== undefined;
}
