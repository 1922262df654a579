/**
 * What the background does on each event: opens the queue, calls the pipeline, closes the queue.
 *
 * Holds nothing between events. The entrypoint registers the listeners; this answers them.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import { SCOPES } from './charter/charter.ts';
import { readCharterInForce } from './consent/charter-in-force.ts';
import { readCurrentState } from './consent/current-state.ts';
import { forgetSensitiveTabs, isSensitiveTab } from './consent/sensitive-tabs.ts';
import { agreeToLinked } from './consent/decide.ts';
import { readItem, type Decision } from './consent/stored-items.ts';
import { createDataHandlers, eraseSent, sendAtOnce, settleAll } from './data-operations.ts';
import { MY_DATA_LOCK, type MessageHandlers } from './messages.ts';
import { mayRecord, receiveFragments, sendWhatIsDue, type PipelineContext } from './pipeline.ts';
import { beginRun, forgetRun, hasBegun, notePage, tellLostPages } from './lost-pages.ts';
import { applyState, RESUME_ALARM, WORK_ALARM } from './placement/apply-state.ts';
import { isRecorderPlaced, notifyTab } from './placement/place-recorder.ts';
import { showSign } from './placement/toolbar-sign.ts';
import { nextAttemptAt } from './queue/batches.ts';
import { openQueue, type QueueDatabase } from './queue/queue.ts';
import { closePages } from './queue/open-frames.ts';
import { forgetRecentSteps } from './queue/step-order.ts';
import { forgetSent } from './queue/erasures.ts';
import { deleteUnsent } from './queue/withdraw.ts';
import { forgetCost } from './recording-cost.ts';
import { forgetRunningTask } from './running-task.ts';
import { endSensitive, receiveSensitive } from './sensitive-tab.ts';
import { markTask } from './task-mark.ts';
import { forgetTopPlaces } from './top-place.ts';
import { cryptoRandom } from './trace/random.ts';

/** Browsers allow none that come sooner. */
const SHORTEST_ALARM_MS = 30_000;

const SendNow = z.strictObject({ includeHeld: z.boolean() });
const LinkedAgreed = z.strictObject({ charterHash: z.string(), scopes: z.array(z.enum(SCOPES)) });
const EraseSent = z.strictObject({ atOnce: z.boolean() });

export function createHandlers(): MessageHandlers {
  return {
    'page:may-record': async (request, sender) => {
      const answer = await withQueue((context) => mayRecord(sender, context));
      if (!answer.recording) return answer;
      if (await endSensitive(request, sender)) void notifyTab(sender.tab?.id, 'background:look-again');
      const tabId = sender.tab?.id;
      if (tabId === undefined || sender.frameId !== 0 || (await isSensitiveTab(tabId))) return answer;
      await withQueue((context) => notePage(sender, answer.permit, context));
      await showSign('recording', tabId);
      return answer;
    },
    'page:sensitive': async (request, sender) => {
      const tabId = await withQueue((context) => receiveSensitive(request, sender, context));
      if (tabId !== undefined) {
        await notifyTab(tabId, 'background:sensitive');
        await showSign('excluded', tabId);
      }
      return { kind: 'done' };
    },
    'page:fragments': (request, sender) => withQueue((context) => receiveFragments(request, sender, context)),
    'popup:decided': async () => {
      await applyDecision();
      return { kind: 'done' };
    },
    'popup:send-now': (request) => withQueue((context) => sendAtOnce(context, SendNow.parse(request))),
    'popup:erase-sent': (request) =>
      withQueue((context) => eraseSent(context, { ...EraseSent.parse(request), lines: 'all' })),
    'popup:forget-sent': async () => {
      await withQueue(({ queue }) => forgetSent(queue));
      return { kind: 'done' };
    },
    'popup:mark-task': (request, sender) => withQueue((context) => markTask(request, sender, context)),
    'linked:agreed': async (request) => {
      const isAgreed = await agreeToLinked(await readCharterInForce(), LinkedAgreed.parse(request));
      if (isAgreed) await applyDecision();
      return { kind: isAgreed ? 'done' : 'charter-different' };
    },
    ...createDataHandlers(withQueue),
  };
}

