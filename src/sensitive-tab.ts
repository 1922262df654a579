/**
 * A tab whose page turns out to be a sensitive place, by what it shows: recording ends in all of it.
 *
 * In the background, beside `pipeline.ts`. Marks the tab, drops its last minute and states the loss. The mark goes
 * when the top frame shows another document or view and has found nothing in it.
 */
import type { Browser } from 'wxt/browser';
import { z } from 'zod';
import { isSensitiveTab, markSensitiveTab, unmarkSensitiveTab } from './consent/sensitive-tabs.ts';
import { readCurrentState } from './consent/current-state.ts';
import { createGapMaker } from './gap-step.ts';
import { allowedFor, permitOf, type PipelineContext } from './pipeline.ts';
import { readNumber, reserve } from './queue/counters.ts';
import { dropRecent } from './queue/drop-recent.ts';
import { closePages } from './queue/open-frames.ts';

const Question = z.strictObject({ isMuted: z.boolean() });
const News = z.strictObject({
  permit: z.string().max(100),
  dropped: z.int().min(0).max(1e6),
  isLeaving: z.boolean(),
});

type Context = Pick<PipelineContext, 'queue' | 'now' | 'random'>;

const LAST_MINUTE_MS = 60_000;

/**
 * A frame says that its page asks for a secret.
 *
 * @returns the tab whose other frames have to be told; undefined where there is none to tell.
 */
export async function receiveSensitive(
  request: unknown,
  sender: Browser.runtime.MessageSender,
  { queue, now, random }: Context,
): Promise<number | undefined> {
  // In turn with fragments: what is stored before is dropped, what comes after finds the mark.
  return navigator.locks.request('proffer fragments', async () => {
    const news = News.safeParse(request);
    const allowed = allowedFor(sender, await readCurrentState(now()));
    if (!news.success || allowed === undefined) return undefined;
    const { terms, tabId } = allowed;
    if (news.data.permit !== permitOf(await readNumber(queue, 'epoch'), terms)) return undefined;
    if (!news.data.isLeaving) await markSensitiveTab(tabId);
    const sequence = await reserve(queue, 'sequence', 1);
    const makeGap = await createGapMaker({ queue, now, random }, terms);
    await dropRecent(queue, {
      tabId,
      sinceMs: now() - LAST_MINUTE_MS,
      droppedInPage: news.data.dropped,
      gapAfter: (last) => makeGap?.({ last, sequence, atMs: now(), reason: 'excluded' }),
    });
    await closePages(queue, { tabId, documentId: sender.documentId });
    return news.data.isLeaving ? undefined : tabId;
  });
}

/**
 * Takes the mark from a tab whose top frame may record and does not say that its view is the one that was marked.
 *
 * @returns whether there was a mark.
 */
export async function endSensitive(
  request: unknown,
  { frameId, tab }: Browser.runtime.MessageSender,
): Promise<boolean> {
  const question = Question.safeParse(request);
  if (!question.success || question.data.isMuted || frameId !== 0 || tab?.id === undefined) return false;
  if (!(await isSensitiveTab(tab.id))) return false;
  await unmarkSensitiveTab(tab.id);
  return true;
}
