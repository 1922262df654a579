/**
 * The person marks a task of the charter's list as begun, done or given up -> a step, on hold like any other.
 *
 * In the background, beside `pipeline.ts`. Taken from the popup only: no page can mark a task. Checks consent, scope and
 * list again, since the popup may show what was true a second ago.
 */
import type { Browser } from 'wxt/browser';
import { z } from 'zod';
import { splitBuckets } from './charter/split-buckets.ts';
import { readCurrentState } from './consent/current-state.ts';
import { readItem } from './consent/stored-items.ts';
import { TASK_MARKS, type TaskMarkAnswer } from './messages.ts';
import type { PipelineContext } from './pipeline.ts';
import { addToQueue } from './queue/add-fragments.ts';
import { readNumber, reserve } from './queue/counters.ts';
import { endOfHold } from './queue/hold.ts';
import { readSplits } from './queue/splits.ts';
import { forgetRunningTask, readRunningTask, rememberRunningTask } from './running-task.ts';
import { onLocalGrid } from './trace/held-step.ts';

const TaskMark = z.strictObject({ mark: z.enum(TASK_MARKS), task: z.string(), tabId: z.int() });

const HOUR_MS = 3_600_000;

const ACTION_OF = { begun: 'taskBegun', done: 'taskDone', givenUp: 'taskGivenUp' } as const;

export async function markTask(
  request: unknown,
  sender: Browser.runtime.MessageSender,
  { queue, random, now }: PipelineContext,
): Promise<TaskMarkAnswer> {
  const isFromPopup = sender.url !== undefined && new URL(sender.url).pathname === '/popup.html';
  const asked = TaskMark.safeParse(request);
  if (!isFromPopup || !asked.success) return { kind: 'not-recording' };
  // In turn with fragments, so that what was done before the mark is before it.
  return navigator.locks.request('proffer fragments', async (): Promise<TaskMarkAnswer> => {
    const { mark, task, tabId } = asked.data;
    const epoch = await readNumber(queue, 'epoch');
    const { state } = await readCurrentState(now());
    if (state.kind !== 'on') return { kind: 'not-recording' };
    const { charter, charterHash, level, scopes } = state.terms;
    if (!scopes.includes('workflow') || !charter.tasks.includes(task)) return { kind: 'not-recording' };
    const running = await readRunningTask();
    const begunIn = running && (await queue.get('tabViews', running.tabId));
    // Done is where it is said, or where it was begun if that is no page of an app.
    const shown = (await queue.get('tabViews', tabId)) ?? (mark === 'begun' ? undefined : begunIn);
    if (shown === undefined) return { kind: 'no-view' };
    const splits = await readSplits(queue, splitBuckets(charter), random);
    const extraHoldMs = ((await readItem('extraHoldHours')) ?? 0) * HOUR_MS;
    const outcome = await addToQueue(queue, {
      message: undefined,
      epoch,
      records: [],
      steps: [
        {
          sequence: await reserve(queue, 'sequence', 1),
          startMs: onLocalGrid(now(), level),
          dueAtMs: endOfHold(now(), charter.holdHours, random) + extraHoldMs,
          extraHoldMs,
          charter: charterHash,
          level,
          split: level === 'linked' ? splits?.trace : splits?.episode,
          collectorUrl: charter.collectorUrl,
          retentionDays: charter.retentionDays,
          viewId: shown.viewId,
          view: shown.view,
          // It is made in the popup, which says nothing of where the page is scrolled to.
          step: {
            action: ACTION_OF[mark],
            task,
            pathFlags: [],
            scrollPosition: 'unscrollable',
            effect: 'none',
          },
          gap: undefined,
          taken: { tabId: shown.tabId, takenAtMs: now() },
        },
      ],
      tabView: undefined,
      sightedKeys: [],
      consumedSequences: [],
      nowMs: now(),
    });
    if (outcome !== 'added') return { kind: 'not-recording' };
    await (mark === 'begun' ? rememberRunningTask({ task, tabId: shown.tabId }) : forgetRunningTask());
    return { kind: 'done' };
  });
}