/**
 * After each decision: deletes what was not sent and is no longer allowed, and stops or starts every frame.
 *
 * A tab that does not answer cannot keep anything alive, nor can 100,000 rows keep a tab recording. Called by the
 * popup's message, and again by the change in storage, should the popup have died before it.
 */
export function applyDecision(): Promise<void> {
  return navigator.locks.request('proffer decision', async () => {
    const { state } = await readCurrentState();
    const decision = await readItem('decision');
    // A charter that changed keeps what was agreed to before, until the person decides anew.
    const isDecided = state.kind === 'declined' || state.kind === 'on' || state.kind === 'paused';
    const deleting = isDecided && decision && withQueue(({ queue }) => deleteOnce(queue, decision));
    // Who may go on is asked again only once the old permits have ended; who must stop need not wait for that.
    if (state.kind !== 'declined') await deleting;
    await Promise.all([deleting, applyState()]);
    // What a stop has cut off is told as what it was.
    if (state.kind !== 'on') await withQueue(({ queue }) => closePages(queue));
  });
}

/** Deleting also ends every frame's permit, which a decision that was made true already must not do again. */
async function deleteOnce(queue: QueueDatabase, decision: Decision): Promise<void> {
  const name = `${decision.decidedAtMs} ${decision.charterHash} ${decision.scopes.join()}`;
  if ((await queue.get('meta', 'appliedDecision')) === name) return;
  await deleteUnsent(queue, decision.scopes, decision.level);
  await forgetRecentSteps();
  await forgetRunningTask();
  if (decision.scopes.length === 0) await forgetTabs();
  await queue.put('meta', name, 'appliedDecision');
}

export async function onAlarm(name: string): Promise<void> {
  if (name === RESUME_ALARM) await applyState();
  if (name !== WORK_ALARM) return;
  await settleWhatIsLeft();
  await work();
}

async function work(): Promise<void> {
  await withQueue(async (context) => {
    await tellLostPages(context);
    await sendWhatIsDue(context);
    await workAgainSoon(context);
  });
}

/** What is to be tried again sooner than an alarm can come; should the worker end before, the next alarm does it. */
async function workAgainSoon({ queue, now }: PipelineContext): Promise<void> {
  const delayMs = ((await nextAttemptAt(queue)) ?? Infinity) - now();
  if (delayMs > 0 && delayMs < SHORTEST_ALARM_MS) setTimeout(() => void work(), delayMs);
}

/** What was deleted is destroyed once no page is open any more on which it could be brought back. */
function settleWhatIsLeft(): Promise<void> {
  return navigator.locks.request(MY_DATA_LOCK, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await withQueue(settleAll);
  });
}

/** Session storage is memory only, but it outlives the worker. */
async function forgetTabs(): Promise<void> {
  await forgetRun();
  await forgetTopPlaces();
  await forgetCost();
  await forgetSensitiveTabs();
}

/** At every start of the worker: alarms may be gone, and a disabled extension comes back without any event. */
export async function onWorkerStart(): Promise<void> {
  if (!(await hasBegun())) await withQueue(beginRun);
  const { state } = await readCurrentState();
  if (await readItem('decision')) await settleWhatIsLeft();
  if (state.kind === 'on' && !(await isRecorderPlaced())) await applyState();
  else if ((await readItem('decision')) && !(await browser.alarms.get(WORK_ALARM))) await applyState();
}

/** First installation, update or start of the browser: nothing of the last session's tabs is true any more. */
export async function onBrowserStart(): Promise<void> {
  // Content scripts must never read storage; Firefox keeps them out by other means and lacks the function.
  const local: Partial<typeof browser.storage.local> = browser.storage.local;
  await local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
  await withQueue(async (context) => {
    await beginRun(context);
    await context.queue.clear('tabViews');
  });
  await applyState();
}

async function withQueue<Result>(work: (context: PipelineContext) => Promise<Result>): Promise<Result> {
  const queue = await openQueue();
  try {
    return await work({ queue, random: cryptoRandom, now: Date.now });
  } finally {
    queue.close();
  }
}
